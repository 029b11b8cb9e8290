import { describe, expect, test } from 'vitest';
import { createCallBoard, type BoardView, type CallBoard } from '#caller-display/display/call-board.ts';
import { aCall } from './board-calls.ts';

const ROWS = 4;

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
