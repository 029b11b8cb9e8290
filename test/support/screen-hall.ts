import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Server } from 'socket.io';
import { createFeedHub } from '#protocol/feed-hub.ts';
import type { FeedName } from '#protocol/feeds.ts';
import { wire, type Heartbeat, type Join, type JoinAnswer, type Telemetry } from '#protocol/wire.ts';
import type { HallDay } from './hall-day.ts';

/** A hall for one page: the real rules and feeds behind a socket, and the built pages. Nothing is stored or checked. */
export interface ScreenHall {
  readonly url: string;
  /** What the pages reported, in order. */
  readonly telemetry: Telemetry[];
  /** Sends what the day has decided since the last time. */
  sync(): void;
  /** The wire goes silent without being cut, and comes back. */
  silence(isSilent: boolean): void;
  close(): Promise<void>;
}

const PAGES = process.env['TINGHAO_PAGES_DIR'] ?? join(import.meta.dirname, '../../dist/pages');
const HEARTBEAT_MS = 500;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export async function createScreenHall(day: HallDay): Promise<ScreenHall> {
  const telemetry: Telemetry[] = [];
  const server = createServer((request, response) => respond(day, request, response));
  const io = new Server(server, { transports: ['websocket'] });
  let isSilent = false;
  let sent = day.events.length;
  const startedAt = performance.now();
  const now = (): number => Math.round(day.now + performance.now() - startedAt);
  const hub = createFeedHub({
    hall: () => day.hall,
    now,
    elapsed: () => performance.now(),
    hasSubscribers: () => true,
    publish: (message) => {
      if (!isSilent) io.emit(wire.feed, message);
    },
    schedule: () => undefined,
  });
  const anchor = (): Heartbeat => ({ logId: 'log-1', revision: day.hall.revision, hash: '', now: now() });

  io.on('connection', (socket) => {
    socket.on(wire.telemetry, (message: Telemetry) => telemetry.push(message));
    socket.on(wire.join, ({ feed, key }: Join, acknowledge: (answer: JoinAnswer) => void) => {
      if (isSilent) return;
      acknowledge({ ok: true, anchor: anchor(), message: hub.join(feed as FeedName, key, undefined) });
    });
  });
  const beat = setInterval(() => {
    if (!isSilent) io.emit(wire.heartbeat, anchor());
  }, HEARTBEAT_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    telemetry,
    sync: () => {
      hub.note(day.events.slice(sent));
      sent = day.events.length;
      hub.flush(true);
    },
    silence: (silent) => {
      isSilent = silent;
      // What was said meanwhile was not heard: the pages join anew.
      if (!silent) io.disconnectSockets(true);
    },
    close: async () => {
      clearInterval(beat);
      await io.close();
    },
  };
}

function respond(day: HallDay, request: IncomingMessage, response: ServerResponse): void {
  const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://hall').pathname));
  const version = /^\/api\/v1\/catalogue\/(\d+)$/.exec(path)?.[1];
  if (version !== undefined) {
    const { matters: _matters, ...catalogue } = day.versions.get(Number(version))?.catalogue ?? {
      matters: [],
    };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(catalogue));
    return;
  }
  const file = path.endsWith('/') ? `${path}index.html` : path;
  try {
    const body = readFileSync(join(PAGES, file));
    response.setHeader('content-type', contentTypes[extname(file)] ?? 'application/octet-stream').end(body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}
