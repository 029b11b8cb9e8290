import { mixedLoad } from '../load/hall-load.ts';
import { median, paced, type Run } from '../load/measure.ts';
import { openScreens } from '../load/screens.ts';
import { ms, type Row } from '../report.ts';
import { startServer } from '../servers/start.ts';

const ROUNDS = 3;
const SECONDS = 8;

/** A busy hall at its own pace: 100 commands a second, 250 screens. */
export async function pace(): Promise<Row[]> {
  return [await atPace(0, 15), await atPace(5, 30)];
}

async function atPace(syncDelayMs: number, targetMs: number): Promise<Row> {
  const server = await startServer('hall', { syncDelayMs });
  const clients = await mixedLoad(server, 50);
  const screens = await openScreens(server, 250);
  const runs: Run[] = [];
  for (let round = 0; round < ROUNDS; round += 1) runs.push(await paced(clients, 100, SECONDS));
  for (const client of [...clients, ...screens]) client.close();
  await server.close();
  const p99 = median(runs.map(({ p99Ms }) => p99Ms));
  return {
    figure: `100 commands/s with 250 screens${syncDelayMs > 0 ? `, ${syncDelayMs} ms added to each sync` : ''}: answer p99`,
    value: ms(p99),
    control: `p50 ${ms(median(runs.map(({ p50Ms }) => p50Ms)))}`,
    target: `≤ ${targetMs} ms`,
    met: p99 <= targetMs,
  };
}
