import { kioskLoad, mixedLoad } from '../load/hall-load.ts';
import { closedLoop, median, percentiles } from '../load/measure.ts';
import { openScreens } from '../load/screens.ts';
import { connectClient, type BenchClient } from '../load/socket-client.ts';
import { ms, type Row } from '../report.ts';
import { startServer, type BenchServer } from '../servers/start.ts';
import { PROTOCOL_VERSION, type JoinAnswer } from '#protocol/wire.ts';
import { demonstrationCatalogue } from '#hall-server/demonstration/open-hall.ts';

const TICKETS = 6_500;
const TERMINALS = 300;
const STARTS = 5;
const RETURNING = 500;

/** A day of 6,500 tickets: what a restart costs, what a return of all terminals costs, and what the server keeps in memory. */
export async function restart(): Promise<Row[]> {
  const server = await startServer('hall');
  const clients = await mixedLoad(server, 50);
  const screens = await openScreens(server, TERMINALS);
  // Half of the load's clients take: twice as many commands as tickets.
  await closedLoop(clients, TICKETS * 2);
  const memory = await settledMemory(server);
  for (const client of [...clients, ...screens]) client.close();
  const storm = await returnOfAll(server);
  await server.close(true);
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1)
    starts.push(await startToFirstCommand(server.folder, start === STARTS - 1));
  return [
    {
      figure: `start → first accepted command on a day of ${TICKETS.toLocaleString('en')} tickets`,
      value: ms(median(starts)),
      target: '≤ 1,000 ms',
      met: median(starts) <= 1_000,
    },
    ...storm,
    {
      figure: `memory of the server after that day, with ${TERMINALS} terminals`,
      value: `${Math.round(memory / 1e6)} MB`,
      target: '≤ 250 MB',
      met: memory <= 250e6,
    },
  ];
}

async function settledMemory(server: BenchServer): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  return (await server.counted()).rss;
}

async function startToFirstCommand(folder: string, last: boolean): Promise<number> {
  const from = performance.now();
  const server = await startServer('hall', { folder });
  const kiosk = await kioskLoad(server, someService());
  await kiosk.next();
  const took = performance.now() - from;
  kiosk.close();
  await server.close(!last);
  return took;
}

const catalogue = demonstrationCatalogue();
const someService = (): string[] =>
  catalogue.services.filter(({ quotas }) => quotas.length === 0).map(({ id }) => id);

/** All terminals come back in one moment, while kiosks go on issuing. */
async function returnOfAll(server: BenchServer): Promise<Row[]> {
  const kiosks = await Promise.all(Array.from({ length: 10 }, () => kioskLoad(server, someService())));
  const latencies: number[] = [];
  let storming = true;
  const issuing = kiosks.map(async (kiosk) => {
    while (storming) {
      latencies.push(await kiosk.next());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  const from = performance.now();
  const counters = catalogue.counters;
  const clients: BenchClient[] = await Promise.all(
    Array.from({ length: RETURNING }, async (_, i) => {
      const client = await connectClient(server.url, {
        protocol: PROTOCOL_VERSION,
        token: server.tokens.display,
      });
      const counter = counters[i % counters.length];
      const key = i % 5 === 0 ? ['zone', counter?.zoneId] : ['sign', counter?.id];
      const answer = (await client.ask('join', { feed: key[0], key: key[1] })) as JoinAnswer;
      if (!answer.ok) throw new Error(answer.code);
      return client;
    }),
  );
  const currentMs = performance.now() - from;
  storming = false;
  await Promise.all(issuing);
  for (const client of [...clients, ...kiosks]) client.close();
  const { p99Ms } = percentiles(latencies);
  return [
    {
      figure: `${RETURNING} terminals return at once: all current`,
      value: ms(currentMs),
      target: '≤ 2,000 ms',
      met: currentMs <= 2_000,
    },
    { figure: 'commands meanwhile, p99', value: ms(p99Ms), target: '≤ 100 ms', met: p99Ms <= 100 },
  ];
}
