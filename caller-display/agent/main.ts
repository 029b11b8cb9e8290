import { builtPagesDir, startTerminal } from '#terminal/adapters/start.ts';
import { readSettings } from '#terminal/adapters/settings-file.ts';
import { createCallerAgent } from './caller-agent.ts';
import { callerSettingsSchema } from './caller-settings.ts';

await startTerminal(
  () => readSettings(callerSettingsSchema, process.env),
  ({ settings: { hallUrl, port, pagesDir = builtPagesDir }, device, system, log }) =>
    createCallerAgent({ hallUrl, token: device.token, port, pagesDir, entry: 'token', system, log }),
);
