import { join } from 'node:path';
import helmet from '@fastify/helmet';
import serveFiles from '@fastify/static';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import {
  handshakeSchema,
  MAX_MESSAGE_BYTES,
  OLDEST_PROTOCOL_VERSION,
  PROTOCOL_VERSION,
  wire,
  type FeedMessage,
  type Heartbeat,
} from '#protocol/wire.ts';
import type { CatalogueCache } from '../catalogue-cache.ts';
import { refuse } from '../refuse.ts';
import type { Entry } from './entry.ts';
import { roomOf, servePage, type PageServices } from './page-socket.ts';
import { checkRequest, cookieNameOf, type GuardRules } from './request-guard.ts';

export interface LoopbackDeps {
  /** 0 takes a free one. */
  readonly port: number;
  /** The built pages: <page>/index.html and assets/. */
  readonly pagesDir: string;
  /** Pages that are served, the one a window opens on first. */
  readonly pages: readonly [string, ...string[]];
  /** undefined lets every browser of this machine in: for the demonstration. */
  readonly entry: Entry | undefined;
  readonly catalogue: Pick<CatalogueCache, 'respond'>;
  /** Base of the address that visitors' phones reach the hall by. */
  readonly publicUrl: string;
  readonly services: PageServices;
  readonly log: Logger;
}

/** The agent's own server, on 127.0.0.1 alone: pages, and the hall protocol for them. */
export interface Loopback {
  /** http://127.0.0.1:<port> */
  readonly origin: string;
  publish(message: FeedMessage): void;
  heartbeat(heartbeat: Heartbeat): void;
  hasPages(feed: string, key: string): boolean;
  /** Makes the pages of a feed come back and ask for it anew. */
  expel(feed: string, key: string): void;
  /** The same for pages that asked for a feed while the hall was away. */
  hallIsBack(): void;
  close(): Promise<void>;
}

export async function createLoopback(deps: LoopbackDeps): Promise<Loopback> {
  const app = fastify({ forceCloseConnections: true });
  // The port is known only once it listens, and requests come only after that.
  const rules = (): GuardRules => {
    const port = portOf(app);
    return { port, cookieName: cookieNameOf(port), isWindow: deps.entry?.isWindow };
  };
  await app.register(helmet, pagePolicy);
  guardRequests(app, rules);
  answerErrors(app, deps.log);
  if (deps.entry) serveEntry(app, deps.entry, deps.pages[0]);
  serveCatalogue(app, deps.catalogue);
  app.get('/api/v1/hall', () => ({ publicUrl: deps.publicUrl }));
  await servePages(app, deps);

  const io = new Server(app.server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest: ({ headers }, decide) => {
      const { host, origin, cookie } = headers;
      const code = checkRequest({ host, origin, cookie, isSocket: true }, rules());
      decide(code, code === undefined);
    },
  });
  io.use((socket, next) => next(protocolErrorOf(socket.handshake.auth)));
  const awaitsHall = new Set<Socket>();
  io.on('connection', (socket) => servePage(socket, deps.services, awaitsHall));

  await app.listen({ host: '127.0.0.1', port: deps.port });
  return {
    origin: `http://127.0.0.1:${portOf(app)}`,
    publish: (message) => void io.to(roomOf(message.feed, message.key)).emit(wire.feed, message),
    heartbeat: (heartbeat) => void io.emit(wire.heartbeat, heartbeat),
    hasPages: (feed, key) => io.sockets.adapter.rooms.has(roomOf(feed, key)),
    expel(feed, key) {
      for (const id of io.sockets.adapter.rooms.get(roomOf(feed, key)) ?? [])
        sendBack(io.sockets.sockets.get(id));
    },
    hallIsBack: () => awaitsHall.forEach(sendBack),
    async close() {
      io.disconnectSockets(true);
      io.engine.close();
      await app.close();
    },
  };
}

/** Closes the connection rather than the socket: a page's client comes back from that by itself and joins its feeds again. */
function sendBack(socket: Socket | undefined): void {
  socket?.conn.close();
}

const pagePolicy = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // Vue binds styles as attributes; nothing of a visitor's ever becomes one.
      styleSrc: ["'self'", "'unsafe-inline'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // There is no TLS on the loopback.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' as const },
};

/** The entry itself needs no cookie: its token is the proof. */
const isEntry = (url: string): boolean => url.startsWith('/enter?');

function guardRequests(app: FastifyInstance, rules: () => GuardRules): void {
  app.addHook('onRequest', async ({ headers, url }, reply) => {
    const { host, origin, cookie } = headers;
    const asked = isEntry(url) ? { ...rules(), isWindow: undefined } : rules();
    const code = checkRequest({ host, origin, cookie, isSocket: false }, asked);
    if (code !== undefined) await sendRefusal(reply, code);
  });
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, 'not-found'));
}

/** Fastify's own log is off: it would write the entry's token with the address of the request. */
function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const isOurs = (error.statusCode ?? 500) >= 500;
    if (isOurs) log.error({ code: error.code, stack: error.stack }, 'request failed');
    return isOurs ? reply.code(500).send() : sendRefusal(reply, 'malformed');
  });
}

function serveEntry(app: FastifyInstance, entry: Entry, page: string): void {
  app.get<{ Querystring: { token?: unknown } }>('/enter', async ({ query }, reply) => {
    const key = typeof query.token === 'string' ? entry.exchange(query.token) : undefined;
    if (key === undefined) return sendRefusal(reply, 'not-authenticated');
    const cookie = `${cookieNameOf(portOf(app))}=${key}; HttpOnly; SameSite=Strict; Path=/`;
    return reply.header('set-cookie', cookie).header('cache-control', 'no-store').redirect(`/${page}/`, 303);
  });
}

function serveCatalogue(app: FastifyInstance, catalogue: Pick<CatalogueCache, 'respond'>): void {
  const respond = async (reply: FastifyReply, path: Parameters<CatalogueCache['respond']>[0]) => {
    const response = await catalogue.respond(path);
    if (!response) return sendRefusal(reply, 'hall-unreachable');
    const isImmutable = path !== 'current' && response.status === 200;
    return reply
      .code(response.status)
      .header('cache-control', isImmutable ? 'private, max-age=31536000, immutable' : 'no-cache')
      .type('application/json; charset=utf-8')
      .send(response.body);
  };
  app.get('/api/v1/catalogue/current', (_request, reply) => respond(reply, 'current'));
  app.get<{ Params: { version: string } }>('/api/v1/catalogue/:version(^[0-9]{1,9}$)', ({ params }, reply) =>
    respond(reply, `${Number(params.version)}`),
  );
  app.get<{ Params: { version: string } }>(
    '/api/v1/catalogue/:version(^[0-9]{1,9}$)/matters',
    ({ params }, reply) => respond(reply, `${Number(params.version)}/matters`),
  );
}

async function servePages(app: FastifyInstance, { pagesDir, pages }: LoopbackDeps): Promise<void> {
  app.get('/', (_request, reply) => reply.redirect(`/${pages[0]}/`, 303));
  for (const [index, name] of ['assets', ...pages].entries()) {
    const isAssets = index === 0;
    await app.register(serveFiles, {
      root: join(pagesDir, name),
      prefix: `/${name}/`,
      decorateReply: false,
      redirect: true,
      // A page must be asked for each time: after an update it names other assets. Those carry their hash in their name.
      ...(isAssets ? { maxAge: '365d', immutable: true } : { cacheControl: false }),
    });
  }
}

function sendRefusal(reply: FastifyReply, code: RefusalCode): FastifyReply {
  return reply.code(refusals[code].status).send(refuse(code));
}

function protocolErrorOf(auth: unknown): Error | undefined {
  const parsed = handshakeSchema.safeParse(auth);
  const { protocol } = parsed.success ? parsed.data : { protocol: 0 };
  if (protocol >= OLDEST_PROTOCOL_VERSION && protocol <= PROTOCOL_VERSION) return undefined;
  return Object.assign(new Error('protocol-unsupported'), { data: refuse('protocol-unsupported') });
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The loopback server does not listen');
  return address.port;
}
