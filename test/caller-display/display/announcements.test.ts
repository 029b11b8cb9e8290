import { describe, expect, test } from 'vitest';
import { callsIn, changesBetween, type CallChange } from '#caller-display/display/announcements.ts';
import type { BoardCall } from '#caller-display/display/call-board.ts';
import type { DayView } from '#domain/views/terminal.ts';
import { signOf, type SignView } from '#domain/views/sign.ts';
import { aHallDay, numberOf } from '#test/support/hall-day.ts';

const day: DayView = { status: 'open', catalogueVersion: 1, businessDate: '2026-11-23' };

function aSign(counterId: string, call?: Partial<BoardCall>): SignView {
  const made = {
    callId: `call-${counterId}`,
    ticketId: 't',
    number: 'A001',
    serviceId: 'deeds',
    status: 'called',
  } as const;
  return {
    counterId,
    status: 'open',
    ...(call ? { call: { ...made, order: 1, times: 1, calledAt: 0, lastCalledAt: 0, ...call } } : {}),
  };
}

const told = (changes: readonly CallChange[]): readonly string[] =>
  changes.map((change) => `${change.kind} ${'call' in change ? change.call.callId : change.callId}`);

describe('the calls of a zone feed', () => {
  test('are those that stand at a counter, earliest first', () => {
    const calls = callsIn({
      day,
      'counter:c1': aSign('c1', { order: 9 }),
      'counter:c2': aSign('c2', { order: 4 }),
      'counter:c3': aSign('c3'),
      'counter:c4': aSign('c4', { order: 3 }),
    });
    expect(calls.map(({ counterId }) => counterId)).toEqual(['c4', 'c2', 'c1']);
  });

  test('carry what a display shows and reports, and nothing about the person', () => {
    const hall = aHallDay();
    hall.open('c1');
    hall.take('deeds');
    const number = numberOf(hall.callNext('c1'));
    const [call] = callsIn({ 'counter:c1': signOf(hall.hall, 'c1') });
    expect(call).toMatchObject({ number, counterId: 'c1', status: 'called', times: 1 });
    expect(Object.keys(call ?? {}).sort()).toEqual(
      ['callId', 'counterId', 'number', 'order', 'status', 'ticketId', 'times'].sort(),
    );
  });
});

describe('what happened between two states', () => {
  const calls = (...signs: readonly SignView[]) =>
    callsIn(Object.fromEntries(signs.map((sign) => [`counter:${sign.counterId}`, sign])));

  test('the first state after the page opened is old: nothing flashes', () => {
    const changes = changesBetween(undefined, calls(aSign('c1', {}), aSign('c2', { status: 'serving' })));
    expect(told(changes)).toEqual(['restore call-c1', 'restore call-c2']);
  });

  test('a new call and a recall are announced; what is unchanged is left to the board to ignore', () => {
    const before = calls(aSign('c1', { order: 1 }));
    const after = calls(aSign('c1', { order: 1, times: 2 }), aSign('c2', { order: 2 }));
    expect(told(changesBetween(before, after))).toEqual(['announce call-c2', 'announce call-c1']);
  });

  test('new calls are announced in the order in which they were made, whatever the order of the counters', () => {
    const after = calls(aSign('c1', { order: 12 }), aSign('c2', { order: 3 }), aSign('c3', { order: 7 }));
    expect(told(changesBetween([], after))).toEqual([
      'announce call-c2',
      'announce call-c3',
      'announce call-c1',
    ]);
  });

  test('an arrival, an ending and the next call at the same counter', () => {
    const before = calls(aSign('c1', { callId: 'old', order: 1 }), aSign('c2', { order: 2 }));
    const after = calls(
      aSign('c1', { callId: 'new', order: 5 }),
      aSign('c2', { order: 2, status: 'serving' }),
    );
    expect(told(changesBetween(before, after))).toEqual(['end old', 'answer call-c2', 'announce new']);
  });

  test('a call made and answered while the line was cut is not announced afterwards', () => {
    expect(told(changesBetween([], calls(aSign('c1', { status: 'serving' }))))).toEqual(['restore call-c1']);
  });
});
