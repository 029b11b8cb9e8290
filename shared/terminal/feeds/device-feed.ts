import { DEVICE_FEED, DEVICE_KEY, type DeviceFeedEntries, type SlipView } from '#protocol/device-feed.ts';
import type { FeedMessage, JoinAnswer } from '#protocol/wire.ts';

/** A page shows the slip of the visitor before it, at most a handful; a feed that only grew would fill a kiosk in a month. */
const SLIPS_KEPT = 32;

export interface DeviceFeedDeps {
  /** Names this run of the agent: revisions start from 0 with each. */
  readonly logId: string;
  /** The hall's clock as well as it is known, epoch ms. */
  readonly now: () => number;
  readonly publish: (message: FeedMessage) => void;
}

type FixedEntries = Pick<DeviceFeedEntries, 'link' | 'printer'>;

/** The local feed of what this terminal's own devices are doing. */
export interface DeviceFeed {
  set<Name extends keyof FixedEntries>(name: Name, entry: FixedEntries[Name]): void;
  setSlip(ticketId: string, entry: SlipView): void;
  join(): JoinAnswer;
}

export function createDeviceFeed(deps: DeviceFeedDeps, initial: FixedEntries): DeviceFeed {
  let fixed = initial;
  const slips = new Map<string, SlipView>();
  let revision = 0;

  // Always the whole: it is 3 kB at most, slips leave it again, and a page that counts revisions by the hall's heartbeats would
  // take a change of this feed, which counts for itself, for an old one.
  const whole = (): FeedMessage => {
    const entries = { ...fixed, ...Object.fromEntries([...slips].map(([id, slip]) => [`slip:${id}`, slip])) };
    return { feed: DEVICE_FEED, key: DEVICE_KEY, after: 0, upTo: revision, whole: true, entries };
  };

  function publish(): void {
    revision += 1;
    deps.publish(whole());
  }

  return {
    set(name, entry) {
      fixed = { ...fixed, [name]: entry };
      publish();
    },
    setSlip(ticketId, entry) {
      slips.delete(ticketId);
      slips.set(ticketId, entry);
      const [oldest] = slips.keys();
      if (slips.size > SLIPS_KEPT && oldest !== undefined) slips.delete(oldest);
      publish();
    },
    join: () => ({
      ok: true,
      anchor: { logId: deps.logId, revision, hash: '', now: deps.now() },
      message: whole(),
    }),
  };
}
