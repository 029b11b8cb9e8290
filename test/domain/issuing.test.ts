import { describe, expect, it } from 'vitest';
import { aCatalogue, aService } from '#test/support/builders.ts';
import { aHallDay, bodyOf, codeOf, MONDAY, numberOf, succeed, TUESDAY } from '#test/support/hall-day.ts';

describe('numbers', () => {
  it('count per series from 1, over all services of the series', () => {
    const hall = aHallDay();
    const numbers = ['deeds', 'tax', 'fund', 'invoice', 'deeds'].map((service) =>
      numberOf(hall.take(service)),
    );
    expect(numbers).toEqual(['A001', 'B001', 'A002', 'B002', 'A003']);
  });

  it('are never used again within the date, whatever became of the ticket', () => {
    const hall = aHallDay();
    succeed(hall.take('deeds'));
    succeed(hall.cancel('A001'));
    expect(numberOf(hall.take('deeds'))).toBe('A002');
  });

  it('begin again on the next date, with other ids', () => {
    const hall = aHallDay();
    const first = succeed(hall.take('deeds')).answer['ticketId'];
    succeed(hall.rollOver(TUESDAY));
    hall.at('09:00', TUESDAY);
    const second = succeed(hall.take('deeds')).answer;
    expect(second).toMatchObject({ number: 'A001', businessDate: TUESDAY });
    expect(second['ticketId']).not.toBe(first);
  });

  it('grow beyond their digits', () => {
    const hall = aHallDay();
    for (let i = 0; i < 999; i += 1) hall.take('deeds');
    expect(numberOf(hall.take('deeds'))).toBe('A1000');
  });

  it('pass those in use when a new catalogue gives the letters to another series', () => {
    const hall = aHallDay();
    hall.take('deeds');
    hall.take('deeds');
    const series = [{ id: 'new-a', prefix: 'A', digits: 3 }];
    const services = aCatalogue().services.map((service) => ({ ...service, seriesId: 'new-a' }));
    hall.store(2, aCatalogue({ series, services }));
    succeed(hall.send('catalogue.publish', { version: 2 }));
    expect([numberOf(hall.take('deeds')), numberOf(hall.take('fund'))]).toEqual(['A003', 'A004']);
  });

  it('come with how many are ahead: everybody of the same or a better rank', () => {
    const hall = aHallDay();
    const ahead = (classId: string, role: 'kiosk' | 'reception' = 'kiosk') =>
      succeed(hall.take('deeds', classId, { role })).answer['peopleAhead'];
    expect(ahead('ordinary')).toBe(0);
    expect(ahead('ordinary')).toBe(1);
    expect(ahead('senior')).toBe(0);
    expect(ahead('green', 'reception')).toBe(0);
    expect(ahead('senior')).toBe(2);
    expect(ahead('ordinary')).toBe(5);
  });
});

describe('what is issued', () => {
  it('is only what the catalogue knows', () => {
    const hall = aHallDay();
    expect(codeOf(hall.take('fishing'))).toBe('unknown-service');
    expect(codeOf(hall.take('deeds', 'royal'))).toBe('unknown-class');
  });

  it('is the green class by staff only', () => {
    const hall = aHallDay();
    expect(codeOf(hall.take('deeds', 'green'))).toBe('class-not-self-service');
    expect(codeOf(hall.take('deeds', 'green', { role: 'reception' }))).toBe('ok');
  });

  it('needs a day', () => {
    expect(codeOf(aHallDay({ opened: false }).take('deeds'))).toBe('day-not-open');
  });
});

describe('quotas', () => {
  it('end a service for the day, but not another one', () => {
    const hall = aHallDay();
    const codes = [1, 2, 3, 4].map(() => codeOf(hall.take('advice')));
    expect(codes).toEqual(['ok', 'ok', 'ok', 'quota-reached']);
    expect(codeOf(hall.take('deeds'))).toBe('ok');
  });

  it('do not come back with a cancelled ticket', () => {
    const hall = aHallDay({ services: [aService('advice', { quotas: [{ limit: 1 }] })] });
    hall.take('advice');
    succeed(hall.cancel('A001'));
    expect(codeOf(hall.take('advice'))).toBe('quota-reached');
  });

  it('hold by span, from its first minute up to its last', () => {
    const quotas = [{ limit: 1, span: { from: '09:00', to: '10:00' } }, { limit: 3 }];
    const hall = aHallDay({ services: [aService('advice', { quotas })] });
    const at = (time: string) => {
      hall.at(time);
      return codeOf(hall.take('advice'));
    };
    expect(at('08:59')).toBe('ok');
    expect(at('09:00')).toBe('ok');
    expect(at('09:59')).toBe('quota-reached');
    expect(at('10:00')).toBe('ok');
    expect(at('10:01')).toBe('quota-reached');
  });

  it('count for the date that the ticket is for', () => {
    const hall = aHallDay({ services: [aService('advice', { quotas: [{ limit: 1 }] })] });
    succeed(hall.take('advice'));
    succeed(hall.openDay(TUESDAY));
    hall.at('18:00');
    expect(codeOf(hall.take('advice'))).toBe('ok');
    expect(codeOf(hall.take('advice'))).toBe('quota-reached');
    succeed(hall.rollOver(TUESDAY));
    hall.at('09:00', TUESDAY);
    expect(codeOf(hall.take('advice'))).toBe('quota-reached');
  });
});

describe('hours', () => {
  it.each([
    ['08:29', 'service-closed-now'],
    ['08:30', 'ok'],
    ['11:59', 'ok'],
    ['12:00', 'service-closed-now'],
    ['13:30', 'ok'],
    ['17:29', 'ok'],
    ['17:30', 'hall-closed'],
    ['23:00', 'hall-closed'],
  ])('of the hall: at %s %s', (time, expected) => {
    const hall = aHallDay();
    hall.at(time);
    expect(codeOf(hall.take('deeds'))).toBe(expected);
  });

  it('of the service go before those of the hall', () => {
    const hall = aHallDay({ services: [aService('late', { hours: [{ from: '14:00', to: '20:00' }] })] });
    hall.at('09:00');
    expect(hall.take('late')).toMatchObject({ code: 'service-closed-now', details: { opensAt: '14:00' } });
    hall.at('19:59');
    expect(codeOf(hall.take('late'))).toBe('ok');
  });

  it('are none on a day on which the hall is shut', () => {
    const hall = aHallDay({ date: '2026-11-28' });
    expect(codeOf(hall.take('deeds'))).toBe('hall-closed');
  });
});

describe('the next date', () => {
  it('takes the numbers of the evening, from 1, and keeps them through the night', () => {
    const hall = aHallDay();
    succeed(hall.take('deeds'));
    succeed(hall.openDay(TUESDAY));
    expect(numberOf(hall.take('deeds'))).toBe('A002');
    hall.at('18:00');
    const evening = succeed(hall.take('deeds'));
    expect(evening.answer).toMatchObject({ number: 'A001', businessDate: TUESDAY });
    expect(evening.recorded[0]?.date).toBe(TUESDAY);
    succeed(hall.closeDay());
    expect(numberOf(hall.take('fund'))).toBe('A002');
    succeed(hall.rollOver(TUESDAY));
    hall.at('08:30', TUESDAY);
    expect(numberOf(hall.take('deeds'))).toBe('A003');
    succeed(hall.open('c1'));
    expect(numberOf(hall.callNext('c1'))).toBe('A001');
  });

  it('can be cancelled before it begins', () => {
    const hall = aHallDay();
    succeed(hall.openDay(TUESDAY));
    hall.at('18:00');
    succeed(hall.take('deeds'));
    succeed(hall.cancel('A001'));
    expect(hall.hall.next?.totals).toMatchObject({ issued: 1, cancelled: 1 });
  });

  it('is only one, and later than the current one', () => {
    const hall = aHallDay();
    expect(codeOf(hall.openDay('2026-11-22'))).toBe('date-goes-back');
    succeed(hall.openDay(TUESDAY));
    expect(codeOf(hall.openDay('2026-11-25'))).toBe('day-already-open');
  });

  it('gives no numbers for a date on which the hall is shut', () => {
    const hall = aHallDay({ date: '2026-11-27' });
    succeed(hall.openDay('2026-11-28'));
    hall.at('18:00', '2026-11-27');
    expect(codeOf(hall.take('deeds'))).toBe('hall-closed');
  });
});

describe('roll-over', () => {
  it('happens once, and the date never goes back', () => {
    const hall = aHallDay();
    expect(codeOf(hall.rollOver(MONDAY))).toBe('day-already-open');
    expect(codeOf(hall.rollOver('2026-11-22'))).toBe('date-goes-back');
    succeed(hall.rollOver(TUESDAY));
    expect(codeOf(hall.rollOver(TUESDAY))).toBe('day-already-open');
    expect(codeOf(hall.rollOver(MONDAY))).toBe('date-goes-back');
    expect(hall.events.filter(({ type }) => type === 'day.rolledOver')).toHaveLength(1);
  });

  it('opens the first date of a hall', () => {
    const hall = aHallDay({ opened: false });
    expect(bodyOf(hall.rollOver(MONDAY), 'day.opened').businessDate).toBe(MONDAY);
  });

  it('seals a day that nobody closed: everybody is counted, and the log has the sum', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    succeed(hall.open('c2'));
    for (let i = 0; i < 6; i += 1) hall.take('deeds');
    hall.callNext('c1');
    hall.start('c1');
    hall.finish('c1');
    hall.callNext('c1');
    hall.start('c1');
    hall.callNext('c2');
    hall.cancel('A006');
    const { from, totals } = bodyOf(hall.rollOver(TUESDAY), 'day.rolledOver');
    expect({ from, totals }).toEqual({
      from: MONDAY,
      totals: { issued: 6, finished: 2, noShow: 0, cancelled: 1, voided: 3 },
    });
    expect([...hall.hall.countersById.values()].every(({ status }) => status === 'closed')).toBe(true);
    expect(codeOf(hall.open('c1'))).toBe('ok');
  });

  it('says the sum of a closed day only once', () => {
    const hall = aHallDay();
    hall.take('deeds');
    expect(bodyOf(hall.closeDay(), 'day.closed').totals).toMatchObject({ issued: 1, voided: 1 });
    expect(bodyOf(hall.rollOver(TUESDAY), 'day.rolledOver')).not.toHaveProperty('totals');
  });

  it("leaves Monday's numbers alone when Friday becomes Saturday", () => {
    const hall = aHallDay({ date: '2026-11-27' });
    succeed(hall.openDay('2026-11-30'));
    hall.at('18:00', '2026-11-27');
    succeed(hall.take('deeds'));
    succeed(hall.rollOver('2026-11-28'));
    succeed(hall.rollOver('2026-11-29'));
    expect(hall.hall.next?.totals.issued).toBe(1);
    succeed(hall.rollOver('2026-11-30'));
    expect(hall.statusOf('A001')).toBe('waiting');
    expect(hall.hall.next).toBeUndefined();
  });

  it('goes through the date opened ahead when the hall was off on it, so that its numbers are counted', () => {
    const hall = aHallDay();
    succeed(hall.openDay(TUESDAY));
    hall.at('18:00');
    succeed(hall.take('deeds'));
    const { recorded } = succeed(hall.rollOver('2026-11-26'));
    expect(recorded.map(({ body }) => body)).toMatchObject([
      { from: MONDAY, to: TUESDAY },
      { from: TUESDAY, to: '2026-11-26', totals: { issued: 1, voided: 1 } },
    ]);
    expect(hall.hall.current?.businessDate).toBe('2026-11-26');
  });
});
