import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createCallBoard,
  type BoardCall,
  type BoardView,
  type CallBoard,
} from '#caller-display/display/call-board.ts';

const ROWS = 4;

function aCall(index: number, changes: Partial<BoardCall> = {}): BoardCall {
  return {
    callId: `call-${index}`,
    ticketId: `ticket-${index}`,
    number: `A${String(index).padStart(3, '0')}`,
    counterId: `c${index}`,
    status: 'called',
    order: index,
    times: 1,
    ...changes,
  };
}

const numbers = ({ rows }: BoardView): readonly string[] => rows.map((row) => row?.call.number ?? '–');
const phases = ({ rows }: BoardView): readonly string[] => rows.map((row) => row?.phase ?? '–');
const waiting = (view: BoardView): readonly string[] =>
  view.waiting.map(({ call, showsAtMs }) => `${call.number} at ${showsAtMs}`);

function aBoard(rows = ROWS): CallBoard {
  return createCallBoard({ rows });
}

/** A board whose rows were all given at 0. */
function aFullBoard(rows = ROWS): CallBoard {
  const board = aBoard(rows);
  for (let index = 1; index <= rows; index += 1) board.announce(aCall(index), 0);
  return board;
}

describe('one call', () => {
  test('a free row takes it at once', () => {
    const board = aBoard();
    board.announce(aCall(1), 1_000);
    const view = board.tick(1_000);
    expect(numbers(view)).toEqual(['A001', '–', '–', '–']);
    expect(view.waiting).toEqual([]);
  });

  test('flashes for 5 s, is highlighted to 20 s, and stays as long as nobody needs the row', () => {
    const board = aBoard();
    board.announce(aCall(1), 0);
    const at = (nowMs: number) => phases(board.tick(nowMs))[0];
    expect([at(0), at(4_999), at(5_000), at(19_999), at(20_000), at(600_000)]).toEqual([
      'flashing',
      'flashing',
      'highlighted',
      'highlighted',
      'called',
      'called',
    ]);
  });

  test('says when it will look different', () => {
    const board = aBoard();
    board.announce(aCall(1), 0);
    expect(board.tick(0).nextChangeAtMs).toBe(5_000);
    expect(board.tick(5_000).nextChangeAtMs).toBe(20_000);
    expect(board.tick(20_000).nextChangeAtMs).toBeUndefined();
  });

  test('an answered one turns calm at once and keeps its row', () => {
    const board = aBoard();
    board.announce(aCall(1), 0);
    board.answer('call-1');
    expect(phases(board.tick(1_000))).toEqual(['serving', '–', '–', '–']);
  });

  test('a finished one leaves, but not before its 5 s', () => {
    const board = aBoard();
    board.announce(aCall(1), 0);
    board.end('call-1');
    expect(phases(board.tick(1_000))[0]).toBe('over');
    expect(board.tick(1_000).nextChangeAtMs).toBe(5_000);
    expect(numbers(board.tick(4_999))[0]).toBe('A001');
    expect(numbers(board.tick(5_000))[0]).toBe('–');
  });

  test('the same announcement twice is one', () => {
    const board = aBoard();
    board.announce(aCall(1), 0);
    board.announce(aCall(1), 4_000);
    expect(phases(board.tick(5_000))[0]).toBe('highlighted');
  });
});

describe('a full board', () => {
  test('the fifth call waits and knows when it will show', () => {
    const board = aFullBoard();
    board.announce(aCall(5), 1_000);
    const view = board.tick(1_000);
    expect(numbers(view)).toEqual(['A001', 'A002', 'A003', 'A004']);
    expect(waiting(view)).toEqual(['A005 at 5000']);
    expect(view.nextChangeAtMs).toBe(5_000);
  });

  test('no row is given away before 5 s, and then at once', () => {
    const board = aFullBoard();
    board.announce(aCall(5), 1_000);
    expect(numbers(board.tick(4_999))).not.toContain('A005');
    expect(numbers(board.tick(5_000))).toContain('A005');
  });

  test('a call that comes after 5 s takes a row at once', () => {
    const board = aFullBoard();
    board.announce(aCall(5), 5_000);
    expect(numbers(board.tick(5_000))).toEqual(['A005', 'A002', 'A003', 'A004']);
  });

  test('gives away the row that is needed least: over, arrived, past its highlight, oldest', () => {
    const board = aBoard();
    board.announce(aCall(1), 0);
    board.announce(aCall(2), 21_000);
    board.announce(aCall(3), 22_000);
    board.announce(aCall(4), 23_000);
    board.answer('call-3');
    board.announce(aCall(5), 30_000);
    expect(numbers(board.tick(30_000))).toEqual(['A001', 'A002', 'A005', 'A004']);
    board.announce(aCall(6), 30_001);
    expect(numbers(board.tick(30_001))).toEqual(['A006', 'A002', 'A005', 'A004']);
    board.announce(aCall(7), 30_002);
    expect(numbers(board.tick(30_002))).toEqual(['A006', 'A007', 'A005', 'A004']);
  });

  test('a row that falls free shows who still stands at a counter', () => {
    const board = aFullBoard();
    board.announce(aCall(5), 6_000);
    expect(numbers(board.tick(6_000))).toEqual(['A005', 'A002', 'A003', 'A004']);
    board.end('call-2');
    const view = board.tick(12_000);
    expect(numbers(view)).toEqual(['A005', 'A001', 'A003', 'A004']);
    expect(phases(view)[1]).toBe('called');
    expect(view.rows[1]?.announcedAtMs).toBeUndefined();
  });
});

describe('a call that waits for a row', () => {
  test('is not shown when the person already stands at the counter', () => {
    const board = aFullBoard();
    board.announce(aCall(5), 1_000);
    board.announce(aCall(6), 1_000);
    board.answer('call-5');
    expect(waiting(board.tick(1_000))).toEqual(['A006 at 5000']);
    expect(numbers(board.tick(5_000))).toEqual(['A006', 'A002', 'A003', 'A004']);
  });

  test('is not shown when the clerk has ended it: nobody is sent to a counter that serves another', () => {
    const board = aFullBoard();
    board.announce(aCall(5), 1_000);
    board.end('call-5');
    expect(board.tick(1_000).waiting).toEqual([]);
    expect(numbers(board.tick(60_000))).toEqual(['A001', 'A002', 'A003', 'A004']);
  });

  test('keeps its place when it is recalled', () => {
    const board = aFullBoard();
    board.announce(aCall(5), 1_000);
    board.announce(aCall(6), 1_000);
    board.announce(aCall(5, { times: 2 }), 2_000);
    const view = board.tick(2_000);
    expect(waiting(view)).toEqual(['A005 at 5000', 'A006 at 5000']);
    expect(view.waiting[0]?.call.times).toBe(2);
  });
});

describe('a recall', () => {
  test('flashes again in its row, which then has 5 s anew', () => {
    const board = aFullBoard();
    board.announce(aCall(1, { times: 2 }), 30_000);
    expect(phases(board.tick(30_000))).toEqual(['flashing', 'called', 'called', 'called']);
    for (let index = 5; index <= 8; index += 1) board.announce(aCall(index), 31_000);
    const view = board.tick(31_000);
    expect(numbers(view)).toEqual(['A001', 'A005', 'A006', 'A007']);
    expect(waiting(view)).toEqual(['A008 at 35000']);
  });

  test('moves nobody back who waits, and has its own 5 s behind them', () => {
    const board = aFullBoard(1);
    board.announce(aCall(2), 1_000);
    board.announce(aCall(1, { times: 2 }), 3_000);
    expect(phases(board.tick(3_000))).toEqual(['flashing']);
    expect(waiting(board.tick(3_000))).toEqual(['A002 at 5000']);
    expect(numbers(board.tick(5_000))).toEqual(['A002']);
    expect(waiting(board.tick(5_000))).toEqual(['A001 at 10000']);
    expect(phases(board.tick(10_000))).toEqual(['flashing']);
    expect(numbers(board.tick(10_000))).toEqual(['A001']);
  });

  test('of a call that lost its row stands at the end of the queue', () => {
    const board = aFullBoard(1);
    board.announce(aCall(2), 6_000);
    board.announce(aCall(3), 7_000);
    board.announce(aCall(1, { times: 2 }), 8_000);
    expect(waiting(board.tick(8_000))).toEqual(['A003 at 11000', 'A001 at 16000']);
  });

  test('of a call that is served is none', () => {
    const board = aBoard();
    board.announce(aCall(1), 0);
    board.answer('call-1');
    expect(phases(board.tick(9_000))[0]).toBe('serving');
  });
});

describe('after the page has opened', () => {
  test('what stood before is shown without flashing, who is expected before who is served', () => {
    const board = aBoard(2);
    board.restore(aCall(1));
    board.restore(aCall(2, { status: 'serving' }));
    board.restore(aCall(3, { status: 'serving' }));
    const view = board.tick(0);
    expect(numbers(view)).toEqual(['A001', 'A003']);
    expect(phases(view)).toEqual(['called', 'serving']);
    expect(view.nextChangeAtMs).toBeUndefined();
  });

  test('a new call takes a row from them at once', () => {
    const board = aBoard(2);
    for (let index = 1; index <= 2; index += 1) board.restore(aCall(index, { status: 'serving' }));
    board.tick(0);
    board.announce(aCall(3), 1);
    expect(phases(board.tick(1))).toContain('flashing');
    expect(board.tick(1).waiting).toEqual([]);
  });
});

describe('another number of rows', () => {
  test('fewer: what has not had its 5 s is first in the queue', () => {
    const board = aFullBoard(3);
    board.announce(aCall(4), 1_000);
    board.resize(1, 2_000);
    expect(numbers(board.tick(2_000))).toEqual(['A001']);
    expect(waiting(board.tick(2_000))).toEqual(['A002 at 5000', 'A003 at 10000', 'A004 at 15000']);
  });

  test('more: who waits shows at once', () => {
    const board = aFullBoard(1);
    board.announce(aCall(2), 1_000);
    board.resize(2, 1_500);
    expect(numbers(board.tick(1_500))).toEqual(['A001', 'A002']);
  });
});

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
