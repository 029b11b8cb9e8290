import type { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { feeds } from '#protocol/feeds.ts';
import {
  MAX_MESSAGE_BYTES,
  OLDEST_PROTOCOL_VERSION,
  PROTOCOL_VERSION,
  handshakeSchema,
  joinSchema,
  telemetrySchema,
  wire,
  type JoinAnswer,
} from '#protocol/wire.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import { deviceTokenOf } from '../http/cookie.ts';
import { actorOf, roleFor, type ActorDeps } from '../identity/actor.ts';
import type { Device, Devices } from '../identity/devices.ts';
import type { Interpreter } from '../commands/interpreter.ts';
import type { Queries } from '../queries/queries.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { refused } from '../writer/batch.ts';
import { isFeedName, roomOf, type FeedServer } from './feed-server.ts';
import { isOwnOrigin } from './origin.ts';

export interface SocketDeps extends ActorDeps {
  readonly io: Server;
  readonly devices: Devices;
  readonly interpreter: Interpreter;
  readonly queries: Queries;
  readonly feedServer: FeedServer;
  readonly metrics: Metrics;
  readonly allowedHosts: ReadonlySet<string>;
  /** A fault of the program, or of the disk below the identities. */
  readonly onFault: (error: unknown) => void;
  readonly onShown: (device: Device, shown: { readonly ticketId: string; readonly callId: string }) => void;
}

/** Takes connections in: who may come, and what each of its messages means. */
export function serveSockets(deps: SocketDeps): void {
  const { io, metrics } = deps;
  io.engine.on('connection', (connection: NodeJS.EventEmitter) => {
    connection.on('close', (reason: string) => {
      metrics.endedConnections.inc({ reason });
    });
  });
  io.use((socket, next) => {
    const device = admittedOrFault(socket, deps);
    if (typeof device === 'string') {
      metrics.refusedConnections.inc({ code: device });
      next(Object.assign(new Error(device), { data: refused(device) }));
      return;
    }
    socket.data = device;
    next();
  });
  io.on('connection', (socket) => {
    const device = socket.data as Device;
    metrics.connections.inc({ kind: device.kind });
    socket.on('disconnect', () => {
      metrics.connections.dec({ kind: device.kind });
    });
    void socket.join(`device ${device.id}`);
    listen(socket, device, deps);
  });
}

function admittedOrFault(socket: Socket, deps: SocketDeps): Device | RefusalCode {
  try {
    return admitted(socket, deps);
  } catch (error) {
    deps.onFault(error);
    return 'storage-unavailable';
  }
}

function admitted(socket: Socket, { devices, allowedHosts }: SocketDeps): Device | RefusalCode {
  const { headers } = socket.request;
  if (!isOwnOrigin(headers, allowedHosts)) return 'origin-refused';
  const handshake = handshakeSchema.safeParse(socket.handshake.auth);
  if (!handshake.success) return 'malformed';
  const { protocol, token = deviceTokenOf(headers) } = handshake.data;
  if (protocol < OLDEST_PROTOCOL_VERSION || protocol > PROTOCOL_VERSION) return 'protocol-unsupported';
  return (token === undefined ? undefined : devices.byToken(token)) ?? 'not-authenticated';
}

const known: ReadonlySet<string> = new Set(Object.values(wire));

function listen(socket: Socket, device: Device, deps: SocketDeps): void {
  const { interpreter, queries, metrics } = deps;
  const tooLarge = watchSize(socket);
  const count = (code: RefusalCode): void => {
    metrics.refusedMessages.inc({ via: 'socket', code });
  };
  const on = (message: string, answer: (body: unknown) => Promise<unknown>): void => {
    socket.on(message, (body: unknown, acknowledge: unknown) => {
      // Without an acknowledgement there is nobody to answer, and nothing is done.
      if (typeof acknowledge !== 'function') return count('malformed');
      const tell = acknowledge as (value: unknown) => void;
      if (tooLarge(body)) {
        count('too-large');
        return tell(refused('too-large'));
      }
      answer(body).then(tell, (error: unknown) => {
        deps.onFault(error);
        tell(refused('storage-unavailable'));
      });
    });
  };
  socket.onAny((name: string) => {
    if (!known.has(name)) count('unknown-command');
  });
  on(wire.command, (body) => interpreter.command(device, 'socket', body));
  on(wire.query, (body) => queries.query(device, body));
  on(wire.join, async (body) => {
    const joined = await join(socket, device, body, deps);
    if (!joined.ok) count(joined.code);
    return joined;
  });
  socket.on(wire.leave, (body: unknown) => {
    const parsed = joinSchema.safeParse(body);
    if (!parsed.success) count('malformed');
    else void socket.leave(roomOf(parsed.data.feed, parsed.data.key));
  });
  socket.on(wire.telemetry, (body: unknown) => {
    const parsed = telemetrySchema.safeParse(body);
    if (!parsed.success) return count('malformed');
    if (device.kind !== 'display') return count('not-authorised');
    if (parsed.data.kind === 'shown') deps.onShown(device, parsed.data);
    else deps.metrics.callsQueued.set(parsed.data.etaMs / 1000);
  });
}

async function join(socket: Socket, device: Device, body: unknown, deps: SocketDeps): Promise<JoinAnswer> {
  const parsed = joinSchema.safeParse(body);
  if (!parsed.success) return refused('malformed');
  const { feed, key, session } = parsed.data;
  if (!isFeedName(feed)) return refused('unknown-feed');
  const actor = actorOf(device, session, deps);
  if (typeof actor === 'string') return refused(actor);
  if (!roleFor(actor, feeds[feed].who)) return refused('not-authorised');
  // The room first: a message between the snapshot and the room would be missed, one too many is recognised.
  const room = roomOf(feed, key);
  const hadJoined = socket.rooms.has(room);
  await socket.join(room);
  const answer = await deps.feedServer.join(parsed.data);
  // An agent asks for each of its pages: what one of them is refused must not silence the feed for the others.
  if (!answer.ok && !hadJoined) await socket.leave(room);
  return answer;
}

/**
 * Engine.IO would cut the connection at its own limit without a word; ours is lower, so that an oversized message gets its
 * refusal. Which packet a message came in is not to be seen (several are taken in before the first is handled), so a connection
 * that has sent one large packet has each of its messages measured from then on; all others pay nothing.
 */
function watchSize(socket: Socket): (body: unknown) => boolean {
  let suspect = false;
  socket.conn.on('packet', ({ data }: { data?: unknown }) => {
    suspect ||= (typeof data === 'string' || Buffer.isBuffer(data)) && data.length * 3 > MAX_MESSAGE_BYTES;
  });
  return (body) => suspect && sizeOf(body) > MAX_MESSAGE_BYTES;
}

/** Bytes on the wire, near enough. What cannot be written down again is nested deeper than any message of the protocol. */
function sizeOf(body: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(body) ?? '');
  } catch {
    return Infinity;
  }
}
