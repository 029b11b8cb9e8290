import { describe, expect, test } from 'vitest';
import type { TicketView } from '#domain/views/ticket.ts';
import { fetchCatalogue, lookUp } from '#hall-server/pages/visit/adapters/hall.ts';
import {
  afterLook,
  isForLaterDay,
  isNewCall,
  isStale,
  languageOf,
  nextLookMs,
  visitKeyOf,
  wasSentOn,
  whereaboutsOf,
} from '#hall-server/pages/visit/visit.ts';
import type { Look, Seen } from '#hall-server/pages/visit/visit.ts';
import type { VisitView } from '#protocol/visit.ts';
import { aCatalogue } from '#test/support/builders.ts';

const aTicket = (changes: Partial<TicketView> = {}): TicketView => ({
  ticketId: 't-1',
  number: 'A001',
  businessDate: '2026-11-23',
  serviceId: 'tax',
  classId: 'ordinary',
  status: 'waiting',
  takenAt: 0,
  peopleAhead: 2,
  legs: [{ serviceId: 'tax', status: 'waiting' }],
  ...changes,
});
const aVisit = (
  changes: Partial<TicketView> = {},
  now = Date.parse('2026-11-23T09:00+08:00'),
): VisitView => ({
  ticket: aTicket(changes),
  hall: { zh: '小大厅', en: 'Small hall' },
  catalogueVersion: 1,
  now,
});
const seenAt = (heardAtMs: number, look: Look | undefined = { status: 'seen', visit: aVisit() }): Seen => ({
  look,
  heardAtMs,
  failures: 0,
});
const nothing: Seen = { look: undefined, heardAtMs: 0, failures: 0 };

test('the handle is what follows /v/', () => {
  expect(visitKeyOf('/v/abc-DEF_123')).toBe('abc-DEF_123');
  expect(visitKeyOf('/v/abc/')).toBe('abc');
  expect(visitKeyOf('/visit/')).toBe('');
});

test('whoever reads Chinese at all is met in Chinese', () => {
  expect(languageOf(['zh-TW', 'en'])).toBe('zh-CN');
  expect(languageOf(['en-GB', 'zh-CN'])).toBe('zh-CN');
  expect(languageOf(['en-GB', 'fr'])).toBe('en');
  expect(languageOf([])).toBe('zh-CN');
});

describe('looking again', () => {
  test('a look that fails keeps what was seen, and lets it grow old', () => {
    const lost = afterLook(
      afterLook(seenAt(1_000), { status: 'failed' }, 6_000),
      { status: 'failed' },
      12_000,
    );
    expect(lost).toEqual({ ...seenAt(1_000), failures: 2 });
    expect([isStale(lost, 16_000), isStale(lost, 16_001)]).toEqual([false, true]);
    expect(afterLook(lost, { status: 'unknown' }, 20_000)).toEqual({
      look: { status: 'unknown' },
      heardAtMs: 20_000,
      failures: 0,
    });
  });

  test('with nothing seen before, a failure is shown as one, and nothing is called old', () => {
    const failed = afterLook(nothing, { status: 'failed' }, 5_000);
    expect(failed.look).toEqual({ status: 'failed' });
    expect(isStale(failed, 3_600_000)).toBe(false);
  });

  test('a phone that was in a pocket for an hour says so before the next answer comes', () => {
    expect(isStale(seenAt(0), 3_600_000)).toBe(true);
  });

  test('comes every 5 s, and up to six times as slowly while the hall does not answer', () => {
    expect(nextLookMs(seenAt(0))).toBe(5_000);
    const waits = [1, 2, 3, 4, 9].map((failures) => nextLookMs({ ...seenAt(0), failures }));
    expect(waits).toEqual([5_000, 10_000, 20_000, 30_000, 30_000]);
  });

  test('comes slowly once the visit is over, and at full pace while a call may still come', () => {
    const paceOf = (status: TicketView['status']) =>
      nextLookMs(seenAt(0, { status: 'seen', visit: aVisit({ status }) }));
    for (const status of ['finished', 'cancelled', 'voided'] as const) expect(paceOf(status)).toBe(30_000);
    for (const status of ['called', 'serving', 'held', 'no-show'] as const)
      expect(paceOf(status)).toBe(5_000);
    expect(nextLookMs(seenAt(0, { status: 'unknown' }))).toBe(30_000);
  });
});

test('a call is new when it is the first, repeated, or from another counter', () => {
  const called = aTicket({ status: 'called', counterId: 'c1', calledAt: 10 });
  expect(isNewCall(undefined, called)).toBe(true);
  expect(isNewCall(aTicket(), called)).toBe(true);
  expect(isNewCall(called, { ...called, calledAt: 20 })).toBe(true);
  expect(isNewCall(called, { ...called, counterId: 'c2' })).toBe(true);
  expect(isNewCall(called, called)).toBe(false);
  expect(isNewCall(called, { ...called, status: 'serving' })).toBe(false);
});

describe('where to go', () => {
  const catalogue = aCatalogue();

  test('is the zone of the service until there is a counter', () => {
    const { service, zone, floor, counterLabel } = whereaboutsOf(aTicket(), catalogue);
    expect([service?.id, zone?.id, floor, counterLabel]).toEqual(['tax', 'tax', '2', undefined]);
  });

  test('is the zone of the counter then, wherever the service belongs', () => {
    const { zone, counterLabel } = whereaboutsOf(aTicket({ status: 'called', counterId: 'c1' }), catalogue);
    expect(zone?.id).toBe('general');
    expect(counterLabel).toBe(catalogue.counters.find(({ id }) => id === 'c1')?.label);
  });

  test('is still a counter when the names cannot be had', () => {
    const { service, zone, counterLabel } = whereaboutsOf(aTicket({ counterId: 'b12' }), undefined);
    expect([service, zone, counterLabel]).toEqual([undefined, undefined, 'B12']);
  });
});

test('a number taken after closing is for a later day; the small hours belong to the day before', () => {
  const catalogue = aCatalogue();
  const at = (time: string) => Date.parse(`2026-11-${time}+08:00`);
  const ofTuesday = { businessDate: '2026-11-24' };
  expect(isForLaterDay(aVisit(ofTuesday, at('23T20:00')), catalogue)).toBe(true);
  expect(isForLaterDay(aVisit(ofTuesday, at('24T02:59')), catalogue)).toBe(true);
  expect(isForLaterDay(aVisit(ofTuesday, at('24T03:00')), catalogue)).toBe(false);
  expect(isForLaterDay(aVisit(), catalogue)).toBe(false);
});

test('a number is told that it was sent on', () => {
  const legs = (...statuses: TicketView['status'][]) =>
    statuses.map((status) => ({ serviceId: 'tax', status }));
  expect(wasSentOn(aTicket({ legs: legs('transferred', 'waiting') }))).toBe(true);
  expect(wasSentOn(aTicket({ legs: legs('waiting') }))).toBe(false);
});

describe('asking the hall', () => {
  const answering =
    (body: unknown, status = 200) =>
    () =>
      Promise.resolve(Response.json(body, { status }));

  test('tells an unknown number from a hall in trouble', async () => {
    const visit = aVisit();
    expect(await lookUp('k', answering(visit))).toEqual({ status: 'seen', visit });
    expect(await lookUp('k', answering({ ok: false, code: 'unknown-ticket' }, 404))).toEqual({
      status: 'unknown',
    });
    for (const code of ['rate-limited', 'storage-unavailable', 'origin-refused']) {
      expect(await lookUp('k', answering({ ok: false, code }, 503))).toEqual({ status: 'failed' });
    }
  });

  test('takes a cut connection and a broken answer as a failure', async () => {
    const broken = [
      () => Promise.reject(new TypeError('cut')),
      () => Promise.resolve(new Response('<html>')),
    ];
    for (const fetchFrom of broken) {
      expect(await lookUp('k', fetchFrom)).toEqual({ status: 'failed' });
      expect(await fetchCatalogue(1, fetchFrom)).toBeUndefined();
    }
    expect(await fetchCatalogue(1, answering({ ok: false }, 404))).toBeUndefined();
  });
});
