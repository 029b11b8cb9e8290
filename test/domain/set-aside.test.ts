import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#test/support/builders.ts';
import { aHallDay, bodyOf, codeOf, numberOf, succeed, type HallDay } from '#test/support/hall-day.ts';

/** c1 and c2 open, five tickets for deeds. */
function hallOfFive(rules = {}): HallDay {
  const hall = aHallDay({ rules });
  succeed(hall.open('c1'));
  succeed(hall.open('c2'));
  for (let i = 0; i < 5; i += 1) hall.take('deeds');
  return hall;
}

function callAndServe(hall: HallDay, counterId: string): string {
  const number = numberOf(hall.callNext(counterId));
  succeed(hall.start(counterId));
  return number;
}

function letGo(hall: HallDay, counterId: string): void {
  succeed(hall.start(counterId));
  succeed(hall.finish(counterId));
}

describe('hold and resume', () => {
  it('gives the old place back, at any counter', () => {
    const hall = hallOfFive();
    callAndServe(hall, 'c1');
    succeed(hall.hold('c1', 'any'));
    expect(numberOf(hall.callNext('c1'))).toBe('A002');
    succeed(hall.resume('A001'));
    expect(numberOf(hall.callNext('c2'))).toBe('A001');
  });

  it('at the same counter only, when so held', () => {
    const hall = hallOfFive();
    callAndServe(hall, 'c1');
    succeed(hall.hold('c1', 'same'));
    succeed(hall.resume('A001'));
    expect(numberOf(hall.callNext('c2'))).toBe('A002');
    expect(numberOf(hall.callNext('c1'))).toBe('A001');
  });

  it('elsewhere after all once that counter is closed, but not while it pauses', () => {
    const hall = hallOfFive();
    callAndServe(hall, 'c1');
    succeed(hall.hold('c1', 'same'));
    succeed(hall.resume('A001'));
    succeed(hall.pause('c1'));
    expect(numberOf(hall.callNext('c2'))).toBe('A002');
    letGo(hall, 'c2');
    succeed(hall.close('c1'));
    expect(numberOf(hall.callNext('c2'))).toBe('A001');
  });

  it('after an outside step goes on wherever it can', () => {
    const hall = hallOfFive();
    callAndServe(hall, 'c1');
    succeed(hall.hold('c1', 'outside'));
    expect(bodyOf(hall.resume('A001'), 'ticket.resumed')).not.toHaveProperty('onlyCounterId');
  });

  it('is not offered while it is set aside', () => {
    const hall = hallOfFive();
    callAndServe(hall, 'c1');
    succeed(hall.hold('c1'));
    expect(numberOf(hall.callNext('c2'))).toBe('A002');
    expect([...hall.day.held.keys()]).toEqual([hall.ticketOf('A001').id]);
  });
});

describe('transfer', () => {
  it('lets a ticket in by its arrival in the hall', () => {
    const hall = aHallDay();
    for (const counter of ['c1', 'c4']) succeed(hall.open(counter));
    hall.take('fund');
    hall.take('deeds');
    hall.take('fund');
    succeed(hall.callNext('c1'));
    expect(bodyOf(hall.transfer('c1', 'fund'), 'ticket.transferred')).toMatchObject({
      number: 'A002',
      fromServiceId: 'deeds',
      toServiceId: 'fund',
      place: 2,
    });
    const order = [1, 2, 3].map(() => {
      const number = numberOf(hall.callNext('c4'));
      letGo(hall, 'c4');
      return number;
    });
    expect(order).toEqual(['A001', 'A002', 'A003']);
  });

  it('counts the wait of the new leg from the transfer', () => {
    const hall = hallOfFive();
    succeed(hall.callNext('c1'));
    hall.advance(10 * MINUTE_MS);
    succeed(hall.transfer('c1', 'fund'));
    expect(hall.legOf('A001')).toMatchObject({ waitingSince: hall.now, index: 1, counterId: undefined });
    expect(hall.ticketOf('A001').arrivalPlace).toBe(1);
  });

  it('to one counter waits for that counter', () => {
    const hall = hallOfFive();
    succeed(hall.callNext('c1'));
    succeed(hall.transfer('c1', 'deeds', 'c2'));
    expect(numberOf(hall.callNext('c1'))).toBe('A002');
    expect(numberOf(hall.callNext('c2'))).toBe('A001');
  });

  it('goes only where there is somebody who does it', () => {
    const hall = hallOfFive();
    succeed(hall.callNext('c1'));
    expect(codeOf(hall.transfer('c1', 'fishing'))).toBe('unknown-service');
    expect(codeOf(hall.transfer('c1', 'fund', 'c99'))).toBe('unknown-counter');
    expect(codeOf(hall.transfer('c1', 'tax', 'c2'))).toBe('counter-cannot-serve');
    expect(hall.statusOf('A001')).toBe('called');
  });
});

describe('no-show', () => {
  it('may be marked some time after the last call', () => {
    const hall = hallOfFive();
    succeed(hall.callNext('c1'));
    hall.advance(MINUTE_MS - 1);
    succeed(hall.recall('c1'));
    hall.advance(MINUTE_MS - 1);
    expect(hall.noShow('c1')).toMatchObject({ code: 'too-early-for-no-show', details: { waitMs: 1 } });
    hall.advance(1);
    expect(codeOf(hall.noShow('c1'))).toBe('ok');
    expect(hall.day.totals.noShow).toBe(1);
  });

  it.each([
    [0, ['A001', 'A002', 'A003', 'A004', 'A005']],
    [2, ['A002', 'A003', 'A001', 'A004', 'A005']],
    [9, ['A002', 'A003', 'A004', 'A005', 'A001']],
    ['end', ['A002', 'A003', 'A004', 'A005', 'A001']],
  ] as const)('comes back behind %s', (returnBehind, expected) => {
    const hall = hallOfFive({ returnBehind, noShowAfterMs: 0, noShowBlockMs: 0 });
    succeed(hall.callNext('c1'));
    succeed(hall.noShow('c1'));
    succeed(hall.reinstate('A001'));
    expect(hall.day.totals.noShow).toBe(0);
    const order = expected.map(() => {
      const number = numberOf(hall.callNext('c1'));
      letGo(hall, 'c1');
      return number;
    });
    expect(order).toEqual(expected);
  });

  it('is not offered again within the time, even when nobody else waits', () => {
    const hall = aHallDay({ rules: { noShowAfterMs: 0, noShowBlockMs: 5 * MINUTE_MS } });
    succeed(hall.open('c1'));
    hall.take('deeds');
    succeed(hall.callNext('c1'));
    succeed(hall.noShow('c1'));
    succeed(hall.reinstate('A001'));
    hall.advance(5 * MINUTE_MS - 1);
    expect(codeOf(hall.callNext('c1'))).toBe('nobody-waiting');
    hall.advance(1);
    expect(numberOf(hall.callNext('c1'))).toBe('A001');
  });

  it('of the end stays behind those who came meanwhile, and before those who come later', () => {
    const hall = hallOfFive({ returnBehind: 'end', noShowAfterMs: 0, noShowBlockMs: 0 });
    succeed(hall.callNext('c1'));
    succeed(hall.noShow('c1'));
    hall.take('deeds');
    succeed(hall.reinstate('A001'));
    hall.take('deeds');
    const places = ['A006', 'A001', 'A007'].map((number) => hall.legOf(number).place);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

describe('requeue, reopen, cancel', () => {
  it('requeue gives back the very place', () => {
    const hall = hallOfFive();
    succeed(hall.callNext('c1'));
    succeed(hall.callNext('c2'));
    succeed(hall.requeue('c1'));
    expect(numberOf(hall.callNext('c1'))).toBe('A001');
    expect(hall.legOf('A001').timesCalled).toBe(1);
  });

  it('reopen is possible for a while, at the counter that finished', () => {
    const hall = hallOfFive();
    callAndServe(hall, 'c1');
    succeed(hall.finish('c1'));
    expect(codeOf(hall.reopen('c2', 'A001'))).toBe('ticket-not-here');
    hall.advance(5 * MINUTE_MS);
    succeed(hall.reopen('c1', 'A001'));
    expect(hall.legOf('A001')).toMatchObject({ status: 'serving', outcome: undefined });
    expect(hall.day.totals.finished).toBe(0);
    succeed(hall.finish('c1'));
    hall.advance(5 * MINUTE_MS + 1);
    expect(codeOf(hall.reopen('c1', 'A001'))).toBe('reopen-too-late');
  });

  it('cancel takes a ticket out of the queue', () => {
    const hall = hallOfFive();
    succeed(hall.cancel('A001'));
    expect(numberOf(hall.callNext('c1'))).toBe('A002');
    expect(hall.day.totals).toMatchObject({ issued: 5, cancelled: 1 });
  });
});

describe('a call that was shown', () => {
  it('is recorded once, and only while it stands', () => {
    const hall = hallOfFive();
    succeed(hall.callNext('c1'));
    expect(succeed(hall.shown('A001')).recorded).toHaveLength(1);
    expect(succeed(hall.shown('A001', 'display-2')).recorded).toHaveLength(0);
    expect(hall.legOf('A001').shownAt).toBe(hall.now);
    succeed(hall.requeue('c1'));
    succeed(hall.callNext('c1'));
    expect(hall.legOf('A001').shownAt).toBeUndefined();
    letGo(hall, 'c1');
    expect(succeed(hall.shown('A001')).recorded).toHaveLength(0);
  });

  it("does not make the clerk's next click stale", () => {
    const hall = hallOfFive();
    succeed(hall.callNext('c1'));
    const seenRevision = hall.seen('c1');
    succeed(hall.shown('A001'));
    const ticketId = hall.ticketOf('A001').id;
    expect(codeOf(hall.send('ticket.startServing', { counterId: 'c1', ticketId, seenRevision }))).toBe('ok');
  });

  it('starts afresh after a hold: nothing of the service before is left on the call', () => {
    const hall = hallOfFive();
    callAndServe(hall, 'c1');
    succeed(hall.hold('c1', 'same'));
    succeed(hall.callTicket('c1', 'A001', 'follow-up'));
    expect(hall.legOf('A001')).toMatchObject({ status: 'called', startedAt: undefined, holdKind: undefined });
  });
});

describe('a clock that is set back', () => {
  it('makes no negative wait and no negative handling', () => {
    const hall = hallOfFive();
    hall.advance(-10 * MINUTE_MS);
    callAndServe(hall, 'c1');
    hall.advance(-MINUTE_MS);
    succeed(hall.finish('c1'));
    expect(hall.day.tallies.get('general')).toMatchObject({
      called: 1,
      waitSumMs: 0,
      finished: 1,
      handleSumMs: 0,
    });
  });
});
