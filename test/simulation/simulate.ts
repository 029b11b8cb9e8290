import { indexCatalogue } from '#domain/catalogue/index.ts';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import type { Command } from '#domain/commands/schemas.ts';
import { currentLeg, type Hall } from '#domain/hall/state.ts';
import { midnightOf } from '#domain/time.ts';
import { CHAIN_START, chainHash } from '#hall-server/journal/chain.ts';
import type { Journal } from '#hall-server/journal/port.ts';
import { foldJournal } from '#hall-server/writer/fold.ts';
import { createFeedHub } from '#protocol/feed-hub.ts';
import { contradictionsIn } from '#test/domain/invariants.ts';
import { measureOvertakes } from '#test/domain/overtakes.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { startClerk } from './clerk.ts';
import { createModelDisk, createModelJournal, type Fault, type ModelDisk } from './model-journal.ts';
import { createNetwork, type NetworkOptions } from './network.ts';
import { createSimServer } from './sim-server.ts';
import { sendUntilAnswered, watch, type Site, type Watch } from './terminal.ts';
import { startDisplay, startVisitors } from './visitors.ts';
import { createWorld, type World } from './world.ts';

export interface SimulationOptions {
  readonly visitors?: number;
  readonly network?: NetworkOptions;
  /** Probability of each fault, per append. */
  readonly faults?: Partial<Readonly<Record<Fault, number>>>;
  /** Probability per minute that the disk is gone for some seconds. */
  readonly diskGone?: number;
  /** Ends the day at the first accusation. */
  readonly untilAccused?: boolean;
  /** Something between the writer and the journal: to show what the checks find. */
  readonly wrapJournal?: (journal: Journal) => Journal;
}

export interface SimulationResult {
  readonly seed: number;
  /** SHA-256 over everything that happened, in order. One seed, one history. */
  readonly historyHash: string;
  /** What must never happen and did. Empty, or the run has failed. */
  readonly accusations: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

const DATE = '2026-11-23';
const MINUTE_MS = 60_000;
const openCounters = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'];
const services = ['deeds', 'fund', 'permit', 'tax', 'invoice'];
const watched = [
  ['terminal', 'hall'],
  ['board', 'hall'],
  ['sign', 'c1'],
] as const;

/** A hall whose rules do not make the next one depend on the mere passing of time: displays must agree to the letter. */
function aSimulatedCatalogue(): Catalogue {
  const catalogue = aCatalogue({ rules: { noShowBlockMs: 0, preferenceYieldsAfterMs: 24 * 60 * MINUTE_MS } });
  return {
    ...catalogue,
    services: catalogue.services.map((service) => ({ ...service, hours: [{ from: '08:30', to: '17:30' }] })),
  };
}

const defaults = {
  visitors: 110,
  network: { drop: 0.02, duplicate: 0.03, slow: 0.01 },
  faults: {
    'lost-answer': 0.01,
    'disk-full': 0.01,
    'fails-before': 0.01,
    'crash-before': 0.004,
    'crash-after': 0.004,
  },
  diskGone: 0.01,
} as const;

/** Plays a day of a small hall: the real rules, writer and feeds; simulated people, clock, network and disk. */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationResult> {
  const { visitors, network: badNetwork, faults, diskGone } = { ...defaults, ...options };
  const startMs = midnightOf(DATE, 'Asia/Shanghai') + 8 * 60 * MINUTE_MS;
  const world = createWorld(seed, startMs);
  const index = indexCatalogue(1, aSimulatedCatalogue());
  const disk = createModelDisk('log-1');
  const weather = createWeather(world, faults, diskGone);
  const network = createNetwork(world, badNetwork);
  const server = createSimServer({
    world,
    disk,
    catalogueOf: () => index,
    nextFault: weather.nextFault,
    isDiskGone: weather.isDiskGone,
    restartAfterMs: () => world.random.between(200, 8_000),
    ...(options.wrapJournal ? { wrapJournal: options.wrapJournal } : {}),
  });
  const site: Site = { world, network, server };
  const hallSends = (command: Command) => sendUntilAnswered(site, { device: 'hall', role: 'hall' }, command);

  void hallSends({ name: 'catalogue.publish', payload: { version: 1 } }).then(() =>
    hallSends({ name: 'day.open', payload: { businessDate: DATE } }),
  );
  await world.run(startMs + 30 * MINUTE_MS);
  const clerks = openCounters.map((counterId) => startClerk(site, counterId, services));
  const screens: Watch[] = [
    ...clerks.map((clerk) => clerk.watch),
    ...watched.map(([feed, key]) => watch(site, feed, key, () => undefined)),
    ...['all', 'general', 'tax'].map((key, at) => startDisplay(site, key, at + 1)),
  ];
  const { slips, refused } = startVisitors(site, {
    count: visitors,
    services,
    kiosks: 3,
    spanMs: 100 * MINUTE_MS,
  });
  const isAccused = (): boolean => options.untilAccused === true && world.accusations.length > 0;
  for (let minutes = 40; minutes <= 150 && !isAccused(); minutes += 10)
    await world.run(startMs + minutes * MINUTE_MS);

  network.heal();
  weather.clear();
  const fold = () => foldJournal(createModelJournal({ disk }), () => index);
  let hall = await fold();
  for (let minutes = 170; minutes <= 560 && !isEmpty(hall) && !isAccused(); minutes += 20) {
    await world.run(startMs + minutes * MINUTE_MS);
    hall = await fold();
  }
  if (!isEmpty(hall)) world.accuse('the hall is not empty in the evening');
  // Whoever watches has the time to hear of the last of it.
  await world.run(world.now() + 2 * MINUTE_MS);
  hall = await fold();
  await checkTheEnd(world, hall, disk, screens);
  for (const { ticketId, number } of slips) {
    if (hall.current?.ticketsById.get(ticketId)?.number !== number)
      world.accuse(`slip ${number} has no ticket`);
  }
  if (slips.length + refused.length !== visitors)
    world.accuse(`${visitors - slips.length} visitors never had an answer`);
  world.trace(`head ${disk.rows.at(-1)?.hash ?? ''}`);
  return {
    seed,
    historyHash: world.historyHash(),
    accusations: world.accusations,
    figures: {
      slips: slips.length,
      events: disk.rows.length,
      steps: world.steps(),
      calls: clerks.reduce((sum, { calls }) => sum + calls(), 0),
      crashes: server.crashes(),
      troubles: server.troubles(),
      gaps: screens.reduce((sum, { gaps }) => sum + gaps(), 0),
    },
  };
}

function isEmpty({ current }: Hall): boolean {
  return [...(current?.ticketsById.values() ?? [])].every((ticket) => isOver(currentLeg(ticket).status));
}

/** Somebody who has missed the call may have gone home; anybody else must have been let go. */
function isOver(status: string): boolean {
  return status === 'finished' || status === 'cancelled' || status === 'no-show';
}

/** The faults of the disk, until the sky clears. */
function createWeather(world: World, faults: NonNullable<SimulationOptions['faults']>, goneAMinute: number) {
  let isClear = false;
  let goneUntil = 0;
  const look = (): void => {
    if (isClear) return;
    if (world.random.chance(goneAMinute)) goneUntil = world.now() + world.random.between(500, 20_000);
    world.after(MINUTE_MS, look);
  };
  look();
  return {
    nextFault: (): Fault => {
      if (isClear) return 'none';
      let chance = world.random.next();
      for (const [fault, probability] of Object.entries(faults) as [Fault, number][]) {
        chance -= probability;
        if (chance < 0) return fault;
      }
      return 'none';
    },
    isDiskGone: () => !isClear && world.now() < goneUntil,
    clear: () => void (isClear = true),
  };
}

async function checkTheEnd(
  world: World,
  hall: Hall,
  disk: ModelDisk,
  screens: readonly Watch[],
): Promise<void> {
  contradictionsIn(hall).forEach(world.accuse);
  let hash = CHAIN_START;
  for (const row of disk.rows) {
    hash = chainHash(hash, row.text);
    if (hash !== row.hash) world.accuse('the chain is broken');
  }
  const events = await createModelJournal({ disk }).read(0, disk.rows.length);
  const { mostPassed, outOfOrder } = measureOvertakes(events, hall.catalogueOf);
  if (mostPassed > 3) world.accuse(`somebody was passed ${mostPassed} times`);
  outOfOrder.forEach((what) => world.accuse(`out of order: ${what}`));
  const hub = createFeedHub({
    hall: () => hall,
    now: world.now,
    elapsed: world.now,
    hasSubscribers: () => false,
    publish: () => undefined,
    schedule: () => undefined,
  });
  for (const { feed, key, view } of screens) {
    const fresh = JSON.stringify(sorted(hub.join(feed, key, undefined).entries));
    if (JSON.stringify(sorted(view.entries)) !== fresh)
      world.accuse(`${feed}:${key} does not show what is the case`);
  }
}

function sorted(entries: Readonly<Record<string, unknown>>): unknown {
  return Object.keys(entries)
    .sort()
    .map((key) => [key, entries[key]]);
}
