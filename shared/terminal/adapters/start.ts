import { fileURLToPath } from 'node:url';
import pino, { type Logger } from 'pino';
import type { Agent } from '../agent.ts';
import { ensureDevice, type Device } from '../enrolment.ts';
import { SettingsError, type terminalSettingsSchema } from '../settings/settings.ts';
import type { TerminalSystem } from '../system.ts';
import type { z } from 'zod';
import { createDeviceFile } from './device-file.ts';
import { createNodeSystem } from './node-system.ts';
import { reportToSupervisor } from './supervisor.ts';

/** The pages as the build leaves them, in the repository and in an installed product alike. */
export const builtPagesDir = fileURLToPath(new URL('../../../dist/pages', import.meta.url));

/** A settings mistake: 78 is EX_CONFIG, and a supervisor need not hurry to try again. */
const EXIT_CONFIG = 78;

export interface StartContext<Settings> {
  readonly settings: Settings;
  readonly device: Device;
  readonly system: TerminalSystem;
  readonly log: Logger;
}

/** Runs an agent as the process it is: identity, log, agent, supervisor. A mistake in a setting ends it with one line each. */
export async function startTerminal<Settings extends z.output<typeof terminalSettingsSchema>>(
  read: () => Settings,
  create: (context: StartContext<Settings>) => Promise<Agent>,
): Promise<void> {
  try {
    const settings = read();
    const system = createNodeSystem();
    // stdout belongs to the supervisor.
    const log = pino({ level: settings.logLevel }, pino.destination(2));
    const { hallUrl, enrolmentCode, tokenFile } = settings;
    const device = await ensureDevice({ hallUrl, enrolmentCode, store: createDeviceFile(tokenFile), system });
    log.info({ deviceId: device.deviceId, kind: device.kind, hallUrl }, 'terminal starts');
    reportToSupervisor(await create({ settings, device, system, log }));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT_CONFIG;
  }
}
