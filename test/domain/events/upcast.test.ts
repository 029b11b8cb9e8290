import { describe, expect, it } from 'vitest';
import { currentVersion, NewerEvent, readEvent, type Upcasters } from '#domain/events/upcast.ts';
import { aHallDay, MONDAY } from '#test/support/hall-day.ts';

const row = {
  revision: 7,
  type: 'counter.opened',
  v: 1,
  at: 1_795_000_000_000,
  date: MONDAY,
  by: { device: 'device-1', via: 'socket' },
  commandId: 'command-1',
};

/** As if opening a counter had once named the clerk `who`, and before that `clerk`. */
const table: Upcasters = {
  'counter.opened': [
    (body) => ({
      counterId: (body as { counterId: string }).counterId,
      who: (body as { clerk: string }).clerk,
    }),
    (body) => ({
      counterId: (body as { counterId: string }).counterId,
      clerkId: (body as { who: string }).who,
    }),
  ],
};

describe('reading an event', () => {
  it('leaves one of today as it is', () => {
    for (const event of aHallDay().events)
      expect(readEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
  });

  it.each([
    [1, { counterId: 'c1', clerk: 'clerk-1' }],
    [2, { counterId: 'c1', who: 'clerk-1' }],
    [3, { counterId: 'c1', clerkId: 'clerk-1' }],
  ])('lifts version %i to the one of today, step by step', (v, body) => {
    expect(readEvent({ ...row, v, body }, table)).toEqual({
      ...row,
      v: 3,
      body: { counterId: 'c1', clerkId: 'clerk-1' },
    });
    expect(currentVersion('counter.opened', table)).toBe(3);
    expect(currentVersion('counter.closed', table)).toBe(1);
  });

  it('refuses a version that it does not know', () => {
    const body = { counterId: 'c1', clerkId: 'clerk-1' };
    expect(() => readEvent({ ...row, v: 2, body })).toThrow(NewerEvent);
    expect(() => readEvent({ ...row, v: 2, body })).toThrow(
      'event 7 is counter.opened of version 2, this program knows 1',
    );
  });

  it.each([
    ['no object', 'counter.opened'],
    ['an unknown type', { ...row, type: 'counter.painted', body: {} }],
    ['no revision', { ...row, revision: undefined, body: { counterId: 'c1', clerkId: 'clerk-1' } }],
    ['a body of another type', { ...row, body: { counterId: 'c1', reason: 'meal' } }],
    ['a body with more than is known', { ...row, body: { counterId: 'c1', clerkId: 'clerk-1', name: 'x' } }],
  ])('refuses %s', (_, damaged) => {
    expect(() => readEvent(damaged)).toThrow();
  });
});
