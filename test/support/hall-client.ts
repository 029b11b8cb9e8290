import { request, type OutgoingHttpHeaders } from 'node:http';
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { applyFeedMessage, createFeedView, type FeedView } from '#protocol/feed-view.ts';
import {
  PROTOCOL_VERSION,
  wire,
  type Anchor,
  type CommandAnswer,
  type FeedMessage,
  type Heartbeat,
  type JoinAnswer,
  type QueryReply,
  type RefusedAnswer,
} from '#protocol/wire.ts';

export interface ClientOptions {
  readonly protocol?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SendOptions {
  readonly commandId?: string;
  readonly session?: string;
}

/** A screen or a terminal, as the server sees one. */
export interface HallClient {
  readonly socket: Socket;
  readonly messages: readonly FeedMessage[];
  readonly heartbeats: readonly Heartbeat[];
  /** Feed messages and heartbeats in the order in which they came. */
  readonly heard: readonly (FeedMessage | Heartbeat)[];
  /** Why the connection ended, once it has. */
  readonly ended: Promise<string>;
  send(name: string, payload: unknown, options?: SendOptions): Promise<CommandAnswer>;
  query(name: string, payload: unknown, session?: string): Promise<QueryReply>;
  join(
    feed: string,
    key: string,
    options?: { readonly resume?: Anchor; readonly session?: string },
  ): Promise<JoinAnswer>;
  /** A message in any form; its acknowledgement. */
  raw(name: string, ...body: readonly unknown[]): Promise<RefusedAnswer>;
  /** This client's copy of a feed that it has joined. */
  view(feed: string, key: string): FeedView;
  close(): void;
}

/** Connects, or throws the code with which the server turned the connection away. */
export async function openClient(
  url: string,
  token: string | undefined,
  options: ClientOptions = {},
): Promise<HallClient> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { protocol: options.protocol ?? PROTOCOL_VERSION, ...(token === undefined ? {} : { token }) },
    ...(options.headers === undefined ? {} : { extraHeaders: { ...options.headers } }),
  });
  const messages: FeedMessage[] = [];
  const heartbeats: Heartbeat[] = [];
  const heard: (FeedMessage | Heartbeat)[] = [];
  const views = new Map<string, FeedView>();
  const viewOf = (feed: string, key: string): FeedView => {
    const name = `${feed} ${key}`;
    const view = views.get(name) ?? createFeedView();
    views.set(name, view);
    return view;
  };
  socket.on(wire.feed, (message: FeedMessage) => {
    messages.push(message);
    heard.push(message);
    applyFeedMessage(viewOf(message.feed, message.key), message);
  });
  socket.on(wire.heartbeat, (heartbeat: Heartbeat) => {
    heartbeats.push(heartbeat);
    heard.push(heartbeat);
  });
  const ended = new Promise<string>((resolve) => void socket.on('disconnect', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) => {
      socket.close();
      reject(new Error(error.data?.code ?? error.message));
    });
  });
  return {
    socket,
    messages,
    heartbeats,
    heard,
    ended,
    send: (name, payload, { commandId = randomUUID(), session } = {}) =>
      socket.emitWithAck(wire.command, {
        name,
        commandId,
        payload,
        ...(session === undefined ? {} : { session }),
      }),
    query: (name, payload, session) =>
      socket.emitWithAck(wire.query, { name, payload, ...(session === undefined ? {} : { session }) }),
    join: async (feed, key, join = {}) => {
      const answer: JoinAnswer = await socket.emitWithAck(wire.join, { feed, key, ...join });
      if (answer.ok) applyFeedMessage(viewOf(feed, key), answer.message);
      return answer;
    },
    raw: (name, ...body) => socket.emitWithAck(name, ...body),
    view: viewOf,
    close: () => void socket.close(),
  };
}

export interface HttpOptions {
  readonly token?: string;
  readonly session?: string;
  readonly body?: unknown;
  readonly headers?: OutgoingHttpHeaders;
  readonly method?: string;
}

/** What came off the wire: a test says what it expects of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The answer as JSON, as tests read it; undefined where it is none. */
  readonly body: Json;
}

/** One request on a connection of its own. A body that is a text or bytes goes as it is. */
export function askHttp(url: string, path: string, options: HttpOptions = {}): Promise<HttpAnswer> {
  const { token, session, body, headers, method = 'GET' } = options;
  const bytes =
    body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, url),
      {
        method,
        agent: false,
        headers: {
          ...(bytes === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) }),
          ...(token === undefined ? {} : { 'x-device-token': token }),
          ...(session === undefined ? {} : { authorization: `Bearer ${session}` }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => void (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) });
        });
      },
    );
    asked.on('error', reject);
    asked.end(bytes);
  });
}

export function postJson(url: string, path: string, options: HttpOptions = {}): Promise<HttpAnswer> {
  return askHttp(url, path, { method: 'POST', ...options });
}

/** A command over HTTP. */
export function postCommand(
  url: string,
  name: string,
  payload: unknown,
  { commandId = randomUUID(), ...options }: SendOptions & { readonly token: string },
): Promise<HttpAnswer> {
  return postJson(url, `/api/v1/commands/${name}`, { ...options, body: { commandId, payload } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
