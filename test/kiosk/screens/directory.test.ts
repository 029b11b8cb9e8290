import { expect, test } from 'vitest';
import {
  floorLabel,
  frequentServices,
  placeOf,
  servicesByUnit,
  zonesInOrder,
} from '#kiosk/screens/directory.ts';
import { aService } from '#test/support/builders.ts';
import { aScreenCatalogue } from './kiosk-builders.ts';

const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

test('the home screen shows the frequent services, in the order of their rank', () => {
  const services = [
    aService('third', { frequent: 12 }),
    aService('rare'),
    aService('first', { frequent: 1 }),
    aService('second', { frequent: 2 }),
  ];
  expect(ids(frequentServices(aScreenCatalogue({ services })))).toEqual(['first', 'second', 'third']);
});

test('zones come in their own order, and one without services is not a way to anything', () => {
  const name = { zh: '区', en: 'Zone' };
  const zones = [
    { id: 'tax', name, floor: '2F', sort: 2 },
    { id: 'empty', name, floor: '3F', sort: 0 },
    { id: 'general', name, floor: '1F', sort: 1 },
  ];
  expect(ids(zonesInOrder(aScreenCatalogue({ zones })))).toEqual(['general', 'tax']);
});

test('the services of a zone stand under their units, the most asked for first', () => {
  const services = [
    aService('permit', { unitId: 'police' }),
    aService('deeds', { demand: 2 }),
    aService('fund', { demand: 9 }),
    aService('tax', { unitId: 'tax-office', zoneId: 'tax' }),
  ];
  const units = servicesByUnit(aScreenCatalogue({ services }), 'general');
  expect(units.map(({ unit, services: own }) => [unit.id, ...ids(own)])).toEqual([
    ['housing', 'fund', 'deeds'],
    ['police', 'permit'],
  ]);
});

test('a floor is named once: by its number, or by the name it has', () => {
  expect(['3F', '12F', 'B1', 'G'].map(floorLabel)).toEqual(['3', '12', 'B1', 'G']);
});

test('a service is found by zone, floor and counters', () => {
  const catalogue = aScreenCatalogue();
  const tax = catalogue.servicesById.get('tax')!;
  expect(placeOf(catalogue, tax)).toEqual({
    zone: { zh: '办税区', en: 'Tax' },
    floor: '2',
    counters: 'C5 C6 C8',
  });
  expect(placeOf(catalogue, { ...tax, zoneId: 'gone' })).toBeUndefined();
});
