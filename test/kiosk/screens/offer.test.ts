import { describe, expect, test } from 'vitest';
import type { DayView } from '#domain/views/terminal.ts';
import { claimableClasses, issuingOf, noteOf, obstacleOf, peopleAhead } from '#kiosk/screens/offer.ts';
import { aService } from '#test/support/builders.ts';
import { aScreenCatalogue, aServiceView, at, MONDAY } from './kiosk-builders.ts';

const catalogue = aScreenCatalogue();
const deeds = catalogue.servicesById.get('deeds')!;
const open: DayView = { businessDate: MONDAY, status: 'open', catalogueVersion: 1 };
const withTomorrow: DayView = { ...open, nextDate: '2026-11-24' };

describe('when a number can be had', () => {
  test.each([
    ['08:29', { kind: 'later', from: '08:30' }],
    ['08:30', { kind: 'now', until: '12:00' }],
    ['11:59', { kind: 'now', until: '12:00' }],
    ['12:00', { kind: 'later', from: '13:30' }],
    ['17:29', { kind: 'now', until: '17:30' }],
    ['17:30', { kind: 'shut', next: { date: '2026-11-24', from: '08:30' } }],
  ])('at %s', (time, expected) => {
    expect(issuingOf(catalogue, open, deeds, at(time))).toEqual(expected);
  });

  test('follows the hours of the service before those of the hall', () => {
    const marriage = aService('marriage', { hours: [{ from: '10:00', to: '11:00' }] });
    expect(issuingOf(catalogue, open, marriage, at('09:00'))).toEqual({ kind: 'later', from: '10:00' });
  });

  test('after the last span it is a number of the next date, where that is open already', () => {
    expect(issuingOf(catalogue, withTomorrow, deeds, at('18:00'))).toEqual({
      kind: 'next-day',
      date: '2026-11-24',
    });
  });

  test('a day that was closed early gives none, though the hours go on', () => {
    expect(issuingOf(catalogue, { ...open, status: 'closed' }, deeds, at('10:00')).kind).toBe('shut');
  });

  test('a weekend is passed over in saying when it opens again', () => {
    const friday: DayView = { ...open, businessDate: '2026-11-27' };
    expect(issuingOf(catalogue, friday, deeds, at('18:00', '2026-11-27'))).toEqual({
      kind: 'shut',
      next: { date: '2026-11-30', from: '08:30' },
    });
  });

  test('without a day nothing is promised', () => {
    const none: DayView = { status: 'none', catalogueVersion: 1 };
    expect(issuingOf(catalogue, none, deeds, at('10:00'))).toEqual({ kind: 'shut', next: undefined });
  });
});

test("those ahead are those of one's own and of better rank", () => {
  const view = aServiceView({ waiting: { ordinary: 5, senior: 2, green: 1 } });
  expect(peopleAhead(view, catalogue, 'ordinary')).toBe(8);
  expect(peopleAhead(view, catalogue, 'senior')).toBe(3);
});

test('an empty quota stands in the way today, and says nothing of another day', () => {
  const empty = aServiceView({ left: 0 });
  expect(obstacleOf({ kind: 'now', until: '12:00' }, empty)).toBe('none-left');
  expect(obstacleOf({ kind: 'next-day', date: '2026-11-24' }, empty)).toBeUndefined();
  expect(obstacleOf({ kind: 'later', from: '13:30' }, empty)).toBe('later');
  expect(obstacleOf({ kind: 'now', until: '12:00' }, aServiceView({ left: 1 }))).toBeUndefined();
});

test('beside its name a service has the one note that matters', () => {
  const now = { kind: 'now', until: '12:00' } as const;
  expect(noteOf(now, aServiceView({ waiting: { ordinary: 2, senior: 1 } }))).toEqual({
    kind: 'waiting',
    count: 3,
  });
  expect(noteOf(now, aServiceView({ openCounters: 0 }))).toEqual({ kind: 'no-counter' });
  expect(noteOf(now, aServiceView({ openCounters: 0, waiting: { ordinary: 2 } })).kind).toBe('waiting');
  expect(noteOf(now, aServiceView({ left: 0, waiting: { ordinary: 2 } }))).toEqual({ kind: 'none-left' });
  expect(noteOf(now, undefined)).toEqual({ kind: 'unknown' });
  expect(noteOf({ kind: 'later', from: '13:30' }, aServiceView())).toEqual({ kind: 'later', from: '13:30' });
});

test('only what needs no check can be claimed at a kiosk', () => {
  expect(claimableClasses(catalogue, 'ordinary').map(({ id }) => id)).toEqual(['senior']);
});
