import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { createCallerAgent } from '#caller-display/agent/caller-agent.ts';
import { createKioskAgent } from '#kiosk/agent/kiosk-agent.ts';
import { createStandInPrinter } from '#kiosk/stand-in-printer/stand-in-printer.ts';
import type { DeviceKind } from '#protocol/queries.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import type { HallServer } from '#hall-server/hall-server.ts';
import type { Settings } from '#hall-server/settings/settings.ts';

export interface Terminals {
  readonly origins: { readonly kiosk: string; readonly reception: string; readonly caller: string };
  /** Bytes of the slips that the stand-in printers have printed, newest last. */
  readonly slips: () => readonly Buffer[];
  close(): Promise<void>;
}

const BAUD = 9_600;

/** A kiosk, a reception desk and a counter, each with its agent, as they would stand in the hall. */
export async function startTerminals(
  server: HallServer,
  settings: Settings,
  logger: Logger,
): Promise<Terminals> {
  const slips: Buffer[] = [];
  const printers = await Promise.all(
    ['kiosk', 'reception'].map((name) => standInPrinter(name, settings, logger, slips)),
  );
  const [kioskPrinter, receptionPrinter] = printers;
  const core = (kind: DeviceKind, offset: number) => ({
    hallUrl: server.url,
    publicUrl: settings.publicUrl,
    token: tokenOf(server, settings.dataDir, kind),
    port: settings.port === 0 ? 0 : settings.port + offset,
    pagesDir: resolve(settings.pagesDir),
    entry: 'open' as const,
    system: createNodeSystem(),
    log: logger.child({ terminal: kind }),
  });
  const place = (printer: (typeof printers)[number]) =>
    printer && { path: printer.path, baudRate: BAUD, paperWidthMm: 80 as const };
  const kiosk = await createKioskAgent({ ...core('kiosk', 1), page: 'kiosk', printer: place(kioskPrinter) });
  const reception = await createKioskAgent({
    ...core('reception', 2),
    page: 'reception',
    printer: place(receptionPrinter),
  });
  const caller = await createCallerAgent(core('caller', 3));
  return {
    origins: { kiosk: kiosk.origin, reception: reception.origin, caller: caller.origin },
    slips: () => slips,
    close: async () => {
      for (const part of [caller, reception, kiosk, ...printers]) await part?.close();
    },
  };
}

/** Without socat there is no pseudo-terminal: the hall runs on, and its screens say that there is no printer. */
async function standInPrinter(name: string, { dataDir }: Settings, logger: Logger, slips: Buffer[]) {
  try {
    return await createStandInPrinter({
      baudRate: BAUD,
      path: join(dataDir, `printer-${name}`),
      onSlip: (slip) => {
        slips.push(slip);
        slips.splice(0, slips.length - 20);
      },
    });
  } catch (error) {
    logger.warn({ err: error }, 'no stand-in printer: install socat to see slips printed');
    return undefined;
  }
}

/** Each terminal keeps its identity over restarts, as a real one does. */
function tokenOf(server: HallServer, dataDir: string, kind: DeviceKind): string {
  const folder = join(dataDir, 'terminals');
  const file = join(folder, `${kind}.token`);
  if (existsSync(file)) {
    const token = readFileSync(file, 'utf8');
    if (server.devices.byToken(token)) return token;
  }
  const enrolled = server.devices.enrol(server.devices.createCode(kind, `demonstration ${kind}`).code);
  if (!enrolled) throw new Error('a fresh enrolment code was refused');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, enrolled.token, { mode: 0o600 });
  return enrolled.token;
}
