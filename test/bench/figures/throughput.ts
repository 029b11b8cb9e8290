import { mixedLoad, prototypeLoad, type LoadClient } from '../load/hall-load.ts';
import { closedLoop, median, type Run } from '../load/measure.ts';
import { openScreens } from '../load/screens.ts';
import { connectClient } from '../load/socket-client.ts';
import { perSecond, times, type Row } from '../report.ts';
import type { BenchOptions } from '../servers/options.ts';
import { startServer, type BenchServer } from '../servers/start.ts';

const CLIENTS = 50;
const ROUNDS = 5;
const SCREENS = 250;
/** Best peer of `limits`: tickets issued a second on the same kind of machine. */
const BEST_PEER_ISSUES = 253;

interface Loaded {
  readonly server: BenchServer;
  readonly clients: readonly LoadClient[];
  readonly closing: () => void;
}

async function loadedHall(options: Partial<BenchOptions> = {}, screens = 0): Promise<Loaded> {
  const server = await startServer('hall', options);
  const clients = await mixedLoad(server, CLIENTS);
  const listening = screens > 0 ? await openScreens(server, screens) : [];
  return { server, clients, closing: () => [...clients, ...listening].forEach((client) => client.close()) };
}

async function loadedPrototype(options: Partial<BenchOptions> = {}, screens = 0): Promise<Loaded> {
  const server = await startServer('prototype', options);
  const clients = await prototypeLoad(server, CLIENTS);
  const listening = await Promise.all(Array.from({ length: screens }, () => connectClient(server.url, {})));
  return { server, clients, closing: () => [...clients, ...listening].forEach((client) => client.close()) };
}

async function end({ server, closing }: Loaded): Promise<void> {
  closing();
  await server.close();
}

/** The two in turn, round by round: the machine's moods fall on both. Median rates, and the median of the rounds' ratios. */
async function pairwise(a: Loaded, b: Loaded, commands: number, commandsB = commands) {
  const rounds: { a: Run; b: Run }[] = [];
  await closedLoop(a.clients, Math.ceil(commands / 4));
  await closedLoop(b.clients, Math.ceil(commandsB / 4));
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ a: await closedLoop(a.clients, commands), b: await closedLoop(b.clients, commandsB) });
  }
  return {
    a: median(rounds.map((round) => round.a.rate)),
    b: median(rounds.map((round) => round.b.rate)),
    ratio: median(rounds.map((round) => round.a.rate / round.b.rate)),
  };
}

export async function throughput(): Promise<Row[]> {
  const rows: Row[] = [];
  const hall = await loadedHall();
  const prototype = await loadedPrototype();
  const bare = await pairwise(hall, prototype, 10_000);
  await end(prototype);
  rows.push(
    {
      figure: 'durable commands through the whole server, 50 clients',
      value: perSecond(bare.a),
      control: `bare prototype ${perSecond(bare.b)}: ${times(bare.ratio)}`,
      target: '≥ 0.6×',
      met: bare.ratio >= 0.6,
    },
    {
      figure: 'the same against the best peer’s issue rate',
      value: times(bare.a / BEST_PEER_ISSUES),
      control: `${BEST_PEER_ISSUES}/s, measured before on the same kind of machine`,
      target: '≥ 60×',
      met: bare.a / BEST_PEER_ISSUES >= 60,
    },
  );

  const ungrouped = await loadedHall({ maxBatch: 1 });
  const grouping = await pairwise(hall, ungrouped, 8_000, 4_000);
  await end(ungrouped);
  await end(hall);
  rows.push({
    figure: 'grouped commits against our own ungrouped mode',
    value: perSecond(grouping.a),
    control: `ungrouped ${perSecond(grouping.b)}: ${times(grouping.ratio)}`,
    target: '≥ 5×',
    met: grouping.ratio >= 5,
  });
  rows.push(...(await slowDisk()), ...(await withScreens()));
  return rows;
}

async function slowDisk(): Promise<Row[]> {
  const slow = await loadedHall({ syncDelayMs: 5 });
  const ungrouped = await loadedHall({ syncDelayMs: 5, maxBatch: 1 });
  await closedLoop(slow.clients, 1_000);
  slow.server.reset();
  const run = await closedLoop(slow.clients, 10_000);
  const { commands, appends } = await slow.server.counted();
  const one = await closedLoop(ungrouped.clients, 400);
  await end(slow);
  await end(ungrouped);
  return [
    {
      figure: 'commands a sync at 50 clients, 5 ms added to each sync',
      value: (commands / appends).toFixed(1),
      control: `${perSecond(run.rate)}, ungrouped ${perSecond(one.rate)}`,
      target: '≥ 10',
      met: commands / appends >= 10,
    },
    {
      figure: 'grouped against ungrouped, 5 ms added to each sync',
      value: times(run.rate / one.rate),
      target: '≥ 5×',
      met: run.rate / one.rate >= 5,
    },
  ];
}

async function withScreens(): Promise<Row[]> {
  const hall = await loadedHall({}, SCREENS);
  const prototype = await loadedPrototype({ broadcast: true }, SCREENS);
  const { a, b, ratio } = await pairwise(hall, prototype, 8_000);
  await end(hall);
  await end(prototype);
  return [
    {
      figure: 'the same with 250 subscribed screens',
      value: perSecond(a),
      control: `prototype with one message a commit ${perSecond(b)}: ${times(ratio)}`,
      target: '≥ 0.5×',
      met: ratio >= 0.5,
    },
  ];
}
