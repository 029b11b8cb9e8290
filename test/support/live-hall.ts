import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import type { CommandName, CommandPayload } from '#domain/commands/schemas.ts';
import type { Role } from '#domain/decide/context.ts';
import { createSystem } from '#hall-server/adapters/system.ts';
import { createHallServer, type HallServer } from '#hall-server/hall-server.ts';
import { sha256 } from '#hall-server/journal/chain.ts';
import { readSettings } from '#hall-server/settings/settings.ts';
import type { DeviceKind } from '#protocol/queries.ts';
import type { CommandAnswer } from '#protocol/wire.ts';

/** Built pages: of `npm run build`, or of a build elsewhere. */
export const builtPages = resolve(process.env['TINGHAO_PAGES_DIR'] ?? 'dist/pages');

export interface LiveHall {
  readonly server: HallServer;
  /** The token of a device enrolled for the test. */
  enrol(kind: DeviceKind): string;
  /** A command through the writer, as if sent by somebody of a role. */
  send<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    sender: { readonly role: Role; readonly clerk?: string },
  ): Promise<CommandAnswer>;
  close(): Promise<void>;
}

/** The real hall-server in a folder of its own, with a catalogue in force and its day opened at a given instant. */
export async function startLiveHall(catalogue: Catalogue, startMs: number): Promise<LiveHall> {
  const dataDir = mkdtempSync(join(tmpdir(), 'live-hall-'));
  const system = createSystem();
  const offsetMs = startMs - system.now();
  const settings = readSettings({
    TINGHAO_DATA_DIR: dataDir,
    TINGHAO_PAGES_DIR: builtPages,
    TINGHAO_HOST: '127.0.0.1',
    TINGHAO_PORT: '0',
  });
  const server = await createHallServer({
    settings,
    logger: pino({ level: 'silent' }),
    system: { ...system, now: () => system.now() + offsetMs },
    version: 'test',
    beforePage: async () => false,
  });
  let sent = 0;
  const hall: LiveHall = {
    server,
    enrol(kind) {
      const enrolled = server.devices.enrol(server.devices.createCode(kind, `test ${kind}`).code);
      if (!enrolled) throw new Error('a fresh enrolment code was refused');
      return enrolled.token;
    },
    send: (name, payload, { role, clerk }) =>
      server.writer.submit({
        command: { name, payload } as never,
        commandId: `live-hall-${(sent += 1)}`,
        payloadHash: sha256(JSON.stringify(payload)),
        by: { device: 'test-device', via: 'socket', ...(clerk === undefined ? {} : { clerk }) },
        role,
      }),
    close: async () => {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  const version = server.catalogues.store(catalogue);
  const published = await hall.send('catalogue.publish', { version }, { role: 'hall' });
  if (!published.ok) throw new Error(`the catalogue was refused: ${published.code}`);
  await server.rollOver();
  return hall;
}
