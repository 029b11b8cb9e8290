import { builtPagesDir, startTerminal } from '#terminal/adapters/start.ts';
import { readSettings } from '#terminal/adapters/settings-file.ts';
import { createKioskAgent } from './kiosk-agent.ts';
import { kioskSettingsSchema } from './kiosk-settings.ts';

await startTerminal(
  () => readSettings(kioskSettingsSchema, process.env),
  ({
    settings: { hallUrl, publicUrl, port, page, pagesDir = builtPagesDir, ...settings },
    device,
    system,
    log,
  }) =>
    createKioskAgent({
      ...{ hallUrl, publicUrl, token: device.token, port, page, pagesDir, entry: 'token', system, log },
      printer: settings.printerPath
        ? { path: settings.printerPath, baudRate: settings.printerBaud, paperWidthMm: settings.paperWidthMm }
        : undefined,
    }),
);
