import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import {
  MAX_MESSAGE_BYTES,
  wire,
  type CommandAnswer,
  type Envelope,
  type FeedMessage,
  type Heartbeat,
  type Join,
  type JoinAnswer,
} from '#protocol/wire.ts';

/** A hall-server with nothing behind it: it answers what the test tells it to, and keeps what it was asked. */
export interface FakeHall {
  readonly url: string;
  /** Everything that came over the sockets, in order. */
  readonly heard: { readonly name: string; readonly message: unknown }[];
  readonly httpPaths: string[];
  answerCommand: (envelope: Envelope) => CommandAnswer | Promise<CommandAnswer>;
  answerJoin: (join: Join) => JoinAnswer;
  /** Answers of HTTP by path; what is not there is 404. */
  readonly http: Map<string, unknown>;
  /** The token that is let in. */
  token: string;
  feed(message: FeedMessage): void;
  heartbeat(heartbeat: Heartbeat): void;
  joins(): Join[];
  /** Cuts the line; the port stays. */
  goAway(): Promise<void>;
  /** Tells every terminal to go, as a server does that stops politely. */
  dismissAll(): void;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export const TOKEN = 'device-token-0123456789';

export async function createFakeHall(): Promise<FakeHall> {
  let port = 0;
  let io: Server | undefined;
  let server: HttpServer | undefined;
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '';
    hall.httpPaths.push(path);
    const body = hall.http.get(path);
    response.statusCode = body === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body ?? { ok: false, code: 'not-found', retryable: false }));
  };

  async function listen(): Promise<void> {
    const listening = createServer(respond);
    server = listening;
    io = new Server(listening, {
      transports: ['websocket'],
      perMessageDeflate: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
    });
    io.use((socket, next) => {
      const isKnown = socket.handshake.auth['token'] === hall.token;
      next(
        isKnown ? undefined : Object.assign(new Error('refused'), { data: { code: 'not-authenticated' } }),
      );
    });
    io.on('connection', (socket) => {
      socket.onAny((name: string, message: unknown) => hall.heard.push({ name, message }));
      for (const name of [wire.command, wire.query]) {
        socket.on(name, async (envelope: Envelope, acknowledge: (answer: CommandAnswer) => void) => {
          acknowledge(await hall.answerCommand(envelope));
        });
      }
      socket.on(wire.join, (join: Join, acknowledge: (answer: JoinAnswer) => void) =>
        acknowledge(hall.answerJoin(join)),
      );
    });
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    port = (listening.address() as AddressInfo).port;
  }

  async function goAway(): Promise<void> {
    const going = io;
    io = undefined;
    const closed = going?.close();
    server?.closeAllConnections();
    await closed;
  }

  const hall: FakeHall = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    heard: [],
    httpPaths: [],
    token: TOKEN,
    http: new Map(),
    answerCommand: () => ({ ok: true, revision: 1, answer: {} }),
    answerJoin: ({ feed, key }) => joined(feed, key, 1, { day: { status: 'open', catalogueVersion: 1 } }),
    feed: (message) => io?.emit(wire.feed, message),
    heartbeat: (heartbeat) => io?.emit(wire.heartbeat, heartbeat),
    joins: () => hall.heard.filter(({ name }) => name === wire.join).map(({ message }) => message as Join),
    goAway,
    dismissAll: () => io?.disconnectSockets(),
    comeBack: listen,
    close: goAway,
  };
  await listen();
  return hall;
}

export function aHeartbeat(revision: number, logId = 'log-1'): Heartbeat {
  return { logId, revision, hash: `hash-${revision}`, now: 1_000_000 + revision };
}

/** The answer to a join: everything as of `revision`. */
export function joined(
  feed: string,
  key: string,
  revision: number,
  entries: Record<string, unknown>,
): JoinAnswer {
  return {
    ok: true,
    anchor: aHeartbeat(revision),
    message: { feed, key, after: 0, upTo: revision, whole: true, entries },
  };
}
