import { pino } from 'pino';
import { stopOnSignal } from '#hall-server/adapters/stop-on-signal.ts';
import { createSystem } from '#hall-server/adapters/system.ts';
import { HALL_DEVICE } from '#hall-server/hall-device.ts';
import { createHallServer } from '#hall-server/hall-server.ts';
import { midnightOf } from '#domain/time.ts';
import { readSettings } from '#hall-server/settings/settings.ts';
import { aCatalogue } from './builders.ts';
import { MONDAY } from './hall-day.ts';

// A hall-server as its own process on the small catalogue, where it is always Monday morning. Tells its address and a kiosk's token.
const settings = readSettings(process.env);
const system = createSystem();
const nine = midnightOf(MONDAY, 'Asia/Shanghai') + 9 * 3_600_000;
const logger = pino({ level: settings.logLevel });
const server = await createHallServer({
  settings,
  logger,
  system: { ...system, now: () => nine + Math.round(system.elapsed()) },
  version: '0.0.0-test',
  beforePage: async () => false,
});
if (server.catalogues.list().length === 0) {
  const version = server.catalogues.store(aCatalogue());
  await server.writer.submit({
    command: { name: 'catalogue.publish', payload: { version } },
    commandId: 'publish-1',
    payloadHash: 'publish-1',
    by: { device: HALL_DEVICE, via: 'hall' },
    role: 'hall',
  });
  await server.rollOver();
}
const enrolled = server.devices.enrol(server.devices.createCode('kiosk', 'kiosk').code);
stopOnSignal(server, logger);
console.log(JSON.stringify({ url: server.url, token: enrolled?.token }));
