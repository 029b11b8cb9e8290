import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import { midnightOf } from '#domain/time.ts';
import type { Counter } from '#domain/catalogue/schema.ts';
import { ALL_ZONES, HALL, type FeedEntries, type FeedName } from '#protocol/feeds.ts';
import type { DeviceKind } from '#protocol/queries.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import { createDemonstration } from '#test/rehearsal/demonstration.ts';
import { createTerminal, type Terminal } from '#test/rehearsal/terminal.ts';
import { startDemonstration } from '#test/support/demonstration.ts';

export interface LivelyHall {
  readonly url: string;
  /** An address of the start page's list: kiosk, reception, caller, … */
  linkTo(id: string): string;
  /** The hall's clock, epoch ms. */
  now(): Promise<number>;
  /** Addresses that stand in the QR of the printed slips, the newest first. */
  slipAddresses(): Promise<readonly string[]>;
  /** The counter that nobody has opened with the most people waiting for what it does. */
  idleCounter(): { readonly id: string; readonly label: string };
  close(): Promise<void>;
}

type Entries<Name extends FeedName> = Partial<FeedEntries[Name]>;

const SPEED = 60;
/** The height of the rush: everywhere somebody waits. */
const PICTURE_MINUTE = 8 * 60 + 50;
const LOOK_EVERY_MS = 500;
/** The rehearsal follows the hall's clock within its own look. */
const SETTLES_MS = 8_000;

/** The demonstration on a busy morning: the rehearsal plays it up to ten to nine, and goes on at the pace of real life. */
export async function openLivelyHall(): Promise<LivelyHall> {
  const hall = await startDemonstration();
  const system = createNodeSystem();
  const demonstration = createDemonstration(hall.url, system.fetchText);
  const catalogue = await demonstration.catalogue();
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => void system.timers.after(ms, resolve));

  const before = (await demonstration.clock()).now;
  const rehearsal = spawn(
    process.execPath,
    ['test/rehearsal/main.ts', '--url', hall.url, '--speed', String(SPEED), '--seed', '9'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  for (;;) {
    await pause(LOOK_EVERY_MS);
    if (rehearsal.exitCode !== null) throw new Error(`the rehearsal ended with ${rehearsal.exitCode}`);
    const { now } = await demonstration.clock();
    if (isAnotherDay(before, now) && minuteOf(now) >= PICTURE_MINUTE) break;
  }
  await demonstration.setClock(1);
  await pause(SETTLES_MS);

  const watch = async (kind: DeviceKind, feed: FeedName, key: string): Promise<Terminal> => {
    const terminal = await createTerminal({
      hallUrl: hall.url,
      token: await demonstration.token(kind),
      system,
      newId: randomUUID,
      onHeartbeat: () => undefined,
      onAnswered: () => undefined,
    });
    await terminal.watch(feed, key);
    return terminal;
  };
  const counters = await watch('display', 'zone', ALL_ZONES);
  const services = await watch('kiosk', 'terminal', HALL);
  const links = await linksOf(hall.url);

  return {
    url: hall.url,
    linkTo: (id) => new URL(links.get(id) ?? '', hall.url).href,
    now: async () => (await demonstration.clock()).now,
    slipAddresses: async () => {
      const response = await fetch(`${hall.url}/api/v1/demonstration/slips`);
      return ((await response.json()) as { readonly qr: string }[]).map(({ qr }) => qr);
    },
    idleCounter: () => idleCounter(catalogue, counters.entries('zone'), services.entries('terminal')),
    close: async () => {
      counters.close();
      services.close();
      await stop(rehearsal);
      await hall.close();
    },
  };
}

const DAY_MS = 24 * 3_600_000;
const TIME_ZONE = 'Asia/Shanghai';
const offsetMs = -midnightOf('1970-01-02', TIME_ZONE) + DAY_MS;
const minuteOf = (now: number): number => ((now + offsetMs) % DAY_MS) / 60_000;
const isAnotherDay = (before: number, now: number): boolean =>
  Math.floor((now + offsetMs) / DAY_MS) > Math.floor((before + offsetMs) / DAY_MS);

async function linksOf(url: string): Promise<ReadonlyMap<string, string>> {
  const response = await fetch(`${url}/api/v1/demonstration`);
  const { links } = (await response.json()) as { readonly links: { id: string; url: string }[] };
  return new Map(links.map((link) => [link.id, link.url]));
}

function idleCounter({ catalogue }: CatalogueIndex, signs: Entries<'zone'>, queues: Entries<'terminal'>) {
  const waitingAt = ({ skills }: Counter): number =>
    skills
      .filter(({ preference }) => preference === 1)
      .flatMap(({ serviceId }) => Object.values(queues[`service:${serviceId}`]?.waiting ?? {}))
      .reduce((sum, count) => sum + count, 0);
  const [busiest] = catalogue.counters
    .filter(({ id }) => signs[`counter:${id}`]?.status === 'closed')
    .map((counter) => ({ counter, waiting: waitingAt(counter) }))
    .sort((a, b) => b.waiting - a.waiting);
  if (!busiest || busiest.waiting === 0) throw new Error('nobody waits for a counter that is not open');
  return busiest.counter;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}
