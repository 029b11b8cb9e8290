import { describe, expect, it } from 'vitest';
import { indexCatalogue } from '#domain/catalogue/index.ts';
import { demonstrationCatalogue } from '#hall-server/demonstration/open-hall.ts';
import { createRandom } from '#test/simulation/random.ts';
import { aCatalogue, aCounter, aService } from '#test/support/builders.ts';
import { drawRota } from './rota.ts';
import { staffFor } from './staffing.ts';

const small = indexCatalogue(
  1,
  aCatalogue({
    services: [aService('deeds'), aService('fund'), aService('tax')],
    counters: [
      aCounter('c1', { deeds: 1 }),
      aCounter('c2', { deeds: 1, fund: 2 }),
      aCounter('c3', { fund: 1 }),
      aCounter('c4', { fund: 1 }),
      aCounter('c5', { tax: 1 }),
    ],
  }),
);

const work = (minutes: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(minutes));
const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

describe('staffing', () => {
  it('opens no more than one counter for what one counter can do', () => {
    expect(staffFor(small, work({ fund: 0.85 }), 0.85).counterIds).toHaveLength(1);
  });

  it('opens one more when one would have too much', () => {
    expect(staffFor(small, work({ fund: 0.86 }), 0.85).counterIds).toHaveLength(2);
  });

  it('gives every service a counter, however little it is asked for', () => {
    const { counterIds } = staffFor(small, work({ deeds: 0.01, fund: 0.01, tax: 0.01 }), 0.85);
    expect(counterIds).toContain('c5');
    expect(counterIds.some((id) => ['c2', 'c3', 'c4'].includes(id))).toBe(true);
  });

  it('shares the work between counters as their skills allow', () => {
    const { loads } = staffFor(small, work({ deeds: 0.8, fund: 1.6 }), 0.8);
    expect(loads.size).toBe(3);
    for (const load of loads.values()) expect(load).toBeCloseTo(0.8, 6);
  });

  it('opens all that can help when the hall is too small, and no other', () => {
    const { counterIds, loads } = staffFor(small, work({ deeds: 3 }), 0.85);
    expect(counterIds).toEqual(['c1', 'c2']);
    expect(loads.get('c1')).toBeCloseTo(1.5, 6);
  });

  it('keeps the reference hall at 85 % when its 2,000 come', () => {
    const catalogue = indexCatalogue(1, demonstrationCatalogue());
    const { services } = catalogue.catalogue;
    const demand = total(services.map((service) => service.demand));
    const minutes = new Map(services.map((service) => [service.id, (50 * service.demand) / demand]));
    const { counterIds, loads } = staffFor(catalogue, minutes, 0.85);
    expect(Math.max(...loads.values())).toBeLessThanOrEqual(0.85 + 1e-6);
    expect(total(loads.values())).toBeCloseTo(50, 6);
    const served = new Set(
      counterIds
        .flatMap((id) => catalogue.countersById.get(id)?.skills ?? [])
        .map((skill) => skill.serviceId),
    );
    expect(services.filter(({ id }) => !served.has(id))).toEqual([]);
  });
});

describe('the rota', () => {
  const catalogue = indexCatalogue(1, demonstrationCatalogue());
  const all = catalogue.catalogue.counters.map(({ id }) => id);
  const posts = drawRota(createRandom(1), catalogue, all);

  it('opens every counter around the opening of the doors, not all at once', () => {
    const opening = posts.map(({ opensAt }) => opensAt);
    expect(Math.min(...opening)).toBeGreaterThan(8 * 60 + 20);
    expect(Math.max(...opening)).toBeLessThanOrEqual(8 * 60 + 35);
    expect(new Set(opening).size).toBe(all.length);
  });

  it('never leaves a service to nobody for a meal', () => {
    for (const noon of [12 * 60, 12 * 60 + 45]) {
      const eating = new Set(
        posts
          .filter(({ breaks }) =>
            breaks.some(({ from, to, reason }) => reason === 'meal' && from <= noon && noon < to),
          )
          .map(({ counterId }) => counterId),
      );
      expect(eating.size).toBeGreaterThan(all.length / 5);
      const deserted = [...catalogue.countersByService].filter(([, counters]) =>
        counters.every(({ id }) => eating.has(id)),
      );
      expect(deserted.map(([serviceId]) => serviceId)).toEqual([]);
    }
  });
});
