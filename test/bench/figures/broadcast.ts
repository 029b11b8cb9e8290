import { Server } from 'socket.io';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectClient, type BenchClient } from '../load/socket-client.ts';
import { median } from '../load/measure.ts';
import { ms, times, type Row } from '../report.ts';
import { createFeedHub } from '#protocol/feed-hub.ts';
import { indexCatalogue } from '#domain/catalogue/index.ts';
import { createHall } from '#domain/hall/state.ts';
import { applyEvent } from '#domain/hall/apply.ts';
import type { HallEvent } from '#domain/events/schemas.ts';
import { demonstrationCatalogue } from '#hall-server/demonstration/open-hall.ts';
import { wire } from '#protocol/wire.ts';

const ROUNDS = 15;
const PAUSE_MS = 40;

/**
 * One call told to everybody: from the committed event to the last screen, through the feed hub and Socket.IO's rooms, against frames
 * that were encoded before and written to each websocket.
 */
export async function broadcast(): Promise<Row[]> {
  return [await toScreens(500), await toScreens(2_000)];
}

async function toScreens(count: number): Promise<Row> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  io.on('connection', (socket) => void socket.join('feed zone all'));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const clients: BenchClient[] = [];
  for (let i = 0; i < count; i += 50) {
    clients.push(
      ...(await Promise.all(Array.from({ length: Math.min(50, count - i) }, () => connectClient(url, {})))),
    );
  }
  const told = hubOver(io);
  const frame = `42${JSON.stringify([wire.feed, told.sample()])}`;
  const ours: number[] = [];
  const encoded: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await untilLast(clients, told.call));
    encoded.push(
      await untilLast(clients, () => {
        for (const socket of io.sockets.sockets.values()) {
          (socket.conn.transport as unknown as { socket: { send(text: string): void } }).socket.send(frame);
        }
      }),
    );
  }
  for (const client of clients) client.close();
  await io.close();
  const ratio = median(ours.map((value, i) => value / (encoded[i] ?? 1)));
  return {
    figure: `a call to the last of ${count.toLocaleString('en')} screens`,
    value: ms(median(ours)),
    control: `pre-encoded frames ${ms(median(encoded))}: ${times(ratio)}`,
    target: '≤ 1.4×',
    met: ratio <= 1.4,
  };
}

async function untilLast(clients: readonly BenchClient[], tell: () => void): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  let left = clients.length;
  return new Promise((resolve) => {
    const from = performance.now();
    for (const client of clients) {
      client.onMessage((_event, _body, receivedMs) => {
        left -= 1;
        if (left === 0) resolve(receivedMs - from);
      });
    }
    tell();
  });
}

/** The hall's own feed hub with one counter that is called again and again. */
function hubOver(io: Server) {
  const catalogue = indexCatalogue(1, demonstrationCatalogue());
  const hall = createHall(() => catalogue);
  let elapsedMs = 0;
  let last: unknown;
  const hub = createFeedHub({
    hall: () => hall,
    now: () => 0,
    elapsed: () => (elapsedMs += 10_000),
    hasSubscribers: (feed, key) => feed === 'zone' && key === 'all',
    publish: (message) => {
      last = message;
      io.to(`feed ${message.feed} ${message.key}`).emit(wire.feed, message);
    },
    schedule: () => undefined,
  });
  const counter = catalogue.catalogue.counters[0];
  const serviceId = counter?.skills[0]?.serviceId ?? '';
  const counterId = counter?.id ?? '';
  let tickets = 0;
  const date = '2026-01-05';
  const record = (type: HallEvent['type'], body: unknown): HallEvent => {
    const event = {
      ...{
        revision: hall.revision + 1,
        v: 1,
        at: 1_767_575_000_000,
        date,
        by: { device: 'bench', via: 'hall' },
      },
      ...{ type, body },
    } as HallEvent;
    applyEvent(hall, event);
    return event;
  };
  record('day.opened', { businessDate: date, catalogueVersion: 1 });
  record('counter.opened', { counterId, clerkId: 'clerk' });
  // A feed is followed from the first who joins it.
  hub.join('zone', 'all', undefined);
  const call = (): void => {
    tickets += 1;
    const names = { ticketId: `ticket-${tickets}`, number: `A${String(tickets).padStart(3, '0')}` };
    const at = { ...names, leg: 0, counterId, serviceId };
    const taken = {
      ...names,
      seriesId: 'a',
      count: tickets,
      serviceId,
      classId: 'ordinary',
      language: 'zh',
      place: tickets,
    };
    record('ticket.taken', taken);
    const why = { rule: 'first-come', eligible: 1, priority: 0, considered: [] };
    hub.note([record('ticket.called', { ...at, callId: `call-${tickets}`, why, overtook: [] })]);
    hub.flush();
  };
  return {
    call,
    sample: (): unknown => {
      call();
      return last;
    },
  };
}
