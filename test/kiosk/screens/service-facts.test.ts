import { describe, expect, test } from 'vitest';
import { healthOf, vainBecause } from '#kiosk/screens/health.ts';
import { factsOf } from '#kiosk/screens/service-facts.ts';
import { aHallNow, aServiceView, at } from './kiosk-builders.ts';

const visitor = { classId: 'ordinary', hallDidNotAnswer: false };
const deedsOf = (hall = aHallNow()) => hall.catalogue.servicesById.get('deeds')!;

test('before a number one is told where, how many, and whether there is paper', () => {
  const hall = aHallNow();
  expect(factsOf(hall, deedsOf(hall), visitor)).toEqual({
    place: { zone: { zh: '综合区', en: 'General' }, floor: '1', counters: 'C1-C3 C8' },
    issuing: { kind: 'now', until: '12:00' },
    ahead: 3,
    left: undefined,
    hasCounter: true,
    hasPaper: true,
    obstacle: undefined,
  });
});

test("today's queue and quota are not told of a number for another day", () => {
  const hall = aHallNow({
    minuteMs: at('18:00'),
    day: { businessDate: '2026-11-23', nextDate: '2026-11-24', status: 'open', catalogueVersion: 1 },
    views: { 'service:deeds': aServiceView({ waiting: { ordinary: 3 }, left: 0, openCounters: 0 }) },
  });
  const facts = factsOf(hall, deedsOf(hall), visitor);
  expect(facts).toMatchObject({ ahead: undefined, left: undefined, hasCounter: true, obstacle: undefined });
});

test('a closed counter and an empty printer are said beforehand', () => {
  const hall = aHallNow({
    views: { 'service:deeds': aServiceView({ openCounters: 0 }) },
    devices: { printer: { state: 'gone' } },
  });
  expect(factsOf(hall, deedsOf(hall), visitor)).toMatchObject({ hasCounter: false, hasPaper: false });
});

describe('with the hall away', () => {
  const hall = aHallNow({ health: 'hall-away' });

  test('a number can be asked for: the terminal may issue by itself', () => {
    expect(factsOf(hall, deedsOf(hall), visitor).obstacle).toBeUndefined();
  });

  test('after it was in vain, asking is disabled until the hall is heard', () => {
    expect(factsOf(hall, deedsOf(hall), { ...visitor, hallDidNotAnswer: true }).obstacle).toBe('hall-away');
    expect(vainBecause('well', true)).toBeUndefined();
  });

  test('with nobody to send it to, asking is disabled at once', () => {
    expect(vainBecause('cut', false)).toBe('cut');
  });
});

test('the hall is away when it is silent, or when the terminal says so', () => {
  expect(healthOf({ connected: true, stale: false }, undefined)).toBe('well');
  expect(healthOf({ connected: true, stale: false }, { online: false })).toBe('hall-away');
  expect(healthOf({ connected: true, stale: true }, { online: true })).toBe('hall-away');
  expect(healthOf({ connected: false, stale: true }, { online: true })).toBe('cut');
});
