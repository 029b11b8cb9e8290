import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexCatalogue } from '#domain/catalogue/index.ts';
import { createHall, type Hall } from '#domain/hall/state.ts';
import { createSystem } from '#hall-server/adapters/system.ts';
import { demonstrationCatalogue } from '#hall-server/demonstration/open-hall.ts';
import { createSqliteJournal } from '#hall-server/journal/sqlite/journal.ts';
import { openDatabase } from '#hall-server/journal/sqlite/open.ts';
import { decideBatch } from '#hall-server/writer/batch.ts';
import { createRecentRefusals } from '#hall-server/writer/recent-refusals.ts';
import type { Journal } from '#hall-server/journal/port.ts';
import type { CommandAnswer } from '#protocol/wire.ts';
import { clerks, takes, type Submit } from '../load/direct-load.ts';
import { median } from '../load/measure.ts';
import { times, type Row } from '../report.ts';

const SIZES = [0, 6_500, 65_000] as const;
const BATCH = 40;
const ROUNDS = 9;
const BATCHES = 20;
const COUNTERS = 60;

interface Bench {
  readonly take: () => Promise<CommandAnswer>;
  readonly serve: () => Promise<CommandAnswer>;
  /** Microseconds per command of the rules alone, and with the commit. */
  measure(): Promise<{ readonly rulesUs: number; readonly wholeUs: number }>;
  close(): void;
}

/** A command's cost as the day grows: decide and apply in memory, and with the FULL commit, in batches of 40. */
export async function rules(): Promise<Row[]> {
  const benches: Bench[] = [];
  for (const size of SIZES) benches.push(await dayOf(size));
  const rounds: { readonly rulesUs: number; readonly wholeUs: number }[][] = [];
  // In turn, so that a slow moment of the machine falls on every size.
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = [];
    for (const bench of benches) measured.push(await bench.measure());
    rounds.push(measured);
  }
  for (const bench of benches) bench.close();
  const rulesUs = median(rounds.map(([empty]) => empty?.rulesUs ?? 0));
  const ratio = (index: number, of: 'rulesUs' | 'wholeUs'): number =>
    median(rounds.map((measured) => (measured[index]?.[of] ?? 0) / (measured[0]?.[of] ?? 1)));
  return [
    {
      figure: 'decide + apply, per command, in memory',
      value: `${rulesUs.toFixed(1)} µs`,
      target: '≤ 20 µs',
      met: rulesUs <= 20,
    },
    ...[1, 2].map((index) => ({
      figure: `cost of a command on a day of ${SIZES[index]?.toLocaleString('en')} tickets against an empty day`,
      value: times(ratio(index, 'wholeUs')),
      control: `rules alone ${times(ratio(index, 'rulesUs'))}`,
      target: '≤ 1.2×',
      met: ratio(index, 'wholeUs') <= 1.2,
    })),
  ];
}

async function dayOf(tickets: number): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'tinghao-bench-'));
  const system = createSystem();
  const db = openDatabase(join(folder, 'hall.sqlite'), system);
  const journal = createSqliteJournal(db);
  const hall = createHall(() => indexCatalogue(1, demonstrationCatalogue()));
  const spent = { rulesMs: 0, wholeMs: 0, commands: 0 };
  const submit = collector(hall, journal, system, spent);
  const device = { device: 'hall-server', via: 'hall' } as const;
  const businessDate = new Date(system.now() + 5 * 3_600_000).toISOString().slice(0, 10);
  for (const command of [
    { name: 'catalogue.publish', payload: { version: 1 } },
    { name: 'day.open', payload: { businessDate } },
  ] as const) {
    await submit({ command, commandId: system.newId(), payloadHash: '', by: device, role: 'hall' });
  }
  const take = takes(submit);
  const serve = await clerks(submit, COUNTERS);
  // The day so far: taken and served, with the usual number of people still waiting.
  for (let done = 0; done < tickets; done += BATCH / 4) {
    await together(BATCH, (i) => (i % 4 === 0 ? take() : serve()));
  }
  await together(COUNTERS * 5, () => take());
  return {
    take,
    serve,
    measure: async () => {
      Object.assign(spent, { rulesMs: 0, wholeMs: 0, commands: 0 });
      for (let batch = 0; batch < BATCHES; batch += 1)
        await together(BATCH, (i) => (i % 4 === 0 ? take() : serve()));
      return {
        rulesUs: (1000 * spent.rulesMs) / spent.commands,
        wholeUs: (1000 * spent.wholeMs) / spent.commands,
      };
    },
    close: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function together(count: number, send: (index: number) => Promise<CommandAnswer>): Promise<CommandAnswer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => send(index)));
}

/** Commands of one turn, decided and committed together as the writer does, with a stop-watch on both halves. */
function collector(
  hall: Hall,
  journal: Journal,
  system: ReturnType<typeof createSystem>,
  spent: { rulesMs: number; wholeMs: number; commands: number },
): Submit {
  const recent = createRecentRefusals();
  let waiting: { submitted: Parameters<Submit>[0]; answer: (answer: CommandAnswer) => void }[] = [];
  const commit = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    const from = performance.now();
    const revision = hall.revision;
    const plan = decideBatch(
      hall,
      new Map(),
      batch.map(({ submitted }) => submitted),
      { ...system, recent },
    );
    const decided = performance.now();
    await journal.append(revision, plan);
    spent.rulesMs += decided - from;
    spent.wholeMs += performance.now() - from;
    spent.commands += batch.length;
    batch.forEach(({ answer }, index) => plan.replies[index] && answer(plan.replies[index]));
  };
  return (submitted) =>
    new Promise((answer) => {
      if (waiting.length === 0) queueMicrotask(() => void commit());
      waiting.push({ submitted, answer });
    });
}
