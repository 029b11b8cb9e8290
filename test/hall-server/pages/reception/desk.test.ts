import { describe, expect, test } from 'vitest';
import type { PrinterView } from '#protocol/device-feed.ts';
import {
  actionsFor,
  classesInOrder,
  peopleAhead,
  takenTicket,
  waitingOf,
} from '#hall-server/pages/reception/desk-ticket.ts';
import { hasPrinter, printerConcern, printStateOf } from '#hall-server/pages/reception/print-state.ts';
import { zoneRows } from '#hall-server/pages/reception/zone-rows.ts';

const classes = [
  { id: 'green', rank: 0 },
  { id: 'ordinary', rank: 9 },
  { id: 'senior', rank: 4 },
];
const view = { serviceId: 'deeds', waiting: { ordinary: 7, senior: 2, green: 1 }, openCounters: 1 };

describe('before a number is taken', () => {
  test('those of the same or a better class stand ahead', () => {
    expect(peopleAhead(view, classes, 'ordinary')).toBe(10);
    expect(peopleAhead(view, classes, 'senior')).toBe(3);
    expect(peopleAhead(view, classes, 'green')).toBe(1);
    expect(peopleAhead(undefined, classes, 'ordinary')).toBe(0);
  });

  test('all of them are waiting', () => {
    expect(waitingOf(view)).toBe(10);
    expect(waitingOf(undefined)).toBe(0);
  });

  test('the ordinary class is offered first, then the nearest to the front', () => {
    expect(classesInOrder(classes).map(({ id }) => id)).toEqual(['ordinary', 'green', 'senior']);
  });
});

describe('a ticket on the desk', () => {
  test('is taken up as a look-up would show it', () => {
    const answer = {
      ticketId: 't-1',
      number: 'A001',
      serviceId: 'deeds',
      classId: 'ordinary',
      businessDate: '2026-11-23',
      takenAt: 5,
      peopleAhead: 2,
    };
    expect(takenTicket(answer)).toMatchObject({
      number: 'A001',
      status: 'waiting',
      peopleAhead: 2,
      legs: [{ serviceId: 'deeds', status: 'waiting' }],
    });
  });

  test('offers what its status allows, and nothing while a counter has it or it is over', () => {
    expect(actionsFor('waiting')).toEqual(['cancel']);
    expect(actionsFor('held')).toEqual(['resume', 'cancel']);
    expect(actionsFor('no-show')).toEqual(['reinstate', 'cancel']);
    for (const status of ['called', 'serving', 'finished', 'cancelled', 'transferred', 'voided'] as const)
      expect(actionsFor(status)).toEqual([]);
  });
});

describe('the slip', () => {
  const answering: PrinterView = {
    state: 'answering',
    online: true,
    paper: 'ok',
    coverOpen: false,
    error: 'none',
  };
  const seen = (slip?: object) => ({
    entries: { printer: answering, ...(slip ? { 'slip:t-1': slip } : {}) } as never,
    refused: undefined,
  });

  test('a page served by the hall itself has no printer, nor has a terminal without one', () => {
    expect(printStateOf({ entries: {}, refused: 'unknown-feed' }, 't-1')).toEqual({ kind: 'no-printer' });
    expect(hasPrinter({ entries: { printer: { state: 'none' } }, refused: undefined })).toBe(false);
    expect(hasPrinter(seen())).toBe(true);
    // What was heard before the feed was refused no longer counts.
    expect(hasPrinter({ ...seen(), refused: 'unknown-feed' })).toBe(false);
  });

  test('says what became of it, and nothing of a slip of another desk', () => {
    expect(printStateOf(seen({ status: 'printing' }), 't-1')).toEqual({ kind: 'printing' });
    expect(printStateOf(seen({ status: 'printed' }), 't-1')).toEqual({ kind: 'printed' });
    expect(printStateOf(seen({ status: 'not-printed', reason: 'paper-out' }), 't-1')).toEqual({
      kind: 'not-printed',
      reason: 'paper-out',
    });
    expect(printStateOf(seen({ status: 'printed' }), 't-2')).toEqual({ kind: 'elsewhere' });
  });

  test('the worst of the printer is told first, and nothing while all is well', () => {
    expect(printerConcern(answering)).toBeUndefined();
    expect(printerConcern(undefined)).toBeUndefined();
    expect(printerConcern({ state: 'none' })).toBeUndefined();
    expect(printerConcern({ state: 'gone' })).toBe('gone');
    expect(printerConcern({ ...answering, paper: 'near-end' })).toBe('near-end');
    expect(printerConcern({ ...answering, paper: 'out', coverOpen: true })).toBe('cover-open');
    expect(printerConcern({ ...answering, paper: 'out', online: false })).toBe('out');
    expect(printerConcern({ ...answering, online: false })).toBe('offline');
  });
});

describe('waiting by zone', () => {
  const zone = (id: string, sort: number) => ({ id, name: { zh: id, en: id }, floor: '1F', sort });
  const NOW = 100 * 60_000;
  const figures = (zoneId: string, waitedMin?: number) => ({
    zoneId,
    waiting: waitedMin === undefined ? 0 : 3,
    openCounters: 2,
    pausedCounters: 0,
    busyCounters: 0,
    ...(waitedMin === undefined ? {} : { longestSince: NOW - waitedMin * 60_000 }),
  });
  const rowsAt = (waitedMin?: number) =>
    zoneRows([zone('b', 2), zone('a', 1)], { 'zone:a': figures('a', waitedMin) } as never, NOW);

  test('goes in the order of the hall, and a zone not heard of yet has nobody', () => {
    expect(rowsAt(4).map((row) => [row.zone.id, row.waiting, row.longestMin])).toEqual([
      ['a', 3, 4],
      ['b', 0, undefined],
    ]);
  });

  test.each([
    [undefined, 'plain'],
    [9, 'plain'],
    [10, 'warning'],
    [29, 'warning'],
    [30, 'alarm'],
  ] as const)('the longest wait of %s minutes is %s', (waitedMin, tone) => {
    expect(rowsAt(waitedMin)[0]?.tone).toBe(tone);
  });

  test('a clock behind the hall shows no time before zero', () => {
    expect(rowsAt(-1)[0]?.longestMin).toBe(0);
  });
});
