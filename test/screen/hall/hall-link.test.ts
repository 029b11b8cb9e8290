import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wire, type FeedMessage, type Heartbeat, type Join, type JoinAnswer } from '#protocol/wire.ts';
import { createHallLink } from '#screen/hall/hall-link.ts';

interface AskedJoin {
  readonly join: Join;
  readonly answer: (answer: JoinAnswer) => void;
}

/** A connection whose joins are answered by hand, so that a test decides what comes before the answer. */
function aConnection() {
  const events = new EventEmitter();
  const joins: AskedJoin[] = [];
  const socket = {
    connected: false,
    active: true,
    on: (name: string, listen: (...words: unknown[]) => void) => events.on(name, listen),
    emit: () => undefined,
    disconnect: () => undefined,
    timeout: () => ({
      emitWithAck: (_name: string, join: Join) =>
        new Promise<JoinAnswer>((answer) => joins.push({ join, answer })),
    }),
  };
  const changes: Readonly<Record<string, unknown>>[] = [];
  const refusals: string[] = [];
  const clock = { offsetMs: 0 };
  const link = createHallLink({
    socket: socket as unknown as Socket,
    newId: () => 'id-1',
    now: () => 0,
    onState: ({ offsetMs }) => (clock.offsetMs = offsetMs),
  });
  link.subscribe(
    'zone',
    'z1',
    (entries) => changes.push(entries),
    (code) => refusals.push(code),
  );
  return {
    link,
    clock,
    joins,
    changes,
    refusals,
    connect: () => {
      socket.connected = true;
      events.emit('connect');
    },
    drop: () => {
      socket.connected = false;
      events.emit('disconnect');
    },
    beat: (revision: number) => events.emit(wire.heartbeat, aHeartbeat(revision)),
    feed: (message: FeedMessage) => events.emit(wire.feed, message),
    answer: async (answer: JoinAnswer) => {
      joins.at(-1)?.answer(answer);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

const aHeartbeat = (revision: number): Heartbeat => ({
  logId: 'log-1',
  revision,
  hash: `hash-${revision}`,
  now: 0,
});
const message = (after: number, upTo: number, entries: Record<string, unknown>): FeedMessage => ({
  feed: 'zone',
  key: 'z1',
  after,
  upTo,
  whole: after === 0,
  entries,
});
const told = (feedMessage: FeedMessage): JoinAnswer => ({
  ok: true,
  anchor: aHeartbeat(feedMessage.upTo),
  message: feedMessage,
});

describe('a page’s feed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('takes what it missed, though a heartbeat overtakes the answer', async () => {
    const page = aConnection();
    page.connect();
    await page.answer(told(message(0, 5, { row: 'old' })));
    page.beat(5);
    page.drop();
    page.connect();
    expect(page.joins.at(-1)?.join.resume?.revision).toBe(5);
    page.beat(8);
    await page.answer(told(message(5, 8, { row: 'new' })));
    expect(page.changes.at(-1)).toEqual({ row: 'new' });
    page.link.close();
  });

  it('asks for the whole where a heartbeat has passed what it has', async () => {
    const page = aConnection();
    page.connect();
    await page.answer(told(message(0, 5, { row: 'old' })));
    page.drop();
    page.connect();
    page.beat(8);
    page.drop();
    page.connect();
    expect(page.joins.at(-1)?.join.resume).toBeUndefined();
    page.link.close();
  });

  it('knows by a heartbeat that a quiet feed has missed nothing', async () => {
    const page = aConnection();
    page.connect();
    await page.answer(told(message(0, 5, { row: 'old' })));
    page.beat(8);
    page.feed(message(7, 9, { row: 'new' }));
    expect(page.changes.at(-1)).toEqual({ row: 'new' });
    expect(page.joins).toHaveLength(1);
    page.link.close();
  });

  it('is asked for again after a refusal that may pass', async () => {
    const page = aConnection();
    page.connect();
    await page.answer({ ok: false, code: 'storage-unavailable', retryable: true });
    expect(page.refusals).toEqual(['storage-unavailable']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(page.joins).toHaveLength(2);
    await page.answer({ ok: false, code: 'not-authorised', retryable: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.joins).toHaveLength(2);
    page.link.close();
  });

  it("keeps the hall's clock when the terminal speaks of its own devices", async () => {
    const page = aConnection();
    page.connect();
    const hall = told(message(0, 5, {}));
    await page.answer(hall.ok ? { ...hall, anchor: { ...hall.anchor, now: 7_200_000 } } : hall);
    expect(page.clock.offsetMs).toBe(7_200_000);
    page.link.subscribe('device', 'local', () => undefined);
    await page.answer(told({ ...message(0, 1, {}), feed: 'device', key: 'local' }));
    expect(page.clock.offsetMs).toBe(7_200_000);
    page.link.close();
  });
});
