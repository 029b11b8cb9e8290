import { resolve } from 'node:path';
import { pino } from 'pino';
import type { Journal } from '#hall-server/journal/port.ts';
import { createSystem } from '#hall-server/adapters/system.ts';
import {
  openReferenceHall,
  demonstrationCatalogue,
  readyMadeClerks,
} from '#hall-server/demonstration/open-hall.ts';
import { createHallServer } from '#hall-server/hall-server.ts';
import { readSettings } from '#hall-server/settings/settings.ts';
import { benchOptions } from './options.ts';
import { waitForDisk } from './slow-sync.ts';

// The whole server as production starts it, on the reference hall, with devices for the load.
const { folder, syncDelayMs, maxBatch } = benchOptions(process.argv[2]);
const counted = { appends: 0, commands: 0 };

const slowed = (journal: Journal): Journal => ({
  ...journal,
  append: async (expectedRevision, batch) => {
    await journal.append(expectedRevision, batch);
    waitForDisk(syncDelayMs);
    counted.appends += 1;
    counted.commands += batch.answers.length;
  },
});

const server = await createHallServer({
  settings: readSettings({ TINGHAO_HOST: '127.0.0.1', TINGHAO_PORT: '0', TINGHAO_DATA_DIR: folder }),
  system: createSystem(),
  logger: pino({ level: 'error' }),
  version: 'bench',
  withReadyMade: true,
  beforePage: async () => false,
  wrapJournal: slowed,
  ...(maxBatch > 0 ? { maxBatch } : {}),
});
await openReferenceHall(server);
await server.clerks.createReadyMade(readyMadeClerks(demonstrationCatalogue()), 'bench-password');

const enrol = (kind: 'kiosk' | 'caller' | 'display'): string | undefined =>
  server.devices.enrol(server.devices.createCode(kind, `bench ${kind}`).code)?.token;
console.log(
  JSON.stringify({
    url: server.url,
    tokens: { kiosk: enrol('kiosk'), caller: enrol('caller'), display: enrol('display') },
    pages: resolve('dist/pages'),
  }),
);
process.on('message', (message) => {
  if (message === 'counted') process.send?.({ ...counted, rss: process.memoryUsage().rss });
  if (message === 'reset') Object.assign(counted, { appends: 0, commands: 0 });
  if (message === 'close') void server.close().then(() => process.exit(0));
});
