import { expect, test } from 'vitest';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import { checkFolder } from '#hall-server/catalogue-import/command-line.ts';
import { importCatalogue } from '#hall-server/catalogue-import/import-catalogue.ts';
import { readCatalogueFolder } from '#hall-server/catalogue-import/read-folder.ts';

const folder = 'hall-server/reference-hall';

function theHall(): Catalogue {
  const result = importCatalogue(readCatalogueFolder(folder));
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.catalogue;
}

const hall = theHall();

function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

test('the hall has its true size', () => {
  const { zones, units, counters, matters, services } = hall;
  expect([zones.length, units.length, counters.length, matters.length]).toEqual([9, 63, 189, 2323]);
  expect(services.length).toBeGreaterThanOrEqual(240);
  expect(services.length).toBeLessThanOrEqual(320);
});

test('the first line that an administrator reads says so', () => {
  expect(checkFolder([folder])).toEqual({
    exitCode: 0,
    lines: [expect.stringContaining('9 zones, 63 units, 189 counters, 266 services, 2323 matters')],
  });
});

test('every name is Chinese in zh, and plain letters in en, which a slip prints one column wide', () => {
  const { zones, units, services, matters, priorityClasses } = hall;
  const names = [
    ...[zones, units, services, matters, priorityClasses].flatMap((part) => part.map(({ name }) => name)),
    ...services.flatMap(({ bring }) => bring),
  ];
  expect(names.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([]);
  expect(names.filter(({ en }) => !/^[\x20-\x7e]*[A-Za-z][\x20-\x7e]*$/.test(en))).toEqual([]);
});

test('no two matters and no two services have the same name, in either language', () => {
  for (const part of [hall.matters, hall.services]) {
    expect(repeated(part.map(({ name }) => name.zh))).toEqual([]);
    expect(repeated(part.map(({ name }) => name.en))).toEqual([]);
  }
});

test('every unit has a service, every service a matter, every series a service', () => {
  const ofUnit = new Set(hall.services.map(({ unitId }) => unitId));
  const ofService = new Set(hall.matters.map(({ serviceId }) => serviceId));
  const ofSeries = new Set(hall.services.map(({ seriesId }) => seriesId));
  expect(hall.units.filter(({ id }) => !ofUnit.has(id))).toEqual([]);
  expect(hall.services.filter(({ id }) => !ofService.has(id))).toEqual([]);
  expect(hall.series.filter(({ id }) => !ofSeries.has(id))).toEqual([]);
});

test('a first-duty counter stands in the zone to which a service sends its visitors', () => {
  const here = new Set(
    hall.counters.flatMap(({ zoneId, skills }) =>
      skills.filter(({ preference }) => preference === 1).map(({ serviceId }) => `${serviceId} ${zoneId}`),
    ),
  );
  expect(hall.services.filter(({ id, zoneId }) => !here.has(`${id} ${zoneId}`))).toEqual([]);
});

test('a series is called in one zone only, and its letter is the letter on that zone’s counters', () => {
  for (const service of hall.services) {
    const prefix = hall.series.find(({ id }) => id === service.seriesId)?.prefix ?? '';
    const labels = hall.counters.filter(({ zoneId }) => zoneId === service.zoneId).map(({ label }) => label);
    expect(labels.filter((label) => !label.startsWith(prefix.slice(0, 1)))).toEqual([]);
  }
});

test('twelve services are offered first, each at its own place', () => {
  const places = hall.services.flatMap(({ frequent }) => (frequent === undefined ? [] : [frequent]));
  expect(places.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('demand falls off as in a real hall: a tenth of the services bring about half of the visitors', () => {
  const demands = hall.services.map(({ demand }) => demand).sort((a, b) => b - a);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const share = sum(demands.slice(0, Math.round(demands.length / 10))) / sum(demands);
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});

test('only staff give the green channel, and nobody overtakes without end', () => {
  const offered = hall.priorityClasses.filter(({ selfService }) => selfService).map(({ id }) => id);
  expect(offered).toEqual(['veteran', 'disabled', 'infant', 'senior', 'ordinary']);
  expect(hall.priorityClasses.map(({ maxOvertakes }) => maxOvertakes)).toEqual([3, 3, 3, 3, 3, 0]);
});

test('hall and rules are what hall.csv says', () => {
  expect(hall.rules).toEqual({
    maxRecalls: 2,
    noShowAfterMs: 60_000,
    noShowBlockMs: 180_000,
    returnBehind: 3,
    preferenceYieldsAfterMs: 900_000,
    reopenWithinMs: 600_000,
    rollOverAt: '03:00',
  });
  expect(hall.hall).toMatchObject({ id: 'reference-hall', timeZone: 'Asia/Shanghai', hotline: '12345' });
  expect(hall.hall.openingDays.at(-2)).toEqual({ weekday: 6, spans: [{ from: '09:00', to: '12:00' }] });
  expect(hall.hall.openingDays.at(-1)).toEqual({ weekday: 7, spans: [] });
});
