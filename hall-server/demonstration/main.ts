import { pino } from 'pino';
import { lanAddress } from '#hall-server/adapters/own-hosts.ts';
import { stopOnSignal } from '#hall-server/adapters/stop-on-signal.ts';
import { createSystem } from '#hall-server/adapters/system.ts';
import { createHallServer, type HallServer } from '#hall-server/hall-server.ts';
import { readSettings } from '#hall-server/settings/settings.ts';
import { productVersion } from '#hall-server/adapters/product-version.ts';
import { createDemonstrationClock } from './clock.ts';
import {
  DEMONSTRATION_PASSWORD,
  demonstrationCatalogue,
  openReferenceHall,
  readyMadeClerks,
} from './open-hall.ts';
import { demonstrationRoutes, enrolEveryBrowser } from './routes.ts';
import { startTerminals, type Terminals } from './terminals.ts';

const given = readSettings({
  TINGHAO_DATA_DIR: 'var/demonstration',
  TINGHAO_LOG_LEVEL: 'warn',
  ...process.env,
});
const settings = { ...given, publicUrl: given.publicUrl ?? `http://${lanAddress()}:${given.port}` };
const logger = pino({ level: settings.logLevel });
const system = createSystem();
const clock = createDemonstrationClock(system);

let terminals: Terminals | undefined = undefined;
let devices: HallServer['devices'] | undefined = undefined;
const server = await createHallServer({
  settings,
  logger,
  system: { ...system, now: clock.now },
  version: productVersion(),
  withReadyMade: true,
  beforePage: enrolEveryBrowser(() => devices),
  extraRoutes: (app, inside) => {
    demonstrationRoutes({ app, server: inside, clock, terminals: () => terminals });
  },
});
devices = server.devices;
// A rehearsal may have turned this hall's clock on to another day: the log never goes back, so neither does the clock.
clock.set(clock.speed(), await server.writer.settled(({ lastAt }) => lastAt));
await openReferenceHall(server);
await server.clerks.createReadyMade(readyMadeClerks(demonstrationCatalogue()), DEMONSTRATION_PASSWORD);
terminals = await startTerminals(server, settings, logger);
console.log(`厅号 Tinghao: ${server.url}`);
stopOnSignal(
  {
    close: async () => {
      await terminals?.close();
      await server.close();
    },
  },
  logger,
);
