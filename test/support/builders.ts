import type { Catalogue, Counter, PriorityClass, Rules, Service } from '#domain/catalogue/schema.ts';

const text = (zh: string, en = zh) => ({ zh, en });

export const MINUTE_MS = 60_000;

export function aService(id: string, changes: Partial<Service> = {}): Service {
  return {
    id,
    name: text(`业务${id}`, `Service ${id}`),
    unitId: 'housing',
    zoneId: 'general',
    seriesId: 'a',
    demand: 1,
    bring: [],
    quotas: [],
    hours: [],
    ...changes,
  };
}

export function aCounter(
  id: string,
  skills: Readonly<Record<string, number>>,
  changes: Partial<Counter> = {},
): Counter {
  return {
    id,
    label: id.toUpperCase(),
    zoneId: 'general',
    unitId: 'housing',
    skills: Object.entries(skills).map(([serviceId, preference]) => ({ serviceId, preference })),
    ...changes,
  };
}

export function aClass(id: string, rank: number, maxOvertakes: number, selfService = true): PriorityClass {
  return { id, name: text(id), rank, maxOvertakes, selfService };
}

export interface CatalogueChanges extends Partial<Omit<Catalogue, 'rules'>> {
  readonly rules?: Partial<Rules>;
}

export const defaultRules: Rules = {
  maxRecalls: 3,
  noShowAfterMs: MINUTE_MS,
  noShowBlockMs: 5 * MINUTE_MS,
  returnBehind: 3,
  preferenceYieldsAfterMs: 20 * MINUTE_MS,
  reopenWithinMs: 5 * MINUTE_MS,
  rollOverAt: '03:00',
};

/**
 * A small hall, 2 zones, 3 units, 6 services, 8 counters, the classes ordinary, senior and green. It opens on weekdays
 * 08:30–12:00 and 13:30–17:30; c1–c3 do housing and fund first, c4 only fund, c5–c6 tax, c7 police, c8 everything last.
 */
export function aCatalogue({ rules, ...changes }: CatalogueChanges = {}): Catalogue {
  const spans = [
    { from: '08:30', to: '12:00' },
    { from: '13:30', to: '17:30' },
  ];
  return {
    hall: {
      id: 'small-hall',
      name: text('小大厅', 'Small hall'),
      timeZone: 'Asia/Shanghai',
      hotline: '12345',
      openingDays: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, spans })),
    },
    rules: { ...defaultRules, ...rules },
    zones: [
      { id: 'general', name: text('综合区', 'General'), floor: '1F', sort: 1 },
      { id: 'tax', name: text('办税区', 'Tax'), floor: '2F', sort: 2 },
    ],
    units: [
      { id: 'housing', name: text('不动产', 'Housing'), zoneId: 'general' },
      { id: 'police', name: text('公安', 'Police'), zoneId: 'general' },
      { id: 'tax-office', name: text('税务', 'Tax office'), zoneId: 'tax' },
    ],
    series: [
      { id: 'a', prefix: 'A', digits: 3 },
      { id: 'b', prefix: 'B', digits: 3 },
    ],
    services: [
      aService('deeds'),
      aService('fund'),
      aService('permit', { unitId: 'police' }),
      aService('tax', { unitId: 'tax-office', zoneId: 'tax', seriesId: 'b' }),
      aService('invoice', { unitId: 'tax-office', zoneId: 'tax', seriesId: 'b' }),
      aService('advice', { unitId: 'police', quotas: [{ limit: 3 }] }),
    ],
    matters: [],
    counters: [
      aCounter('c1', { deeds: 1, fund: 2 }),
      aCounter('c2', { deeds: 1, fund: 1 }),
      aCounter('c3', { deeds: 1, fund: 2, advice: 2 }),
      aCounter('c4', { fund: 1 }),
      aCounter('c5', { tax: 1, invoice: 2 }, { zoneId: 'tax', unitId: 'tax-office' }),
      aCounter('c6', { tax: 1, invoice: 1 }, { zoneId: 'tax', unitId: 'tax-office' }),
      aCounter('c7', { permit: 1, advice: 1 }, { unitId: 'police' }),
      aCounter('c8', { deeds: 9, fund: 9, permit: 9, tax: 9, invoice: 9, advice: 9 }),
    ],
    priorityClasses: [aClass('ordinary', 5, 0), aClass('senior', 1, 2), aClass('green', 0, 3, false)],
    ...changes,
  };
}
