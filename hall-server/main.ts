import { pino } from 'pino';
import { productVersion } from './adapters/product-version.ts';
import { createSystem } from './adapters/system.ts';
import { explainStart } from './adapters/explain-start.ts';
import { stopOnSignal } from './adapters/stop-on-signal.ts';
import { createHallServer } from './hall-server.ts';
import { requireEnrolment } from './http/require-enrolment.ts';
import { readSettings } from './settings/settings.ts';

await explainStart(async () => {
  const settings = readSettings(process.env);
  const logger = pino({ level: settings.logLevel });
  const server = await createHallServer({
    settings,
    logger,
    system: createSystem(),
    version: productVersion(),
    beforePage: requireEnrolment,
  });
  logger.info({ url: server.url }, 'the hall is open');
  stopOnSignal(server, logger);
});
