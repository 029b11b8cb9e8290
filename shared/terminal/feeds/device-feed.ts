import { DEVICE_FEED, DEVICE_KEY, type DeviceFeedEntries, type SlipView } from '#protocol/device-feed.ts';
import type { FeedMessage, JoinAnswer } from '#protocol/wire.ts';

/** A page shows the slip of the visitor before it, at most a handful; a feed that only grew would fill a kiosk in a month. */
const SLIPS_KEPT = 32;

export interface DeviceFeedDeps {
  /** Names this run of the agent: revisions start from 0 with each. */
  readonly logId: string;
  readonly epochMs: () => number;
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
  const fixed: Record<keyof FixedEntries, unknown> = { ...initial };
  const slips = new Map<string, SlipView>();
  let revision = 0;

  const all = (): Record<string, unknown> => ({
    ...fixed,
    ...Object.fromEntries([...slips].map(([ticketId, entry]) => [`slip:${ticketId}`, entry])),
  });

  function publish(change: Record<string, unknown> | 'whole'): void {
    const after = revision;
    revision += 1;
    const whole = change === 'whole';
    const entries = whole ? all() : change;
    deps.publish({ feed: DEVICE_FEED, key: DEVICE_KEY, after: whole ? 0 : after, upTo: revision, whole, entries });
  }

  return {
    set(name, entry) {
      fixed[name] = entry;
      publish({ [name]: entry });
    },
    setSlip(ticketId, entry) {
      slips.delete(ticketId);
      slips.set(ticketId, entry);
      const [oldest] = slips.keys();
      if (slips.size > SLIPS_KEPT && oldest !== undefined) {
        slips.delete(oldest);
        // Entries can be taken out of a page's copy only by sending the whole.
        publish('whole');
      } else publish({ [`slip:${ticketId}`]: entry });
    },
    join: () => ({
      ok: true,
      anchor: { logId: deps.logId, revision, hash: '', now: deps.epochMs() },
      message: { feed: DEVICE_FEED, key: DEVICE_KEY, after: 0, upTo: revision, whole: true, entries: all() },
    }),
  };
}
