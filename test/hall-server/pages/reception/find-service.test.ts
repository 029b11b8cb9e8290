import { describe, expect, test } from 'vitest';
import type { Service } from '#domain/catalogue/schema.ts';
import { findServices, findableServices, ticketNumberIn } from '#hall-server/pages/reception/find-service.ts';

const text = (zh: string, en: string) => ({ zh, en });
const service = (id: string, zh: string, en: string, changes: Partial<Service> = {}): Service => ({
  id,
  name: text(zh, en),
  unitId: 'estate',
  zoneId: 'estate',
  seriesId: 'b',
  demand: 1,
  bring: [],
  quotas: [],
  hours: [],
  ...changes,
});
const services = [
  service('vehicle', '机动车转移登记', 'Transfer of vehicles', {
    unitId: 'traffic',
    zoneId: 'police',
    seriesId: 'dc',
  }),
  service('home', '存量房转移登记', 'Transfer of a home', { demand: 5 }),
  service('mortgage', '不动产抵押登记', 'Mortgage registration', { demand: 2 }),
  service('mortgage-release', '抵押权注销', 'Release of a mortgage', { demand: 9 }),
];
const series = [
  { id: 'b', prefix: 'B', digits: 3 },
  { id: 'dc', prefix: 'DC', digits: 4 },
];
const units = [
  { id: 'estate', name: text('不动产登记中心', 'Real Estate Centre'), zoneId: 'estate' },
  { id: 'traffic', name: text('车辆管理所', 'Vehicle Office'), zoneId: 'police' },
];
const zones = [
  { id: 'police', name: text('公安服务区', 'Police'), floor: '2F', sort: 2 },
  { id: 'estate', name: text('不动产登记区', 'Real Estate'), floor: '1F', sort: 1 },
];
const byId = <Row extends { readonly id: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.id, row]));
const all = findableServices({
  catalogue: { services, series },
  unitsById: byId(units),
  zonesById: byId(zones),
});
const found = (query: string): readonly string[] => findServices(all, query).map((item) => item.service.id);

describe('finding a service', () => {
  test('an empty query shows the hall zone by zone, the most wanted first', () => {
    expect(found(' ')).toEqual(['mortgage-release', 'home', 'mortgage', 'vehicle']);
  });

  test('a name that begins with the word stands before one that contains it, whatever the demand', () => {
    expect(found('mortgage')).toEqual(['mortgage', 'mortgage-release']);
    expect(found('抵押')).toEqual(['mortgage-release', 'mortgage']);
  });

  test('every word has to be found, in the name, the unit or the zone', () => {
    expect(found('不动产 转移')).toEqual(['home']);
    expect(found('police transfer')).toEqual(['vehicle']);
    expect(found('公安 抵押')).toEqual([]);
  });

  test('the letters of a series find its services, in any case and width', () => {
    expect(found('ＤＣ')).toEqual(['vehicle']);
    expect(found('B')).toEqual(['mortgage-release', 'home', 'mortgage']);
  });
});

describe('a number in the search line', () => {
  test.each([
    ['b12', 'B012'],
    ['B-012', 'B012'],
    ['Ｂ０１２', 'B012'],
    ['dc 7', 'DC0007'],
    ['b1234', 'B1234'],
  ])('%s is %s', (query, number) => {
    expect(ticketNumberIn(query, series)).toBe(number);
  });

  test.each(['', 'b', '12', 'x12', 'b12x', 'b123456', '不动产'])('%j is none', (query) => {
    expect(ticketNumberIn(query, series)).toBeUndefined();
  });
});
