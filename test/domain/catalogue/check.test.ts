import { describe, expect, test } from 'vitest';
import { checkCatalogue } from '#domain/catalogue/check.ts';
import type { CheckedCatalogue } from '#domain/catalogue/check.ts';

const name = { zh: '名称', en: 'Name' };

function aCatalogue(): CheckedCatalogue {
  return {
    hall: {
      timeZone: 'Asia/Shanghai',
      openingDays: [{ weekday: 1, spans: [{ from: '08:30', to: '17:30' }] }],
    },
    zones: [{ id: 'estate', name, floor: '1F', sort: 1 }],
    units: [{ id: 'registry', name, zoneId: 'estate' }],
    series: [{ id: 'b', prefix: 'B', digits: 3 }],
    services: [aService('transfer'), aService('mortgage')],
    matters: [{ id: 'transfer-01', name, serviceId: 'transfer', unitId: 'registry' }],
    counters: [aCounter('b01', ['transfer', 1], ['mortgage', 2]), aCounter('b02', ['mortgage', 1])],
    priorityClasses: [{ id: 'ordinary', name, rank: 9, maxOvertakes: 0, selfService: true }],
  };
}

function aService(id: string) {
  const refers = { unitId: 'registry', zoneId: 'estate', seriesId: 'b' };
  return { id, name, ...refers, demand: 1, bring: [], quotas: [], hours: [] };
}

function aCounter(id: string, ...skills: (readonly [string, number])[]) {
  return {
    id,
    label: id.toUpperCase(),
    zoneId: 'estate',
    unitId: 'registry',
    skills: skills.map(([serviceId, preference]) => ({ serviceId, preference })),
  };
}

/** What is found after one thing was changed, as "code collection[index].field". */
function foundAfter(change: (catalogue: CheckedCatalogue) => void): readonly string[] {
  const catalogue = aCatalogue();
  change(catalogue);
  return checkCatalogue(catalogue).map(
    ({ code, collection, index, field }) => `${code} ${collection}[${index ?? ''}].${field ?? ''}`,
  );
}

test('a sound catalogue has no problem', () => {
  expect(checkCatalogue(aCatalogue())).toEqual([]);
});

describe('each breach is found at its place, and nothing else with it', () => {
  test.each<[string, (catalogue: CheckedCatalogue) => void, string]>([
    ['an id used twice', (c) => c.zones.push(c.zones[0]!), 'duplicate-id zones[1].id'],
    ['a matter id used twice', (c) => c.matters.push(c.matters[0]!), 'duplicate-id matters[1].id'],
    [
      'a label used twice',
      (c) => c.counters.push({ ...c.counters[0]!, id: 'b03' }),
      'duplicate-label counters[2].label',
    ],
    [
      'a prefix used twice',
      (c) => c.series.push({ ...c.series[0]!, id: 'b2' }),
      'duplicate-prefix series[1].prefix',
    ],
    [
      'a service twice at one counter',
      (c) => c.counters[1]!.skills.push({ serviceId: 'mortgage', preference: 2 }),
      'duplicate-skill counters[1].skills',
    ],
    [
      'a weekday twice',
      (c) => c.hall.openingDays.push({ weekday: 1, spans: [] }),
      'duplicate-weekday openingDays[1].weekday',
    ],
    ['the unit of no zone', (c) => (c.units[0]!.zoneId = 'nowhere'), 'unknown-reference units[0].zoneId'],
    [
      'the service of no unit',
      (c) => (c.services[1]!.unitId = 'nobody'),
      'unknown-reference services[1].unitId',
    ],
    [
      'the service of no zone',
      (c) => (c.services[1]!.zoneId = 'nowhere'),
      'unknown-reference services[1].zoneId',
    ],
    [
      'the service of no series',
      (c) => (c.services[1]!.seriesId = 'z'),
      'unknown-reference services[1].seriesId',
    ],
    [
      'the matter of no service',
      (c) => (c.matters[0]!.serviceId = 'nothing'),
      'unknown-reference matters[0].serviceId',
    ],
    [
      'the matter of no unit',
      (c) => (c.matters[0]!.unitId = 'nobody'),
      'unknown-reference matters[0].unitId',
    ],
    [
      'the counter of no zone',
      (c) => (c.counters[0]!.zoneId = 'nowhere'),
      'unknown-reference counters[0].zoneId',
    ],
    [
      'the counter of no unit',
      (c) => (c.counters[0]!.unitId = 'nobody'),
      'unknown-reference counters[0].unitId',
    ],
    [
      'a skill in no service',
      (c) => c.counters[0]!.skills.push({ serviceId: 'nothing', preference: 2 }),
      'unknown-reference counters[0].skills',
    ],
    [
      'a service that counters only help out with',
      (c) => (c.counters[0]!.skills[0]!.preference = 2),
      'service-without-first-duty services[0].id',
    ],
    [
      'no ordinary class',
      (c) => (c.priorityClasses[0]!.id = 'senior'),
      'no-ordinary-class priorityClasses[].id',
    ],
    [
      'opening hours that end before they start',
      (c) => c.hall.openingDays[0]!.spans.splice(0, 1, { from: '17:30', to: '08:30' }),
      'backward-span openingDays[0].spans',
    ],
    [
      'hours that overlap, in any order',
      (c) => c.services[0]!.hours.push({ from: '11:00', to: '13:00' }, { from: '08:30', to: '11:30' }),
      'overlapping-spans services[0].hours',
    ],
    [
      'the quota of an empty span',
      (c) => c.services[0]!.quotas.push({ limit: 5, span: { from: '09:00', to: '09:00' } }),
      'backward-span services[0].quotas',
    ],
  ])('%s', (_, change, found) => {
    expect(foundAfter(change)).toEqual([found]);
  });
});

test('quotas of a day and of a part of it stand side by side, and spans may touch', () => {
  const found = foundAfter((c) => {
    c.services[0]!.quotas.push({ limit: 60 }, { limit: 30, span: { from: '08:30', to: '12:00' } });
    c.services[0]!.hours.push({ from: '08:30', to: '12:00' }, { from: '12:00', to: '17:30' });
  });
  expect(found).toEqual([]);
});

test('an unknown time zone is a problem, one that could not be read is not', () => {
  const { hall, ...rest } = aCatalogue();
  const mars = checkCatalogue({ ...rest, hall: { ...hall, timeZone: 'Mars/Olympus' } });
  expect(mars.map(({ code }) => code)).toEqual(['unknown-time-zone']);
  expect(checkCatalogue({ ...rest, hall: { openingDays: hall.openingDays } })).toEqual([]);
});

test('a duplicate names the row that was there first, a broken reference what it named', () => {
  const catalogue = aCatalogue();
  catalogue.matters.push({ ...catalogue.matters[0]!, serviceId: 'nothing' });
  expect(checkCatalogue(catalogue)).toMatchObject([
    { code: 'duplicate-id', index: 1, firstIndex: 0 },
    { code: 'unknown-reference', index: 1, target: { collection: 'services', id: 'nothing' } },
  ]);
});
