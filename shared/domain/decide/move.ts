import type { CommandPayload } from '../commands/schemas.ts';
import { placeBehind } from '../hall/queue.ts';
import { currentLeg, findTicket, type Hall, type LegStatus } from '../hall/state.ts';
import { refuse } from '../refusal.ts';
import { accept, newEvent, openDay, type Context, type Decision } from './context.ts';
import { atCounter } from './serve.ts';

export function hold(hall: Hall, payload: CommandPayload<'ticket.hold'>, context: Context): Decision {
  const here = atCounter(hall, payload, context, ['serving']);
  if (!here.ok) return here;
  const { serviceId } = here.leg;
  return accept([
    newEvent('ticket.held', here.day.businessDate, { ...here.names, serviceId, kind: payload.kind }),
  ]);
}

/** Back from being set aside, in the place that the ticket had: the wait for a missing paper is not a loss of turn. */
export function resume(hall: Hall, { ticketId }: CommandPayload<'ticket.resume'>): Decision {
  const aside = ticketIn(hall, ticketId, 'held');
  if (!aside.ok) return aside;
  const { day, ticket, leg } = aside;
  const only = leg.holdKind === 'same' && leg.counterId !== undefined ? { onlyCounterId: leg.counterId } : {};
  const names = { ticketId, number: ticket.number, leg: leg.index, serviceId: leg.serviceId };
  return accept([newEvent('ticket.resumed', day.businessDate, { ...names, place: leg.place, ...only })]);
}

/** On to another service or counter with number, history and the place of the visitor's arrival in the hall. */
export function transfer(hall: Hall, payload: CommandPayload<'ticket.transfer'>, context: Context): Decision {
  const here = atCounter(hall, payload, context, ['called', 'serving']);
  if (!here.ok) return here;
  const { toServiceId, toCounterId } = payload;
  if (!here.catalogue.servicesById.has(toServiceId))
    return refuse('unknown-service', { serviceId: toServiceId });
  if (toCounterId !== undefined) {
    const counter = here.catalogue.countersById.get(toCounterId);
    if (!counter) return refuse('unknown-counter', { counterId: toCounterId });
    if (!counter.skills.some(({ serviceId }) => serviceId === toServiceId)) {
      return refuse('counter-cannot-serve', { counterId: toCounterId, serviceId: toServiceId });
    }
  }
  const only = toCounterId === undefined ? {} : { onlyCounterId: toCounterId };
  const body = {
    ...here.names,
    fromServiceId: here.leg.serviceId,
    toServiceId,
    place: here.ticket.arrivalPlace,
    ...only,
  };
  return accept([newEvent('ticket.transferred', here.day.businessDate, body)]);
}

/** Called by mistake: back to the very place it was called from. */
export function requeue(hall: Hall, payload: CommandPayload<'ticket.requeue'>, context: Context): Decision {
  const here = atCounter(hall, payload, context, ['called', 'serving']);
  if (!here.ok) return here;
  const { serviceId, place } = here.leg;
  return accept([newEvent('ticket.requeued', here.day.businessDate, { ...here.names, serviceId, place })]);
}

export function markNoShow(
  hall: Hall,
  payload: CommandPayload<'ticket.markNoShow'>,
  context: Context,
): Decision {
  const here = atCounter(hall, payload, context, ['called']);
  if (!here.ok) return here;
  const { noShowAfterMs } = here.catalogue.catalogue.rules;
  const waitMs = (here.leg.lastCalledAt ?? 0) + noShowAfterMs - context.now;
  if (waitMs > 0) return refuse('too-early-for-no-show', { waitMs });
  const { serviceId } = here.leg;
  return accept([newEvent('ticket.noShowMarked', here.day.businessDate, { ...here.names, serviceId })]);
}

export function reinstate(hall: Hall, { ticketId }: CommandPayload<'ticket.reinstate'>): Decision {
  const aside = ticketIn(hall, ticketId, 'no-show');
  if (!aside.ok) return aside;
  const { day, catalogue, ticket, leg } = aside;
  if (!catalogue.servicesById.has(leg.serviceId))
    return refuse('unknown-service', { serviceId: leg.serviceId });
  const { returnBehind, noShowBlockMs } = catalogue.catalogue.rules;
  const place = placeBehind(day, leg.serviceId, returnBehind);
  const notBefore = (leg.endedAt ?? 0) + noShowBlockMs;
  const names = { ticketId, number: ticket.number, leg: leg.index, serviceId: leg.serviceId };
  return accept([newEvent('ticket.reinstated', day.businessDate, { ...names, place, notBefore })]);
}

/** A ticket of the current day that has been set aside, at no counter. */
function ticketIn(hall: Hall, ticketId: string, status: LegStatus) {
  const open = openDay(hall);
  if (!open) return refuse('day-not-open');
  const ticket = open.day.ticketsById.get(ticketId);
  if (!ticket) return refuse('unknown-ticket', { ticketId });
  const leg = currentLeg(ticket);
  if (leg.status !== status)
    return refuse('ticket-wrong-status', { number: ticket.number, status: leg.status });
  return { ok: true, ...open, ticket, leg } as const;
}

/** Withdraws a ticket. One that stands at a counter can be withdrawn only by that counter's clerk or a manager. */
export function cancel(
  hall: Hall,
  payload: CommandPayload<'ticket.cancel'>,
  { by, role }: Context,
): Decision {
  const found = findTicket(hall, payload.ticketId);
  if (!found || found.day.status !== 'open') return refuse('unknown-ticket', { ticketId: payload.ticketId });
  const { day, ticket } = found;
  const leg = currentLeg(ticket);
  const active = leg.status === 'called' || leg.status === 'serving';
  if (!active && leg.status !== 'waiting' && leg.status !== 'held' && leg.status !== 'no-show') {
    return refuse('ticket-wrong-status', { number: ticket.number, status: leg.status });
  }
  const counter = active && leg.counterId !== undefined ? hall.countersById.get(leg.counterId) : undefined;
  if (counter && role !== 'manager' && counter.clerkId !== by.clerk) {
    return refuse('not-your-counter', { counterId: counter.id });
  }
  const names = { ticketId: ticket.id, number: ticket.number, leg: leg.index, serviceId: leg.serviceId };
  const at = counter ? { counterId: counter.id } : {};
  return accept([
    newEvent('ticket.cancelled', day.businessDate, { ...names, ...at, reason: payload.reason }),
  ]);
}
