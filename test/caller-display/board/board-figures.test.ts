import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boardFigures,
  decimalMinutes,
  hallTotals,
  percent,
  toneOfWait,
  wholeMinutes,
} from '#caller-display/board/board-figures.ts';
import { emptyTally, tallyHandling, tallyWait } from '#domain/hall/tally.ts';
import { zoneFiguresOf, type ZoneFigures } from '#domain/views/board.ts';
import { MINUTE_MS } from '#test/support/builders.ts';
import { aHallDay, succeed, type HallDay } from '#test/support/hall-day.ts';

const duration = fc.integer({ min: 0, max: 60 * MINUTE_MS });
const aZone = fc.record({
  waits: fc.array(duration, { maxLength: 20 }),
  handlings: fc.array(duration, { maxLength: 20 }),
  waitingSince: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 5 }),
  openCounters: fc.nat(30),
  pausedCounters: fc.nat(5),
  busyCounters: fc.nat(30),
});
type Zone = typeof aZone extends fc.Arbitrary<infer T> ? T : never;

function figuresOf(zoneId: string, { waits, handlings, waitingSince, ...counters }: Zone): ZoneFigures {
  const tally = emptyTally();
  for (const ms of waits) tallyWait(tally, ms);
  for (const ms of handlings) tallyHandling(tally, ms, 1);
  const longest = waitingSince.length > 0 ? { longestSince: Math.min(...waitingSince) } : {};
  return { zoneId, waiting: waitingSince.length, ...longest, ...counters, tally };
}

const average = (all: readonly number[]): number | undefined =>
  all.length > 0 ? all.reduce((sum, ms) => sum + ms, 0) / all.length : undefined;
const shareWithin = (all: readonly number[], minutes: number): number | undefined =>
  all.length > 0 ? all.filter((ms) => ms <= minutes * MINUTE_MS).length / all.length : undefined;

describe('the hall from its zones', () => {
  test('is what recounting all visits of all zones gives', () => {
    fc.assert(
      fc.property(fc.array(aZone, { maxLength: 9 }), (zones) => {
        const total = boardFigures(
          hallTotals(zones.map((zone, index) => figuresOf(`z${index}`, zone))),
          2_000_000,
        );
        const waits = zones.flatMap((zone) => zone.waits);
        const handlings = zones.flatMap((zone) => zone.handlings);
        const since = zones.flatMap((zone) => zone.waitingSince);
        expect(total).toEqual({
          waiting: since.length,
          longestMs: since.length > 0 ? 2_000_000 - Math.min(...since) : undefined,
          averageWaitMs: average(waits),
          waitWithin5: shareWithin(waits, 5),
          waitWithin10: shareWithin(waits, 10),
          averageHandleMs: average(handlings),
          handleWithin5: shareWithin(handlings, 5),
          handleWithin10: shareWithin(handlings, 10),
          openCounters: zones.reduce((sum, zone) => sum + zone.openCounters, 0),
          busyCounters: zones.reduce((sum, zone) => sum + zone.busyCounters, 0),
          pausedCounters: zones.reduce((sum, zone) => sum + zone.pausedCounters, 0),
        });
      }),
    );
  });

  test('a small zone does not weigh as much as a large one', () => {
    const small = figuresOf('s', { ...nothing, waits: [30 * MINUTE_MS] });
    const large = figuresOf('l', { ...nothing, waits: Array<number>(299).fill(MINUTE_MS) });
    expect(boardFigures(hallTotals([small, large]), 0).averageWaitMs).toBeCloseTo((329 / 300) * MINUTE_MS, 0);
  });
});

const nothing: Zone = {
  waits: [],
  handlings: [],
  waitingSince: [],
  openCounters: 0,
  pausedCounters: 0,
  busyCounters: 0,
};

test('recounting the log of a day gives the same figures', () => {
  const hall = aMorning();
  const zones = ['general', 'tax'].map((id) => zoneFiguresOf(hall.hall, hall.versions.get(1)!, id));
  const figures = boardFigures(hallTotals(zones), hall.now);

  const takenAt = new Map<string, number>();
  const startedAt = new Map<string, number>();
  const waits: number[] = [];
  const handlings: number[] = [];
  for (const event of hall.events) {
    if (event.type === 'ticket.taken') takenAt.set(event.body.ticketId, event.at);
    if (event.type === 'ticket.called') waits.push(event.at - takenAt.get(event.body.ticketId)!);
    if (event.type === 'ticket.servingStarted') startedAt.set(event.body.ticketId, event.at);
    if (event.type === 'ticket.finished') handlings.push(event.at - startedAt.get(event.body.ticketId)!);
  }
  expect(waits).toHaveLength(3);
  expect(figures).toMatchObject({
    waiting: 2,
    longestMs: 28 * MINUTE_MS,
    averageWaitMs: average(waits),
    waitWithin5: shareWithin(waits, 5),
    waitWithin10: shareWithin(waits, 10),
    averageHandleMs: average(handlings),
    handleWithin5: shareWithin(handlings, 5),
    handleWithin10: shareWithin(handlings, 10),
    openCounters: 1,
    pausedCounters: 1,
    busyCounters: 1,
  });
});

/** Two zones, five visitors: two finished, one called, two waiting. */
function aMorning(): HallDay {
  const hall = aHallDay();
  for (const serviceId of ['deeds', 'tax']) succeed(hall.take(serviceId));
  hall.advance(2 * MINUTE_MS);
  for (const counterId of ['c1', 'c5']) {
    succeed(hall.open(counterId));
    succeed(hall.callNext(counterId));
    hall.advance(MINUTE_MS);
    succeed(hall.start(counterId));
  }
  for (const serviceId of ['deeds', 'deeds', 'tax']) succeed(hall.take(serviceId));
  hall.advance(7 * MINUTE_MS);
  succeed(hall.finish('c1'));
  hall.advance(5 * MINUTE_MS);
  succeed(hall.finish('c5'));
  succeed(hall.callNext('c1'));
  succeed(hall.pause('c5'));
  hall.advance(16 * MINUTE_MS);
  return hall;
}

describe('a zone in which nothing has happened', () => {
  test('has no averages and no shares rather than 0', () => {
    const figures = boardFigures(figuresOf('z', nothing), 0);
    expect(figures).toMatchObject({
      waiting: 0,
      longestMs: undefined,
      averageWaitMs: undefined,
      waitWithin5: undefined,
    });
    expect([
      wholeMinutes(figures.longestMs),
      decimalMinutes(figures.averageWaitMs),
      percent(figures.waitWithin5),
    ]).toEqual(['–', '–', '–']);
  });
});

describe('amber from 10 minutes, red from 30', () => {
  test.each([
    [undefined, 'plain'],
    [0, 'plain'],
    [10 * MINUTE_MS - 1, 'plain'],
    [10 * MINUTE_MS, 'warning'],
    [30 * MINUTE_MS - 1, 'warning'],
    [30 * MINUTE_MS, 'alarm'],
  ])('%s ms: %s', (ms, tone) => {
    expect(toneOfWait(ms)).toBe(tone);
  });

  test('what is written never says more than the colour', () => {
    expect(wholeMinutes(10 * MINUTE_MS - 1)).toBe('9');
    expect(decimalMinutes(10 * MINUTE_MS - 1)).toBe('9.9');
    expect(decimalMinutes(10 * MINUTE_MS)).toBe('10.0');
  });
});

test('100 % means every one', () => {
  expect([percent(1), percent(0.999), percent(0.29), percent(0)]).toEqual(['100%', '99%', '29%', '0%']);
});
