import { describe, expect, it } from 'vitest';
import { createRandom } from '#test/simulation/random.ts';
import { aCatalogue, MINUTE_MS } from '#test/support/builders.ts';
import { arrivalShares, busiestWindow, DOORS, drawArrivals } from './arrivals.ts';
import { mean, quantile, shareWithin } from './quantiles.ts';
import { createCrowd, drawServiceMs, MINUTES_AT_COUNTER, WALK } from './visitor.ts';

const between = (from: number, to: number): number =>
  arrivalShares()
    .slice(from - DOORS.open, to - DOORS.open)
    .reduce((sum, share) => sum + share, 0);

describe('the curve of arrivals', () => {
  it('is one day', () => {
    expect(between(DOORS.open, DOORS.close)).toBeCloseTo(1, 9);
    expect(Math.min(...arrivalShares())).toBeGreaterThan(0);
  });

  it('brings at least 500 of 6,500 in the first ten minutes, and that is the busiest time', () => {
    expect(between(DOORS.open, DOORS.open + 10) * 6_500).toBeGreaterThanOrEqual(500);
    expect(busiestWindow(10)).toEqual({ from: DOORS.open, share: between(DOORS.open, DOORS.open + 10) });
  });

  it('has its second peak after two in the afternoon, and a valley at noon', () => {
    const afternoon = arrivalShares().slice(12 * 60 - DOORS.open);
    const peak = 12 * 60 + afternoon.indexOf(Math.max(...afternoon));
    expect(peak).toBeGreaterThanOrEqual(14 * 60);
    expect(peak).toBeLessThanOrEqual(14 * 60 + 45);
    expect(between(12 * 60, 13 * 60)).toBeLessThan(between(14 * 60, 15 * 60) / 2);
  });

  it('is what is drawn from it, in order, by the seed alone', () => {
    const drawn = drawArrivals(createRandom(7), 20_000);
    expect(drawn).toEqual(drawArrivals(createRandom(7), 20_000));
    expect(drawn).not.toEqual(drawArrivals(createRandom(8), 20_000));
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
    expect(drawn[0]).toBeGreaterThanOrEqual(DOORS.open);
    expect(drawn.at(-1)).toBeLessThanOrEqual(DOORS.close);
    for (const hour of [9, 10, 12, 14, 16]) {
      const share =
        drawn.filter((minute) => minute >= hour * 60 && minute < hour * 60 + 60).length / drawn.length;
      expect(Math.abs(share - between(hour * 60, hour * 60 + 60))).toBeLessThan(0.01);
    }
  });
});

describe('service times', () => {
  const random = createRandom(3);
  const drawn = Array.from({ length: 40_000 }, () => drawServiceMs(random));

  it('are within 5 minutes for 72 % and within 10 for 90 %', () => {
    expect(shareWithin(drawn, 5 * MINUTE_MS)).toBeCloseTo(0.72, 2);
    expect(shareWithin(drawn, 10 * MINUTE_MS)).toBeCloseTo(0.9, 2);
  });

  it('have the median 2.8 and the mean 4.6 minutes', () => {
    expect(quantile(drawn, 0.5) / MINUTE_MS).toBeCloseTo(2.8, 1);
    expect(Math.abs(mean(drawn) / MINUTE_MS - 4.6)).toBeLessThan(0.1);
  });

  it('are most of what a visitor takes of a counter', () => {
    const walk = (WALK.leastMs + WALK.mostMs) / 2 / MINUTE_MS;
    expect(MINUTES_AT_COUNTER).toBeGreaterThan(4.58 + walk);
    expect(MINUTES_AT_COUNTER).toBeLessThan(5.3);
  });
});

describe('the crowd', () => {
  const catalogue = aCatalogue();
  const services = catalogue.services.map((service) => ({
    ...service,
    demand: service.id === 'deeds' ? 15 : 1,
  }));
  const draw = createCrowd({ ...catalogue, services });
  const crowd = Array.from({ length: 20_000 }, (_, index) => draw(createRandom(index)));
  const share = (count: (one: (typeof crowd)[number]) => boolean): number =>
    crowd.filter(count).length / crowd.length;

  it('wants services in proportion to their demand', () => {
    expect(share(({ serviceId }) => serviceId === 'deeds')).toBeCloseTo(0.75, 2);
    expect(share(({ serviceId }) => serviceId === 'tax')).toBeCloseTo(0.05, 2);
  });

  it('is absent for 4 %, transferred for 3 % where there is somewhere to go', () => {
    expect(share(({ absence }) => absence !== undefined)).toBeCloseTo(0.04, 2);
    expect(share(({ ending }) => ending.kind === 'transfer')).toBeCloseTo(0.03, 2);
  });

  it('is sent on within the unit, never to where it came from', () => {
    const unitOf = new Map(services.map(({ id, unitId }) => [id, unitId]));
    const moves = crowd.flatMap(({ serviceId, ending }) =>
      ending.kind === 'transfer' ? [{ from: serviceId, to: ending.toServiceId }] : [],
    );
    expect(moves.length).toBeGreaterThan(100);
    expect(moves.filter(({ from, to }) => from === to || unitOf.get(from) !== unitOf.get(to))).toEqual([]);
  });

  it('claims at a kiosk only what a kiosk gives', () => {
    const green = crowd.filter(({ classId }) => classId === 'green');
    expect(green.length).toBeGreaterThan(0);
    expect(green.filter(({ atReception }) => !atReception)).toEqual([]);
  });
});
