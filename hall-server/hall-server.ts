import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import type { Hall } from '#domain/hall/state.ts';
import { ownHosts } from './adapters/own-hosts.ts';
import type { System } from './adapters/system.ts';
import { createCatalogueStore, type CatalogueStore } from './catalogue-store/catalogue-store.ts';
import { createInterpreter, type InterpreterDeps } from './commands/interpreter.ts';
import { HALL_COMMAND, HALL_DEVICE } from './hall-device.ts';
import { contractRoutes } from './http/contract-routes.ts';
import { hallRoutes } from './http/hall-routes.ts';
import { createHttpServer } from './http/http-server.ts';
import { importRoute } from './http/import-route.ts';
import { servePages, type PagesDeps } from './http/pages.ts';
import { visitRoutes } from './http/visit-routes.ts';
import { createClerks, type Clerks } from './identity/clerks.ts';
import { createDevices, type Device, type Devices } from './identity/devices.ts';
import { createSessions } from './identity/sessions.ts';
import { sha256 } from './journal/chain.ts';
import type { Journal } from './journal/port.ts';
import { createSqliteJournal, forgetOldAnswers } from './journal/sqlite/journal.ts';
import { lockHall } from './journal/sqlite/lock.ts';
import { openDatabase } from './journal/sqlite/open.ts';
import { createVisits } from './journal/sqlite/visits.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createQueries } from './queries/queries.ts';
import { createRollOver } from './roll-over.ts';
import type { Settings } from './settings/settings.ts';
import { createFeedServer, type FeedServer } from './socket/feed-server.ts';
import { serveSockets } from './socket/socket-server.ts';
import { createWriter, type Writer } from './writer/writer.ts';

export interface HallServerDeps {
  readonly settings: Settings;
  readonly system: System;
  readonly logger: Logger;
  readonly version: string;
  readonly beforePage: PagesDeps['beforePage'];
  /** More routes on the same server: the demonstration's own. */
  readonly extraRoutes?: (app: FastifyInstance, server: Pick<HallServer, 'devices'>) => void;
  /** For the bench and for tests of a failing disk: something between the writer and the journal. */
  readonly wrapJournal?: (journal: Journal) => Journal;
  readonly maxBatch?: number;
  /** The demonstration alone runs with its ready-made accounts; any other server refuses to start on a database that has them. */
  readonly withReadyMade?: boolean;
}

export interface HallServer {
  /** Where it listens, by loopback. */
  readonly url: string;
  readonly writer: Writer;
  readonly devices: Devices;
  readonly clerks: Clerks;
  readonly catalogues: CatalogueStore;
  /** Turns the date now, if it is due. */
  rollOver(): Promise<void>;
  close(): Promise<void>;
}

/** Far above the protocol's own limit, so that an oversized message can be answered; beyond it the connection is cut. */
const CUT_AT_BYTES = 1024 * 1024;
const FORGET_EVERY_MS = 3_600_000;
/** A client that hangs, or sends its request for ever, does not hold up the end for longer. */
const LAST_WORDS_MS = 500;

/** How to undo what was started, newest last. */
type Undo = (() => unknown)[];

/** A hall: the database, the single writer, and everybody's way to it. Production, demonstration and tests start it alike. */
export async function createHallServer(deps: HallServerDeps): Promise<HallServer> {
  const undo: Undo = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await start(deps, undo)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(deps: HallServerDeps, undo: Undo): Promise<Omit<HallServer, 'close'>> {
  const { settings, system, logger } = deps;
  undo.push(lockHall(settings.dataDir));
  const db = openDatabase(join(settings.dataDir, 'hall.sqlite'), system);
  undo.push(() => db.close());
  const metrics = createMetrics();
  const catalogues = createCatalogueStore(db, system.now);
  const devices = createDevices({ db, ...system });
  const clerks = createClerks({ db, ...system });
  if (clerks.hasReadyMade() && !deps.withReadyMade) {
    throw new Error(
      'this database has the ready-made accounts of the demonstration: production does not run with them',
    );
  }
  const sessions = createSessions(db);
  const visits = createVisits(db);
  const sqliteJournal = createSqliteJournal(db);
  const journal = deps.wrapJournal?.(sqliteJournal) ?? sqliteJournal;
  undo.push(journal.close);

  const onTrouble = (error: unknown): void => {
    metrics.storageTroubles.inc();
    logger.error({ err: error }, 'the journal could not be written or read');
  };

  let feedServer: FeedServer | undefined = undefined;
  let hall: Hall | undefined;
  const writer = await createWriter({
    ...system,
    journal,
    catalogueOf: catalogues.get,
    onCommitted: (events) => feedServer?.note(events),
    onFolded: (folded) => {
      hall = folded;
      feedServer?.replaceHall(folded);
    },
    onTrouble,
    ...(deps.maxBatch === undefined ? {} : { maxBatch: deps.maxBatch }),
  });
  if (!hall) throw new Error('the journal was not folded');

  // Browsers write the names of hosts in small letters, whatever the machine calls itself.
  const allowedHosts = new Set([...ownHosts(), ...settings.allowedHosts].map((name) => name.toLowerCase()));
  const onRefused = (code: RefusalCode): void => {
    metrics.refusedMessages.inc({ via: 'http', code });
  };
  const app = await createHttpServer({ logger, allowedHosts, onRefused });
  const io = new Server(app.server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: CUT_AT_BYTES,
  });
  undo.push(() => cutConnections(app, io, system));
  const identity = { sessions, clerks, now: system.now };
  const commandDeps: InterpreterDeps = { ...identity, writer, metrics, elapsed: system.elapsed };
  const interpreter = createInterpreter(commandDeps);
  const isConnected = (deviceId: string): boolean => io.sockets.adapter.rooms.has(`device ${deviceId}`);
  const disconnect = (deviceId: string): void => {
    io.in(`device ${deviceId}`).disconnectSockets(true);
  };
  const { elapsed } = system;
  const queries = createQueries({
    ...identity,
    writer,
    devices,
    catalogues,
    visits,
    metrics,
    elapsed,
    isConnected,
    disconnect,
  });
  feedServer = createFeedServer({ io, system, hall, settled: writer.settled, journal, metrics });
  undo.push(() => feedServer?.close());
  // Commands in hand are answered before the connections go; a turn later their answers are on the way.
  undo.push(
    () => new Promise<void>((resolve) => system.defer(resolve)),
    () => writer.close(),
  );
  const onShown = firstShown(writer, logger);
  const onFault = (error: unknown): void => {
    logger.error({ err: error }, 'a message could not be answered');
  };
  serveSockets({
    ...identity,
    io,
    devices,
    interpreter,
    queries,
    feedServer,
    metrics,
    allowedHosts,
    onShown,
    onFault,
  });

  const rollOver = createRollOver({
    writer,
    system,
    onTrouble: (code) => {
      logger.error({ code }, 'the date could not be turned');
    },
  });
  undo.push(rollOver.close);
  const inside = { writer, devices, clerks, catalogues, rollOver: rollOver.look };
  contractRoutes(app, { devices, interpreter, queries });
  hallRoutes(app, {
    devices,
    catalogues,
    settled: writer.settled,
    metrics,
    publicUrl: settings.publicUrl,
    sessionKey: sessions.publicKey,
    version: deps.version,
  });
  visitRoutes(app, { visits, settled: writer.settled, now: system.now });
  importRoute(app, { ...identity, devices, catalogues });
  await servePages(app, { pagesDir: settings.pagesDir, beforePage: deps.beforePage });
  deps.extraRoutes?.(app, inside);

  await rollOver.look();
  undo.push(
    system.every(FORGET_EVERY_MS, () => {
      try {
        forgetOldAnswers(db, system.now());
      } catch (error) {
        onTrouble(error);
      }
    }),
  );
  await app.listen({ host: settings.host, port: settings.port });
  const { port } = app.server.address() as AddressInfo;

  return {
    ...inside,
    url: `http://127.0.0.1:${port}`,
  };
}

async function cutConnections(app: FastifyInstance, io: Server, system: System): Promise<void> {
  let cancel = (): void => undefined;
  const longEnough = new Promise<void>((resolve) => {
    cancel = system.after(LAST_WORDS_MS, resolve);
  });
  await Promise.race([io.close(), longEnough]);
  cancel();
  await app.close();
}

/** The first display's word becomes an event; the id made of the call keeps a second one from becoming another. */
function firstShown(writer: Writer, logger: Logger) {
  return (
    device: Device,
    { ticketId, callId }: { readonly ticketId: string; readonly callId: string },
  ): void => {
    const command = {
      name: 'call.recordShown',
      payload: { ticketId, callId, displayId: device.id },
    } as const;
    void writer
      .settled((hall) => hall.current?.ticketsById.get(ticketId)?.legs.at(-1))
      .then(async (leg) => {
        if (leg?.callId !== callId || leg.shownAt !== undefined) return;
        const answer = await writer.submit({
          command,
          commandId: `${HALL_COMMAND}shown-${callId}`,
          payloadHash: sha256(callId),
          by: { device: HALL_DEVICE, via: 'hall' },
          role: 'hall',
        });
        if (!answer.ok) logger.debug({ code: answer.code }, 'a shown call was not recorded');
      });
  };
}
