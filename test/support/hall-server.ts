import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import Database from 'better-sqlite3';
import { expect, onTestFinished, vi } from 'vitest';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import type { Command } from '#domain/commands/schemas.ts';
import { midnightOf } from '#domain/time.ts';
import { HALL_DEVICE } from '#hall-server/hall-device.ts';
import { createHallServer, type HallServer, type HallServerDeps } from '#hall-server/hall-server.ts';
import { createSessions } from '#hall-server/identity/sessions.ts';
import type { Settings } from '#hall-server/settings/settings.ts';
import type { ClerkRole, DeviceKind } from '#protocol/queries.ts';
import { aCatalogue } from './builders.ts';
import { openClient, postJson, type ClientOptions, type HallClient } from './hall-client.ts';
import { MONDAY } from './hall-day.ts';
import { aPagesDir } from './terminal.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

// A password takes 60 ms of a processor to check, and a loaded machine ten times that: no test is about that time.
vi.setConfig({ testTimeout: 60_000 });

export const PASSWORD = 'correct-horse-battery';

export interface HallOptions extends Partial<
  Pick<HallServerDeps, 'wrapJournal' | 'maxBatch' | 'withReadyMade'>
> {
  readonly catalogue?: Catalogue;
  /** Whether a catalogue is put in force and the day opened; default true. */
  readonly opened?: boolean;
  /** Of an earlier hall: to start on what it left. */
  readonly dataDir?: string;
  readonly settings?: Partial<Settings>;
  readonly time?: VirtualTime;
}

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly session: string;
}

export interface TestHall {
  readonly server: HallServer;
  readonly url: string;
  readonly dataDir: string;
  readonly databasePath: string;
  readonly time: VirtualTime;
  /** What the server has logged, one JSON text a line. */
  readonly logLines: readonly string[];
  /** Token of a freshly enrolled device. */
  enrol(kind: DeviceKind): string;
  /** A session with these roles, signed with the hall's own key: no password to wait for, and no account behind it. */
  person(...roles: readonly ClerkRole[]): Person;
  /** A clerk with an account, signed in with `PASSWORD`. */
  account(...roles: readonly ClerkRole[]): Promise<Person>;
  connect(
    kindOrToken: DeviceKind | { readonly token: string | undefined },
    options?: ClientOptions,
  ): Promise<HallClient>;
  /** A command from the hall itself; throws when it is refused. */
  command(command: Command): Promise<void>;
  revision(): Promise<number>;
  /** The value of a metric with exactly these labels; 0 when it was never counted. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>;
  stop(): Promise<void>;
  /** Stops, and starts again on the same data. */
  restart(options?: HallOptions): Promise<TestHall>;
}

/** 09:00 of the Monday on which the days of the tests begin. */
export const NINE = midnightOf(MONDAY, 'Asia/Shanghai') + 9 * 3_600_000;

/** The real server on a free port with a folder of its own and time that stands still. Closed, and checked, after the test. */
export async function startHall(options: HallOptions = {}): Promise<TestHall> {
  const time = options.time ?? createVirtualTime(NINE);
  const dataDir = options.dataDir ?? aDataDir();
  const pages = aPagesDir([
    'kiosk',
    'reception',
    'caller',
    'display',
    'sign',
    'board',
    'admin',
    'enrol',
    'api-page',
    'visit',
  ]);
  const logLines: string[] = [];
  const openBefore = openFilesIn(dataDir);
  const clients: HallClient[] = [];
  const settings: Settings = {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    pagesDir: pages.path,
    allowedHosts: [],
    logLevel: 'debug',
    publicUrl: undefined,
    ...options.settings,
  };
  const { wrapJournal, maxBatch, withReadyMade } = options;
  let server: HallServer;
  try {
    server = await createHallServer({
      settings,
      system: time.system,
      logger: pino({ level: settings.logLevel }, { write: (line: string) => void logLines.push(line) }),
      version: '0.0.0-test',
      beforePage: async () => false,
      ...(wrapJournal === undefined ? {} : { wrapJournal }),
      ...(maxBatch === undefined ? {} : { maxBatch }),
      ...(withReadyMade === undefined ? {} : { withReadyMade }),
    });
  } catch (error) {
    pages.remove();
    expect(openFilesIn(dataDir), 'files that a failed start has left open').toEqual(openBefore);
    expect(time.pending(), 'timers that a failed start has left').toBe(0);
    throw error;
  }

  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    const closing = server.close();
    for (const client of clients) client.close();
    await closing;
    pages.remove();
    expect(openFilesIn(dataDir), 'files left open').toEqual([]);
    expect(time.pending(), 'timers left').toBe(0);
  };
  onTestFinished(stop);

  const databasePath = join(dataDir, 'hall.sqlite');
  let people = 0;
  const hall: TestHall = {
    server,
    url: server.url,
    dataDir,
    databasePath,
    time,
    logLines,
    enrol: (kind) => {
      const enrolled = server.devices.enrol(server.devices.createCode(kind, `a ${kind}`).code);
      if (!enrolled) throw new Error('a fresh code was refused');
      return enrolled.token;
    },
    person: (...roles) => {
      const id = `${roles.join('-')}-${(people += 1)}`;
      return { id, login: id, session: sessionFor(databasePath, id, roles, time.system.now()) };
    },
    account: async (...roles) => {
      const login = `${roles.join('-')}-${(people += 1)}`;
      await server.clerks.create({ login, name: login, roles, password: PASSWORD });
      const { body } = await postJson(server.url, '/api/v1/queries/session.signIn', {
        token: hall.enrol('caller'),
        body: { payload: { login, password: PASSWORD } },
      });
      if (!body.ok) throw new Error(`sign-in refused: ${body.code}`);
      return { id: body.answer.clerkId, login, session: body.answer.token };
    },
    connect: async (kindOrToken, clientOptions) => {
      const token = typeof kindOrToken === 'string' ? hall.enrol(kindOrToken) : kindOrToken.token;
      const client = await openClient(server.url, token, clientOptions);
      clients.push(client);
      return client;
    },
    command: async (command) => {
      const answer = await server.writer.submit({
        command,
        commandId: time.system.newId(),
        payloadHash: JSON.stringify(command),
        by: { device: HALL_DEVICE, via: 'hall' },
        role: 'hall',
      });
      if (!answer.ok) throw new Error(`${command.name}: ${answer.code}`);
    },
    revision: async () => {
      const revision = await server.writer.settled((settled) => settled.revision);
      if (revision === undefined) throw new Error('storage is unavailable');
      return revision;
    },
    metric: async (name, labels = {}) => {
      const text = await (await fetch(`${server.url}/metrics`, { headers: { connection: 'close' } })).text();
      return readMetric(text, name, labels);
    },
    stop,
    restart: async (changes = {}) => {
      await stop();
      return startHall({ dataDir, time, opened: false, ...changes });
    },
  };
  if (options.opened ?? true) {
    const version = server.catalogues.store(options.catalogue ?? aCatalogue());
    await hall.command({ name: 'catalogue.publish', payload: { version } });
    await server.rollOver();
  }
  return hall;
}

/** A folder that is gone after the test. */
export function aDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tinghao-hall-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'hall');
  mkdirSync(dataDir, { mode: 0o700 });
  return dataDir;
}

function sessionFor(path: string, id: string, roles: readonly ClerkRole[], nowMs: number): string {
  const db = new Database(path, { readonly: true });
  try {
    return createSessions(db).issue(id, roles, nowMs + 14 * 3_600_000);
  } finally {
    db.close();
  }
}

/** Files below a folder that this process holds open, each once: SQLite keeps a descriptor for as long as another has a lock. */
function openFilesIn(folder: string): readonly string[] {
  const open = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return []; // closed since it was listed: the one that lists
    }
  });
  return [...new Set(open)].sort();
}

/** One sample of a text in Prometheus' format. */
export function readMetric(text: string, name: string, labels: Readonly<Record<string, string>>): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  for (const line of text.split('\n')) {
    const match = /^(?<own>\w+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/u.exec(line)?.groups;
    const own = match?.['labels']?.split(',') ?? [];
    if (
      match?.['own'] === name &&
      own.length === wanted.length &&
      wanted.every((label) => own.includes(label))
    )
      return Number(match['value']);
  }
  return 0;
}
