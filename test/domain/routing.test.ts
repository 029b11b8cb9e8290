import { describe, expect, it } from 'vitest';
import { whySchema } from '#domain/events/schemas.ts';
import { aCatalogue, aClass, aCounter, MINUTE_MS } from '#test/support/builders.ts';
import { aHallDay, bodyOf, codeOf, numberOf, succeed, type HallDay } from '#test/support/hall-day.ts';

/** Calls at a counter until nobody waits, each visitor let go at once. Returns the numbers in order. */
function callAll(hall: HallDay, counterId: string): string[] {
  const numbers: string[] = [];
  for (;;) {
    const outcome = hall.callNext(counterId);
    if (!outcome.ok) return numbers;
    numbers.push(numberOf(outcome));
    succeed(hall.start(counterId));
    succeed(hall.finish(counterId));
  }
}

describe('first come, first served', () => {
  it('within a service', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    for (let i = 0; i < 4; i += 1) hall.take('deeds');
    expect(callAll(hall, 'c1')).toEqual(['A001', 'A002', 'A003', 'A004']);
  });

  it('across the services that a counter does with the same preference', () => {
    const hall = aHallDay();
    succeed(hall.open('c6'));
    for (const service of ['invoice', 'tax', 'invoice', 'tax']) hall.take(service);
    expect(callAll(hall, 'c6')).toEqual(['B001', 'B002', 'B003', 'B004']);
  });

  it('only what the counter can do', () => {
    const hall = aHallDay();
    succeed(hall.open('c4'));
    hall.take('deeds');
    expect(codeOf(hall.callNext('c4'))).toBe('nobody-waiting');
    expect(codeOf(hall.callTicket('c4', 'A001', 'correction'))).toBe('counter-cannot-serve');
  });
});

describe('priority', () => {
  it('passes at most as many as its class may: two seniors, then the one who came first', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds');
    for (let i = 0; i < 5; i += 1) hall.take('deeds', 'senior');
    expect(callAll(hall, 'c1')).toEqual(['A002', 'A003', 'A001', 'A004', 'A005', 'A006']);
  });

  it('of a better rank goes first, each with a cap of its own', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds');
    for (const classId of ['senior', 'senior', 'green', 'green'])
      hall.take('deeds', classId, { role: 'reception' });
    // green 4 and 5 pass everybody; a senior may no longer pass A001, whom two have passed.
    expect(callAll(hall, 'c1')).toEqual(['A004', 'A005', 'A001', 'A002', 'A003']);
  });

  it('is held against those of other services that wait for the same counter', () => {
    const hall = aHallDay();
    succeed(hall.open('c2'));
    hall.take('fund');
    for (let i = 0; i < 4; i += 1) hall.take('deeds', 'senior');
    expect(callAll(hall, 'c2')).toEqual(['A002', 'A003', 'A001', 'A004', 'A005']);
  });

  it('never starves the ordinary, however many seniors keep coming', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    for (let i = 0; i < 3; i += 1) hall.take('deeds');
    const called: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      hall.take('deeds', 'senior');
      called.push(numberOf(hall.callNext('c1')));
      succeed(hall.start('c1'));
      succeed(hall.finish('c1'));
    }
    expect(called.slice(0, 5)).toEqual(['A004', 'A005', 'A001', 'A002', 'A003']);
  });

  it('is kept by whoever holds a class that a new catalogue leaves out: such a ticket is still called', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds', 'senior');
    hall.store(2, aCatalogue({ priorityClasses: [aClass('ordinary', 5, 0)] }));
    succeed(hall.send('catalogue.publish', { version: 2 }));
    expect(numberOf(hall.callNext('c1'))).toBe('A001');
  });
});

describe('preference', () => {
  it("goes before order: a counter's first duty comes first", () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('fund');
    hall.take('deeds');
    expect(callAll(hall, 'c1')).toEqual(['A002', 'A001']);
  });

  it('yields to whoever has waited long', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('fund');
    hall.advance(20 * MINUTE_MS - 1);
    hall.take('deeds');
    expect(numberOf(hall.callNext('c1'))).toBe('A002');
    succeed(hall.requeue('c1'));
    hall.advance(1);
    expect(numberOf(hall.callNext('c1'))).toBe('A001');
  });
});

describe('a counter that a new catalogue leaves out', () => {
  it('can still let its visitor go and close', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds');
    hall.callNext('c1');
    hall.store(2, aCatalogue({ counters: [aCounter('c2', { deeds: 1 })] }));
    succeed(hall.send('catalogue.publish', { version: 2 }));
    expect(codeOf(hall.start('c1'))).toBe('ok');
    expect(codeOf(hall.finish('c1'))).toBe('ok');
    expect(codeOf(hall.callNext('c1'))).toBe('nobody-waiting');
    expect(codeOf(hall.close('c1'))).toBe('ok');
    expect(codeOf(hall.open('c1'))).toBe('unknown-counter');
  });
});

describe('why', () => {
  it('says first-come, priority, the cap, and by hand', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds');
    for (let i = 0; i < 3; i += 1) hall.take('deeds', 'senior');
    hall.take('deeds');
    const rules: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      rules.push(bodyOf(hall.callNext('c1'), 'ticket.called').why.rule);
      succeed(hall.start('c1'));
      succeed(hall.finish('c1'));
    }
    expect(codeOf(hall.callTicket('c1', 'A005'))).toBe('reason-required');
    const byHand = bodyOf(hall.callTicket('c1', 'A005', 'accessibility'), 'ticket.called');
    expect([...rules, byHand.why.rule]).toEqual(['priority', 'priority', 'overtake-cap', 'by-hand']);
    expect(byHand).toMatchObject({ why: { reason: 'accessibility' }, overtook: [] });
  });

  it('needs no reason when the number called is the one whose turn it is', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds');
    const { why } = bodyOf(hall.callTicket('c1', 'A001'), 'ticket.called');
    expect(why.rule).toBe('first-come');
    expect(why).not.toHaveProperty('reason');
  });

  it('counts and lists those who could have been called here, in order, with their waits', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds');
    hall.advance(MINUTE_MS);
    hall.take('deeds', 'senior');
    hall.advance(MINUTE_MS);
    for (let i = 0; i < 6; i += 1) hall.take('deeds');
    hall.take('tax');
    const called = bodyOf(hall.callNext('c1'), 'ticket.called');
    expect(called).toMatchObject({
      number: 'A002',
      overtook: ['deeds'],
      why: { rule: 'priority', eligible: 8, priority: 1 },
    });
    expect(
      called.why.considered.map(({ number, waitedMs, overtaken }) => [number, waitedMs, overtaken]),
    ).toEqual([
      ['A001', 2 * MINUTE_MS, 0],
      ['A002', MINUTE_MS, 0],
      ['A003', 0, 0],
      ['A004', 0, 0],
      ['A005', 0, 0],
    ]);
    succeed(hall.start('c1'));
    succeed(hall.finish('c1'));
    expect(bodyOf(hall.callNext('c1'), 'ticket.called').why.considered[0]).toMatchObject({
      number: 'A001',
      overtaken: 1,
    });
  });

  it('leaves out those who are kept for another counter or for later', () => {
    const hall = aHallDay({ rules: { noShowAfterMs: 0, returnBehind: 0 } });
    succeed(hall.open('c1'));
    succeed(hall.open('c2'));
    for (let i = 0; i < 3; i += 1) hall.take('deeds');
    succeed(hall.callNext('c1'));
    succeed(hall.transfer('c1', 'deeds', 'c2'));
    succeed(hall.callNext('c1'));
    succeed(hall.noShow('c1'));
    succeed(hall.reinstate('A002'));
    const { number, why } = bodyOf(hall.callNext('c1'), 'ticket.called');
    expect(number).toBe('A003');
    expect(why).toMatchObject({ rule: 'first-come', eligible: 1, considered: [{ number: 'A003' }] });
  });

  it('is at most 1 kB in the widest case', () => {
    const widest = {
      rule: 'overtake-cap' as const,
      eligible: 99_999,
      priority: 99_999,
      considered: Array.from({ length: 5 }, () => ({
        number: 'AA99999',
        classId: 'c'.repeat(40),
        waitedMs: 86_400_000,
        overtaken: 65_000,
      })),
      reason: 'visitor-request' as const,
    };
    expect(JSON.stringify(whySchema.parse(widest)).length).toBeLessThanOrEqual(1024);
  });
});
