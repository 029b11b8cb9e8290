import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import { minutesOf } from '#domain/time.ts';
import type { ZoneFigures } from '#domain/views/board.ts';
import type { TerminalSystem } from '#terminal/system.ts';
import { createRandom } from '#test/simulation/random.ts';
import { busiestWindow, DOORS, drawArrivals } from './arrivals.ts';
import { workAt } from './clerk-at-work.ts';
import { gather, nextMorning, signIn, type Crew } from './crew.ts';
import { createDay, createRecords, type Day } from './day.ts';
import type { Demonstration } from './demonstration.ts';
import type { Display } from './display.ts';
import { createHallClock } from './hall-clock.ts';
import type { Options } from './options.ts';
import { createFrontOfHouse } from './reception.ts';
import { CLOSING_AT, drawRota, type Post } from './rota.ts';
import { staffFor, type Staffing } from './staffing.ts';
import type { Terminal } from './terminal.ts';
import { createCrowd, MINUTES_AT_COUNTER, type Visitor } from './visitor.ts';

export interface RehearsalDeps {
  readonly options: Options;
  readonly demonstration: Demonstration;
  readonly system: TerminalSystem;
  readonly newId: () => string;
  readonly say: (line: string) => void;
  /** A state of the day, every few seconds. */
  readonly onProgress: (day: Day, board: readonly ZoneFigures[]) => void;
}

/** What is left when the hall is empty. */
export interface Played {
  readonly day: Day;
  readonly displays: readonly Display[];
  readonly board: readonly ZoneFigures[];
  readonly reception: Terminal;
  close(): void;
}

const PEAK_MINUTES = 30;
const TARGET_LOAD = 0.85;
const PROGRESS_MS = 5_000;
/** Counters still busy so long after closing mean that somebody is never called. */
const OVERTIME_MS = 4 * 3_600_000;

/** Plays one day from before the doors open until the last counter has closed. */
export async function rehearse(deps: RehearsalDeps): Promise<Played> {
  const { options, demonstration, system, say } = deps;
  const clock = createHallClock(system.timers.nowMs);
  clock.set((await demonstration.clock()).now, 1);
  const catalogue = await demonstration.catalogue();
  const staffing = staffAtPeak(catalogue, options.arrivals);
  const posts = drawRota(createRandom(options.seed), catalogue, staffing.counterIds);
  say(staffingLine(catalogue, staffing, options.arrivals));

  const records = createRecords();
  const crewDeps = { ...deps, clock, onAnswered: records.answered };
  const crew = await gather(crewDeps, catalogue, posts);
  const businessDate = await nextMorning(crewDeps, crew.board, catalogue);
  await signIn(crew, posts);
  const doorsClose = options.until ? minutesOf(options.until) : DOORS.close;
  const closingMinute = Math.min(CLOSING_AT, doorsClose + (CLOSING_AT - DOORS.close));
  const visitors = drawVisitors(options, catalogue, doorsClose);
  const stranger = createCrowd(catalogue.catalogue)(createRandom(options.seed));
  const day = createDay({
    catalogue,
    clock,
    businessDate,
    closingMinute,
    records,
    stranger: { ...stranger, ending: { kind: 'finish', outcome: 'done' } },
    timers: system.timers,
  });
  say(
    `${businessDate}: ${visitors.length} visitors, ${posts.length} clerks signed in, ${options.speed} times as fast`,
  );
  clock.set((await demonstration.setClock(options.speed)).now, options.speed);
  await playDay(deps, day, crew, posts, visitors);
  return {
    day,
    displays: crew.displays,
    board: zonesOf(crew.board),
    reception: crew.reception,
    close: crew.close,
  };
}

function staffAtPeak(catalogue: CatalogueIndex, arrivals: number): Staffing {
  const { services } = catalogue.catalogue;
  const total = services.reduce((sum, { demand }) => sum + demand, 0);
  const aMinute = (arrivals * busiestWindow(PEAK_MINUTES).share) / PEAK_MINUTES;
  const work = new Map(
    services.map(({ id, demand }) => [id, aMinute * (demand / total) * MINUTES_AT_COUNTER]),
  );
  return staffFor(catalogue, work, TARGET_LOAD);
}

function staffingLine(
  { catalogue }: CatalogueIndex,
  { counterIds, loads }: Staffing,
  arrivals: number,
): string {
  const { from, share } = busiestWindow(PEAK_MINUTES);
  const peak = ((arrivals * share) / PEAK_MINUTES).toFixed(1);
  const time = `${Math.floor(from / 60)}:${String(from % 60).padStart(2, '0')}`;
  const most = Math.round(Math.max(...loads.values()) * 100);
  const mean = Math.round(([...loads.values()].reduce((sum, load) => sum + load, 0) / loads.size) * 100);
  return `${counterIds.length} of ${catalogue.counters.length} counters for ${peak} arrivals a minute in the ${PEAK_MINUTES} minutes from ${time}: load at most ${most} %, mean ${mean} %`;
}

function drawVisitors(
  { seed, arrivals }: Options,
  { catalogue }: CatalogueIndex,
  doorsClose: number,
): readonly (Visitor & { readonly minute: number })[] {
  const draw = createCrowd(catalogue);
  const minutes = drawArrivals(createRandom(seed), arrivals);
  const lateFrom = doorsClose - 60;
  // One source of chance a visitor: whatever the others do, this one stays the same.
  return minutes
    .map((minute, index) => ({ ...draw(createRandom(seed * 1_000_003 + index + 1)), minute }))
    .filter(({ minute }) => minute < doorsClose)
    .map((visitor) => (visitor.minute < lateFrom ? visitor : withoutDetour(visitor)));
}

/** In the last hour nobody is sent elsewhere: the other counters may have closed. */
function withoutDetour<T extends Visitor>(visitor: T): T {
  const { kind } = visitor.ending;
  const isDetour = kind === 'hold' || kind === 'transfer';
  return isDetour ? { ...visitor, ending: { kind: 'finish', outcome: 'done' } } : visitor;
}

async function playDay(
  deps: RehearsalDeps,
  day: Day,
  crew: Crew,
  posts: readonly Post[],
  visitors: readonly (Visitor & { readonly minute: number })[],
): Promise<void> {
  const { options, system } = deps;
  const front = createFrontOfHouse(day, crew.kiosks, crew.reception, system.newToken);
  const pace = createRandom(options.seed + 1);
  const clerks = posts.map((post, index) =>
    workAt({
      day,
      post,
      terminal: crew.callers[index] as Terminal,
      breathMs: pace.between(4_000, 16_000),
      reactionMs: pace.between(2_000, 45_000),
      onAside: (ticketId, name, at) => void front.bringBack(ticketId, name, at),
    }),
  );
  const arrivals = Promise.all(
    visitors.map(async (visitor) => {
      await day.until(day.at(visitor.minute));
      if (!day.isOver()) await front.take(visitor);
    }),
  );
  const emptied = Promise.all([...clerks, arrivals]).then(async () => {
    // The board is told once a second, and everything that is due with each heartbeat.
    await day.sleep(2 * PROGRESS_MS);
    day.end();
  });
  await Promise.all([emptied, watch(deps, day, crew.board)]);
}

/** Says how the day goes, follows a hand on the hall's clock, and gives up a day that does not end. */
async function watch(
  { demonstration, onProgress, say }: RehearsalDeps,
  day: Day,
  board: Terminal,
): Promise<void> {
  while (!day.isOver()) {
    await day.sleep(PROGRESS_MS);
    const { now, speed } = await demonstration.clock();
    if (speed === day.clock.speed()) day.clock.heard(now);
    else day.clock.set(now, speed);
    onProgress(day, zonesOf(board));
    if (now > day.closesAt + OVERTIME_MS) {
      say('the day does not end: somebody waits who is never called');
      day.end();
    }
  }
}

function zonesOf(board: Terminal): readonly ZoneFigures[] {
  const entries = Object.entries(board.entries('board'));
  return entries.flatMap(([key, entry]) => (key.startsWith('zone:') ? [entry as ZoneFigures] : []));
}
