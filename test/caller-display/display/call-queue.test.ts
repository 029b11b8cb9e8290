import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createCallBoard,
  type BoardCall,
  type BoardView,
  type CallBoard,
} from '#caller-display/display/call-board.ts';
import { aCall } from './board-calls.ts';

/** Runs a board as the page does: at every event and at every moment that the board itself named. */
function play(
  rows: number,
  events: readonly { readonly atMs: number; readonly act: (board: CallBoard) => void }[],
) {
  const board = createCallBoard({ rows });
  const frames: { readonly nowMs: number; readonly view: BoardView }[] = [];
  const record = (nowMs: number): BoardView => {
    const view = board.tick(nowMs);
    frames.push({ nowMs, view });
    return view;
  };
  let view = record(0);
  const runTo = (atMs: number): void => {
    while (view.nextChangeAtMs !== undefined && view.nextChangeAtMs <= atMs)
      view = record(view.nextChangeAtMs);
  };
  for (const { atMs, act } of events) {
    runTo(atMs);
    act(board);
    view = record(atMs);
  }
  runTo(Infinity);
  return frames;
}

type Frames = ReturnType<typeof play>;

/** Every stretch of time in which a call had a row, by call and announcement. */
function showings(frames: Frames) {
  const found: { callId: string; times: number; fromMs: number; untilMs: number }[] = [];
  for (const [index, { nowMs, view }] of frames.entries()) {
    const untilMs = frames[index + 1]?.nowMs ?? Infinity;
    for (const row of view.rows) {
      if (!row || row.announcedAtMs === undefined) continue;
      const { callId, times } = row.call;
      const going = found.find(
        (one) => one.callId === callId && one.times === times && one.untilMs === nowMs,
      );
      if (going) going.untilMs = untilMs;
      else found.push({ callId, times, fromMs: nowMs, untilMs });
    }
  }
  return found;
}

const firstShown = (frames: Frames): readonly string[] => [
  ...new Set(showings(frames).map(({ callId }) => callId)),
];

const moments = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: count, maxLength: count });

describe('however many come at once', () => {
  test('30 calls in a second on 4 rows: each at least 5 s, in order, none lost', () => {
    fc.assert(
      fc.property(moments(30), fc.integer({ min: 1, max: 8 }), (times, rows) => {
        const calls = [...times]
          .sort((a, b) => a - b)
          .map((atMs, index) => ({ atMs, call: aCall(index + 1) }));
        const frames = play(
          rows,
          calls.map(({ atMs, call }) => ({ atMs, act: (board) => board.announce(call, atMs) })),
        );
        expect(firstShown(frames)).toEqual(calls.map(({ call }) => call.callId));
        for (const { fromMs, untilMs } of showings(frames))
          expect(untilMs - fromMs).toBeGreaterThanOrEqual(5_000);
      }),
    );
  });

  test('30 calls at one instant on 4 rows are through after 35 s, and were told so', () => {
    const calls = Array.from({ length: 30 }, (_, index) => aCall(index + 1));
    const frames = play(
      4,
      calls.map((call) => ({ atMs: 0, act: (board) => board.announce(call, 0) })),
    );
    const last = showings(frames).find(({ callId }) => callId === 'call-30');
    expect(last?.fromMs).toBe(35_000);
    const promised = frames.flatMap(({ view }) =>
      view.waiting.filter(({ call }) => call.callId === 'call-30'),
    );
    expect(new Set(promised.map(({ showsAtMs }) => showsAtMs))).toEqual(new Set([35_000]));
  });
});

const step = fc.record({
  afterMs: fc.integer({ min: 0, max: 2_500 }),
  kind: fc.constantFrom('call', 'call', 'call', 'recall', 'recall', 'answer', 'end'),
  pick: fc.nat(),
});

/** A hall of any calls, recalls, answers and endings, as events of the board. */
function anyHall(steps: readonly { afterMs: number; kind: string; pick: number }[]) {
  const live: BoardCall[] = [];
  const over = new Map<string, number>();
  const announced: { callId: string; times: number; atMs: number }[] = [];
  let nowMs = 0;
  let made = 0;
  const events = steps.flatMap(({ afterMs, kind, pick }) => {
    nowMs += afterMs;
    const atMs = nowMs;
    const index = live.length > 0 ? pick % live.length : -1;
    const chosen = live[index];
    const announce = (call: BoardCall) => {
      announced.push({ callId: call.callId, times: call.times, atMs });
      return [{ atMs, act: (board: CallBoard) => board.announce(call, atMs) }];
    };
    if (kind === 'call') {
      const call = aCall((made += 1));
      live.push(call);
      return announce(call);
    }
    if (!chosen) return [];
    if (kind === 'recall') {
      live[index] = { ...chosen, times: chosen.times + 1 };
      return announce(live[index]);
    }
    live.splice(index, 1);
    over.set(chosen.callId, atMs);
    return [
      {
        atMs,
        act: (board: CallBoard) =>
          kind === 'answer' ? board.answer(chosen.callId) : board.end(chosen.callId),
      },
    ];
  });
  return { events, announced, over };
}

describe('whatever happens in the hall', () => {
  const anySteps = fc.array(step, { maxLength: 60 });
  const anyRows = fc.integer({ min: 1, max: 5 });

  test('every announcement is seen for 5 s unless the call was answered, ended or recalled meanwhile', () => {
    fc.assert(
      fc.property(anySteps, anyRows, (steps, rows) => {
        const { events, announced, over } = anyHall(steps);
        const shown = showings(play(rows, events));
        for (const { callId, times } of announced) {
          const isSuperseded = announced.some((other) => other.callId === callId && other.times > times);
          if (isSuperseded || over.has(callId)) continue;
          const longest = Math.max(
            ...shown
              .filter((one) => one.callId === callId && one.times === times)
              .map((one) => one.untilMs - one.fromMs),
          );
          expect(longest, `${callId} × ${times}`).toBeGreaterThanOrEqual(5_000);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no call is seen for less than 5 s in all, however it ends', () => {
    fc.assert(
      fc.property(anySteps, anyRows, (steps, rows) => {
        const frames = play(rows, anyHall(steps).events);
        const seen = new Map<string, number>();
        for (const [index, { nowMs, view }] of frames.entries()) {
          const untilMs = frames[index + 1]?.nowMs ?? Infinity;
          for (const row of view.rows) {
            if (row?.announcedAtMs === undefined) continue;
            seen.set(row.call.callId, (seen.get(row.call.callId) ?? 0) + untilMs - nowMs);
          }
        }
        for (const [callId, lengthMs] of seen) expect(lengthMs, callId).toBeGreaterThanOrEqual(5_000);
      }),
      { numRuns: 300 },
    );
  });

  test('calls get their first row in the order in which they were made', () => {
    fc.assert(
      fc.property(anySteps, anyRows, (steps, rows) => {
        const first = firstShown(play(rows, anyHall(steps).events));
        const orders = first.map((callId) => Number(callId.slice('call-'.length)));
        expect(orders).toEqual([...orders].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  test('a promised time is kept or brought forward, never put off; nobody waits beside a free row', () => {
    fc.assert(
      fc.property(anySteps, anyRows, (steps, rows) => {
        const { events, over } = anyHall(steps);
        const promised = new Map<string, number>();
        for (const { nowMs, view } of play(rows, events)) {
          const isWaiting = new Set(view.waiting.map(({ call }) => call.callId));
          for (const [callId, atMs] of promised) {
            if (!isWaiting.has(callId)) promised.delete(callId);
            else if (!over.has(callId)) expect(nowMs, callId).toBeLessThan(atMs);
          }
          for (const { call, showsAtMs } of view.waiting) {
            expect(showsAtMs, call.callId).toBeLessThanOrEqual(promised.get(call.callId) ?? Infinity);
            promised.set(call.callId, showsAtMs);
          }
          if (view.waiting.length > 0) expect(view.rows).not.toContain(undefined);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no call stands in two rows', () => {
    fc.assert(
      fc.property(anySteps, anyRows, (steps, rows) => {
        for (const { view } of play(rows, anyHall(steps).events)) {
          const shown = view.rows.flatMap((row) => (row && row.phase !== 'over' ? [row.call.callId] : []));
          expect(new Set(shown).size).toBe(shown.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
