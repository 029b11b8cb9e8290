import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import { addDays, midnightOf } from '#domain/time.ts';
import { ALL_ZONES, HALL } from '#protocol/feeds.ts';
import type { DeviceKind } from '#protocol/queries.ts';
import type { TerminalSystem } from '#terminal/system.ts';
import type { Demonstration } from './demonstration.ts';
import { createDisplay, type Display } from './display.ts';
import type { HallClock } from './hall-clock.ts';
import type { Options } from './options.ts';
import type { Post } from './rota.ts';
import { createTerminal, type Terminal, type TerminalDeps } from './terminal.ts';

export interface CrewDeps {
  readonly options: Options;
  readonly demonstration: Demonstration;
  readonly system: TerminalSystem;
  readonly newId: () => string;
  readonly clock: HallClock;
  readonly onAnswered: TerminalDeps['onAnswered'];
}

const READY_MINUTE = 8 * 60 + 20;
const KIOSKS = 12;
const DATE_TURNS_WITHIN_MS = 30_000;
const DEMONSTRATION_PASSWORD = 'tinghao-demo';
const SIGN_INS_AT_ONCE = 8;

/** Everybody who has a connection to the hall. */
export interface Crew {
  readonly kiosks: readonly Terminal[];
  readonly reception: Terminal;
  readonly board: Terminal;
  readonly displays: readonly Display[];
  readonly callers: readonly Terminal[];
  close(): void;
}

export async function gather(
  { options, demonstration, system, newId, clock, onAnswered }: CrewDeps,
  { catalogue }: CatalogueIndex,
  posts: readonly Post[],
): Promise<Crew> {
  const all: Terminal[] = [];
  const enrol = async (kind: DeviceKind, onMessage?: TerminalDeps['onMessage']) => {
    const terminal = await createTerminal({
      hallUrl: options.url,
      token: await demonstration.token(kind),
      system,
      newId,
      onHeartbeat: ({ now }) => clock.heard(now),
      onAnswered,
      ...(onMessage ? { onMessage } : {}),
    });
    all.push(terminal);
    return terminal;
  };
  const several = (count: number, kind: 'kiosk' | 'caller') =>
    inGroups(Array.from({ length: count }), SIGN_INS_AT_ONCE, () => enrol(kind));
  const board = await enrol('display');
  await board.watch('board', HALL);
  const displays = [ALL_ZONES, ...catalogue.zones.map(({ id }) => id)].map(createDisplay);
  for (const display of displays) {
    const terminal: Terminal = await enrol('display', (message) => display.show(message, terminal));
    await terminal.watch('zone', display.zoneId);
  }
  const kiosks = await several(KIOSKS, 'kiosk');
  await Promise.all(kiosks.map((kiosk) => kiosk.watch('terminal', HALL)));
  return {
    kiosks,
    reception: await enrol('reception'),
    board,
    displays,
    callers: await several(posts.length, 'caller'),
    close: () => {
      for (const terminal of all) terminal.close();
    },
  };
}

/** A few at a time: scrypt holds a processor for 60 ms a clerk. */
async function inGroups<T, R>(
  list: readonly T[],
  size: number,
  each: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < list.length; from += size) {
    const group = list.slice(from, from + size);
    results.push(...(await Promise.all(group.map((item, index) => each(item, from + index)))));
  }
  return results;
}

/** Turns the hall's clock to the next morning and waits until the hall has turned its date. */
export async function nextMorning(
  { demonstration, system, clock }: CrewDeps,
  board: Terminal,
  { catalogue }: CatalogueIndex,
): Promise<string> {
  const today = board.entries('board').day?.businessDate;
  if (today === undefined) throw new Error('the hall has no business date');
  const date = addDays(today, 1);
  const ready = midnightOf(date, catalogue.hall.timeZone) + READY_MINUTE * 60_000;
  clock.set((await demonstration.setClock(1, ready)).now, 1);
  const givenUpAt = system.timers.nowMs() + DATE_TURNS_WITHIN_MS;
  while (board.entries('board').day?.businessDate !== date) {
    const leftMs = givenUpAt - system.timers.nowMs();
    if (leftMs <= 0) throw new Error(`the hall did not turn its date to ${date}`);
    await board.changed(leftMs);
  }
  return date;
}

/** Sessions last 14 hours of the hall, so everybody signs in on the morning of the day. */
export async function signIn({ callers, reception }: Crew, posts: readonly Post[]): Promise<void> {
  await reception.signIn('reception', DEMONSTRATION_PASSWORD);
  await inGroups(posts, SIGN_INS_AT_ONCE, async ({ counterId }, index) => {
    await callers[index]?.signIn(`clerk-${counterId}`, DEMONSTRATION_PASSWORD);
    await callers[index]?.watch('counter', counterId);
  });
}
