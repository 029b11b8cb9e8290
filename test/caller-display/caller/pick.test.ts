import { describe, expect, test } from 'vitest';
import { clockFace, wholeMinutes, waitTone } from '#caller-display/caller/desk/durations.ts';
import { needsReason, typedNumber } from '#caller-display/caller/pick/call-number.ts';
import { filterGroups, type OptionGroup } from '#caller-display/caller/pick/options.ts';
import { readSitting } from '#caller-display/caller/clerk/sitting.ts';
import { seatOf } from '#caller-display/caller/clerk/seat.ts';
import { aQueue, MINUTE_MS, NOW } from './desk-builders.ts';

describe('search', () => {
  const option = (id: string, search: string) => ({ id, label: id, detail: '', search });
  const groups: readonly OptionGroup[] = [
    {
      id: 'estate',
      title: 'Estate',
      options: [option('B01', 'B01 不动产 Real Estate'), option('B02', 'B02 不动产 Real Estate')],
    },
    { id: 'fund', title: 'Fund', options: [option('C01', 'C01 公积金 Housing Fund')] },
  ];
  const foundBy = (query: string) =>
    filterGroups(groups, query).flatMap(({ options }) => options.map(({ id }) => id));

  test.each([
    ['', ['B01', 'B02', 'C01']],
    ['  ', ['B01', 'B02', 'C01']],
    ['b0', ['B01', 'B02']],
    ['ｂ０１', ['B01']],
    ['estate 02', ['B02']],
    ['公积', ['C01']],
    ['nothing', []],
  ])('%j', (query, ids) => {
    expect(foundBy(query)).toEqual(ids);
  });

  test('a group without a match goes', () => {
    expect(filterGroups(groups, 'fund').map(({ id }) => id)).toEqual(['fund']);
  });
});

test.each([
  ['a012', 'A012'],
  [' AB 0001 ', 'AB0001'],
  ['ａ０１２', 'A012'],
  ['12', undefined],
  ['ABC001', undefined],
])('the number typed as %j is %j', (text, number) => {
  expect(typedNumber(text)).toBe(number);
});

test('only the next by the rules is called without a reason', () => {
  expect(needsReason('A002', aQueue())).toBe(false);
  expect(needsReason('A003', aQueue())).toBe(true);
  expect(needsReason(undefined, aQueue())).toBe(true);
  expect(needsReason('A002', { total: 0, first: [] })).toBe(true);
});

describe('durations', () => {
  test('a running time rounds down, a countdown up', () => {
    expect(clockFace(61_900)).toBe('1:01');
    expect(clockFace(100, 'up')).toBe('0:01');
    expect(clockFace(-5)).toBe('0:00');
  });

  test.each([
    [9.99, 'plain'],
    [10, 'warning'],
    [29.9, 'warning'],
    [30, 'alarm'],
  ] as const)('%d minutes is %s', (minutes, tone) => {
    expect(waitTone(minutes * MINUTE_MS)).toBe(tone);
  });

  test('less than a minute is no minute', () => {
    expect(wholeMinutes(59_999)).toBe(0);
    expect(wholeMinutes(-1)).toBe(0);
  });
});

describe('the seat', () => {
  const refused = (code: 'counter-occupied' | 'clerk-elsewhere', details = {}) =>
    ({ ok: false, code, retryable: false, details }) as const;

  test('a counter that this clerk already has is taken', () => {
    expect(seatOf({ ok: true, revision: 1, answer: {} }, 'me')).toEqual({ kind: 'seated' });
    expect(seatOf(refused('counter-occupied', { clerkId: 'me' }), 'me')).toEqual({ kind: 'seated' });
  });

  test('a counter of another clerk is refused', () => {
    const seat = { kind: 'refused', code: 'counter-occupied' };
    expect(seatOf(refused('counter-occupied', { clerkId: 'you' }), 'me')).toEqual(seat);
    expect(seatOf(refused('counter-occupied'), 'me')).toEqual(seat);
  });

  test('a clerk who sits elsewhere is told where', () => {
    const seat = { kind: 'refused', code: 'clerk-elsewhere', elsewhereId: 'b02' };
    expect(seatOf(refused('clerk-elsewhere', { counterId: 'b02' }), 'me')).toEqual(seat);
  });
});

describe('a sitting outlives a reload', () => {
  const session = { token: 't', clerkId: 'c', name: 'n', roles: ['clerk'], expiresAt: NOW + 1 };
  const sitting = { session, login: 'clerk-b01', counterId: 'b01' };

  test('as it was left', () => {
    expect(readSitting(JSON.parse(JSON.stringify(sitting)))).toEqual(sitting);
  });

  test.each([undefined, null, 'x', { ...sitting, counterId: '../etc' }, { ...sitting, session: {} }])(
    'not from %j',
    (json) => {
      expect(readSitting(json)).toBeUndefined();
    },
  );
});
