import type { HallEvent } from '../events/schemas.ts';
import { counterOf } from './apply-counter.ts';
import { joinQueue, leaveQueue, noteOvertaker } from './queue.ts';
import { quotaKey, quotasAt } from './quota.ts';
import { currentLeg, type Day, type Hall, type Leg, type Ticket } from './state.ts';
import { tallyHandling, tallyOf, tallyWait } from './tally.ts';

type TicketEvent = Extract<HallEvent, { type: `ticket.${string}` | 'call.shown' }>;
type EventOf<Type extends TicketEvent['type']> = Extract<TicketEvent, { type: Type }>;

export function applyTicketEvent(hall: Hall, event: TicketEvent): void {
  const day = dayOf(hall, event.date);
  if (event.type === 'ticket.taken') return applyTaken(hall, day, event);
  const ticket = day.ticketsById.get(event.body.ticketId);
  if (!ticket) throw new Error(`event ${event.revision} names unknown ticket ${event.body.ticketId}`);
  const leg = currentLeg(ticket);
  // A display's word is nothing that a clerk decides on: it must not turn the next click into `counter-moved`.
  if (event.type !== 'call.shown' && 'counterId' in event.body && event.body.counterId !== undefined) {
    counterOf(hall, event.body.counterId).revision = event.revision;
  }
  switch (event.type) {
    case 'ticket.called':
      return applyCalled(hall, day, ticket, leg, event);
    case 'ticket.recalled':
      leg.timesCalled = event.body.times;
      leg.lastCalledAt = event.at;
      return;
    case 'call.shown':
      leg.shownAt = event.at;
      return;
    case 'ticket.servingStarted':
      leg.status = 'serving';
      leg.startedAt = event.at;
      return;
    case 'ticket.finished':
      return applyFinished(hall, day, leg, event);
    case 'ticket.reopened':
      return applyReopened(hall, day, ticket, leg, event);
    case 'ticket.held':
      leg.status = 'held';
      leg.holdKind = event.body.kind;
      day.held.set(ticket.id, ticket);
      return freeCounter(hall, event.body.counterId);
    case 'ticket.transferred':
      leg.status = 'transferred';
      leg.endedAt = event.at;
      freeCounter(hall, event.body.counterId);
      return enqueue(day, ticket, nextLeg(ticket, event.body.toServiceId, event.body.place, event.at), {
        onlyCounterId: event.body.onlyCounterId,
      });
    case 'ticket.noShowMarked':
      leg.status = 'no-show';
      leg.endedAt = event.at;
      day.noShows.set(ticket.id, ticket);
      day.totals.noShow += 1;
      return freeCounter(hall, event.body.counterId);
    case 'ticket.requeued':
      freeCounter(hall, event.body.counterId);
      return rejoin(day, ticket, leg, event.body.place, {});
    case 'ticket.resumed':
      day.held.delete(ticket.id);
      return rejoin(day, ticket, leg, event.body.place, { onlyCounterId: event.body.onlyCounterId });
    case 'ticket.reinstated':
      day.noShows.delete(ticket.id);
      day.totals.noShow -= 1;
      return rejoin(day, ticket, leg, event.body.place, { notBefore: event.body.notBefore });
    case 'ticket.cancelled':
      return applyCancelled(hall, day, ticket, leg, event);
  }
}

function dayOf(hall: Hall, date: string): Day {
  if (hall.current?.businessDate === date) return hall.current;
  if (hall.next?.businessDate === date) return hall.next;
  throw new Error(`no open day ${date}`);
}

function applyTaken(hall: Hall, day: Day, event: EventOf<'ticket.taken'>): void {
  const { ticketId, number, seriesId, count, serviceId, classId, language, place } = event.body;
  const ticket: Ticket = {
    id: ticketId,
    number,
    businessDate: day.businessDate,
    seriesId,
    classId,
    language,
    takenAt: event.at,
    arrivalPlace: place,
    legs: [],
  };
  day.ticketsById.set(ticketId, ticket);
  day.ticketIdsByNumber.set(number, ticketId);
  day.seriesCounts.set(seriesId, Math.max(count, day.seriesCounts.get(seriesId) ?? 0));
  day.totals.issued += 1;
  const service = hall.catalogue?.servicesById.get(serviceId);
  if (service) {
    for (const quota of quotasAt(service, day, event.at)) {
      const key = quotaKey(serviceId, quota);
      day.quotaCounts.set(key, (day.quotaCounts.get(key) ?? 0) + 1);
    }
  }
  enqueue(day, ticket, nextLeg(ticket, serviceId, place, event.at), {});
}

function applyCalled(hall: Hall, day: Day, ticket: Ticket, leg: Leg, event: EventOf<'ticket.called'>): void {
  if (leg.status === 'waiting') leaveQueue(day, ticket, leg);
  day.held.delete(ticket.id);
  if (day.noShows.delete(ticket.id)) day.totals.noShow -= 1;
  for (const serviceId of event.body.overtook) noteOvertaker(day, serviceId, leg.place);
  leg.status = 'called';
  leg.counterId = event.body.counterId;
  leg.callId = event.body.callId;
  leg.timesCalled = 1;
  leg.calledAt = event.at;
  leg.calledRevision = event.revision;
  leg.lastCalledAt = event.at;
  leg.shownAt = undefined;
  leg.startedAt = undefined;
  leg.endedAt = undefined;
  leg.holdKind = undefined;
  if (leg.firstCalledAt === undefined) {
    leg.firstCalledAt = event.at;
    tallyWait(tallyOf(day, zoneOf(hall, leg.serviceId)), Math.max(0, event.at - leg.waitingSince));
  }
  counterOf(hall, event.body.counterId).activeTicketId = ticket.id;
}

function applyFinished(hall: Hall, day: Day, leg: Leg, event: EventOf<'ticket.finished'>): void {
  leg.status = 'finished';
  leg.endedAt = event.at;
  leg.outcome = event.body.outcome;
  day.totals.finished += 1;
  counterOf(hall, event.body.counterId).servedToday += 1;
  tallyHandling(tallyOf(day, zoneOf(hall, leg.serviceId)), handlingMs(leg), 1);
  freeCounter(hall, event.body.counterId);
}

function applyReopened(
  hall: Hall,
  day: Day,
  ticket: Ticket,
  leg: Leg,
  event: EventOf<'ticket.reopened'>,
): void {
  const counter = counterOf(hall, event.body.counterId);
  tallyHandling(tallyOf(day, zoneOf(hall, leg.serviceId)), handlingMs(leg), -1);
  day.totals.finished -= 1;
  counter.servedToday -= 1;
  counter.activeTicketId = ticket.id;
  leg.status = 'serving';
  leg.counterId = counter.id;
  leg.endedAt = undefined;
  leg.outcome = undefined;
}

function applyCancelled(
  hall: Hall,
  day: Day,
  ticket: Ticket,
  leg: Leg,
  event: EventOf<'ticket.cancelled'>,
): void {
  if (leg.status === 'waiting') leaveQueue(day, ticket, leg);
  day.held.delete(ticket.id);
  if (day.noShows.delete(ticket.id)) day.totals.noShow -= 1;
  if (event.body.counterId !== undefined) freeCounter(hall, event.body.counterId);
  leg.status = 'cancelled';
  leg.endedAt = event.at;
  day.totals.cancelled += 1;
}

function nextLeg(ticket: Ticket, serviceId: string, place: number, at: number): Leg {
  const leg: Leg = {
    index: ticket.legs.length,
    serviceId,
    status: 'waiting',
    place,
    waitingSince: at,
    notBefore: undefined,
    onlyCounterId: undefined,
    counterId: undefined,
    callId: undefined,
    timesCalled: 0,
    calledAt: undefined,
    calledRevision: undefined,
    lastCalledAt: undefined,
    firstCalledAt: undefined,
    shownAt: undefined,
    startedAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    holdKind: undefined,
  };
  ticket.legs.push(leg);
  return leg;
}

interface Conditions {
  readonly onlyCounterId?: string | undefined;
  readonly notBefore?: number;
}

/** Back into the queue of the same service. */
function rejoin(day: Day, ticket: Ticket, leg: Leg, place: number, conditions: Conditions): void {
  leg.status = 'waiting';
  leg.place = place;
  leg.endedAt = undefined;
  leg.holdKind = undefined;
  enqueue(day, ticket, leg, conditions);
}

function enqueue(day: Day, ticket: Ticket, leg: Leg, conditions: Conditions): void {
  leg.onlyCounterId = conditions.onlyCounterId;
  leg.notBefore = conditions.notBefore;
  day.lastPlace = Math.max(day.lastPlace, Math.floor(leg.place));
  joinQueue(day, ticket, leg);
}

function freeCounter(hall: Hall, counterId: string): void {
  counterOf(hall, counterId).activeTicketId = undefined;
}

function zoneOf(hall: Hall, serviceId: string): string {
  return hall.catalogue?.servicesById.get(serviceId)?.zoneId ?? '';
}

/** A clock set back during a service must not make a negative handling. */
function handlingMs(leg: Leg): number {
  return Math.max(0, (leg.endedAt ?? 0) - (leg.startedAt ?? leg.calledAt ?? leg.endedAt ?? 0));
}
