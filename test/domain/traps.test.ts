import { describe, expect, it } from 'vitest';
import { decide } from '#domain/decide/index.ts';
import { accept, newEvent } from '#domain/decide/context.ts';
import { queueOf, waitingInOrder } from '#domain/hall/queue.ts';
import { currentLeg } from '#domain/hall/state.ts';
import { MINUTE_MS } from '#test/support/builders.ts';
import {
  aHallDay,
  bodyOf,
  codeOf,
  numberOf,
  succeed,
  type Decide,
  type HallDay,
} from '#test/support/hall-day.ts';

/** Each trap as a scenario, played on the real rules and on a naive hall that falls into it. */

/** Two counters read the same picture of the queue before either call is recorded. */
function twoCountersOneTicket(rules: Decide): readonly string[] {
  const hall = aHallDay({ decide: rules });
  succeed(hall.open('c1'));
  succeed(hall.open('c2'));
  hall.take('deeds');
  hall.take('deeds');
  return [numberOf(hall.callNext('c1')), numberOf(hall.callNext('c2'))];
}

function naiveSnapshotHall(): Decide {
  let snapshot: { ticketId: string; number: string } | undefined;
  return (hall, command, context) => {
    if (command.name !== 'ticket.callNext' || !hall.current) return decide(hall, command, context);
    const first = waitingInOrder(hall.current, 'deeds')[0]?.ticket;
    snapshot ??= first && { ticketId: first.id, number: first.number };
    if (!snapshot) return decide(hall, command, context);
    const ticket = hall.current.ticketsById.get(snapshot.ticketId);
    if (ticket && currentLeg(ticket).status !== 'waiting') return accept([], snapshot);
    return decide(hall, command, context);
  };
}

/** A double click: two command ids, both made from the same picture. */
function doubleClick(rules: Decide): { readonly codes: readonly string[]; readonly gone: number } {
  const hall = aHallDay({ decide: rules });
  succeed(hall.open('c1'));
  hall.take('deeds');
  hall.take('deeds');
  const seen = hall.seen('c1');
  const codes = [codeOf(hall.callNext('c1', seen)), codeOf(hall.callNext('c1', seen))];
  return { codes, gone: 2 - (hall.day.queues.get('deeds')?.count ?? 0) };
}

/** Believes every click: whoever stands at the counter is finished, and the next one is called. */
const naiveEveryClick: Decide = (hall, command, context) => {
  if (command.name !== 'ticket.callNext') return decide(hall, command, context);
  const { counterId } = command.payload;
  const counter = hall.countersById.get(counterId);
  const active = hall.current?.ticketsById.get(counter?.activeTicketId ?? '');
  const fresh = { ...command, payload: { counterId, seenRevision: counter?.revision ?? 0 } };
  if (!active || !counter || !hall.current) return decide(hall, fresh, context);
  const { serviceId, index: leg } = currentLeg(active);
  const names = { ticketId: active.id, number: active.number, leg, counterId, serviceId };
  const finished = newEvent('ticket.finished', hall.current.businessDate, { ...names, outcome: 'done' });
  counter.activeTicketId = undefined;
  const next = decide(hall, fresh, context);
  counter.activeTicketId = active.id;
  return next.ok ? accept([finished, ...next.events], next.answer) : next;
};

function emptyQueue(rules: Decide): string {
  const hall = aHallDay({ decide: rules });
  succeed(hall.open('c1'));
  return codeOf(hall.callNext('c1'));
}

const naiveEmptyQueue: Decide = (hall, command, context) => {
  if (command.name !== 'ticket.callNext' || !hall.current) return decide(hall, command, context);
  const [first] = waitingInOrder(hall.current, 'deeds');
  // The classic: reads a field of the first row without asking whether there is one.
  return first ? decide(hall, command, context) : accept([], { number: `${String(first)}` });
};

function recalls(rules: Decide): { readonly codes: readonly string[]; readonly times: number } {
  const hall = aHallDay({ decide: rules });
  succeed(hall.open('c1'));
  hall.take('deeds');
  succeed(hall.callNext('c1'));
  const codes = [1, 2, 3, 4, 5].map(() => codeOf(hall.recall('c1')));
  return { codes, times: hall.legOf('A001').timesCalled };
}

const naiveRecall: Decide = (hall, command, context) => {
  if (command.name !== 'ticket.recall' || !hall.current) return decide(hall, command, context);
  const ticket = hall.current.ticketsById.get(command.payload.ticketId);
  if (!ticket) return decide(hall, command, context);
  const { index: leg, callId = '', timesCalled } = currentLeg(ticket);
  const { counterId } = command.payload;
  const body = { ticketId: ticket.id, number: ticket.number, leg, counterId, callId, times: timesCalled + 1 };
  return accept([newEvent('ticket.recalled', hall.current.businessDate, body)]);
};

/** A001 came first, is transferred to fund, where A002 waits already; c4 does fund. */
function transfer(rules: Decide): {
  readonly next: string;
  readonly legs: readonly string[];
  readonly hall: HallDay;
} {
  const hall = aHallDay({ decide: rules });
  succeed(hall.open('c1'));
  succeed(hall.open('c4'));
  hall.take('deeds');
  hall.advance(MINUTE_MS);
  hall.take('fund');
  succeed(hall.callNext('c1'));
  succeed(hall.start('c1'));
  succeed(hall.transfer('c1', 'fund'));
  const next = numberOf(hall.callNext('c4'));
  return { next, legs: hall.ticketOf(next).legs.map(({ serviceId }) => serviceId), hall };
}

/** A transfer as a new ticket at the end of the other queue. */
const naiveTransfer: Decide = (hall, command, context) => {
  if (command.name !== 'ticket.transfer' || !hall.current) return decide(hall, command, context);
  const { ticketId, counterId, toServiceId: serviceId } = command.payload;
  const old = hall.current.ticketsById.get(ticketId);
  if (!old) return decide(hall, command, context);
  const names = { ticketId, number: old.number, leg: 0, counterId };
  const ended = newEvent('ticket.finished', hall.current.businessDate, {
    ...names,
    serviceId: currentLeg(old).serviceId,
    outcome: 'redirected',
  });
  const take = {
    name: 'ticket.take',
    payload: { serviceId, classId: old.classId, language: old.language, visitKey: 'k' },
  };
  const taken = decide(hall, take as Parameters<Decide>[1], context);
  return taken.ok ? accept([ended, ...taken.events]) : taken;
};

describe('the five traps of this field', () => {
  it('two counters, one ticket: one gets it, the other the next', () => {
    expect(twoCountersOneTicket(decide)).toEqual(['A001', 'A002']);
    expect(twoCountersOneTicket(naiveSnapshotHall())).toEqual(['A001', 'A001']);
  });

  it('a double click calls once', () => {
    expect(doubleClick(decide)).toEqual({ codes: ['ok', 'counter-moved'], gone: 1 });
    expect(doubleClick(naiveEveryClick)).toEqual({ codes: ['ok', 'ok'], gone: 2 });
  });

  it('tells the second click what the first one did', () => {
    const hall = aHallDay();
    succeed(hall.open('c1'));
    hall.take('deeds');
    const seen = hall.seen('c1');
    succeed(hall.callNext('c1', seen));
    const again = hall.callNext('c1', seen);
    expect(again).toMatchObject({
      ok: false,
      details: {
        counterId: 'c1',
        activeTicketId: hall.ticketOf('A001').id,
        counterRevision: hall.seen('c1'),
      },
    });
  });

  it('a call on an empty queue is said and records nothing', () => {
    expect(emptyQueue(decide)).toBe('nobody-waiting');
    expect(emptyQueue(naiveEmptyQueue)).toBe('ok');
  });

  it('a recall beyond the limit is refused: one call and three more', () => {
    expect(recalls(decide)).toEqual({ codes: ['ok', 'ok', 'ok', 'recall-limit', 'recall-limit'], times: 4 });
    expect(recalls(naiveRecall).times).toBe(6);
  });

  it('a transfer keeps number, history and place of arrival', () => {
    const { next, legs, hall } = transfer(decide);
    expect(next).toBe('A001');
    expect(legs).toEqual(['deeds', 'fund']);
    expect(hall.legOf('A001')).toMatchObject({ place: 1, status: 'called' });
    expect(hall.ticketOf('A001').legs[0]).toMatchObject({ status: 'transferred', counterId: 'c1' });
    expect(hall.day.totals.issued).toBe(2);
    expect(bodyOf({ ...succeed(hall.take('fund')) }, 'ticket.taken').number).toBe('A003');

    const naive = transfer(naiveTransfer);
    expect(naive.next).toBe('A002');
    expect(naive.hall.day.totals.issued).toBe(3);
    expect(queueOf(naive.hall.day, 'fund').count).toBe(1);
  });
});
