import type { CatalogueIndex } from '../catalogue/index.ts';
import type { CommandPayload } from '../commands/schemas.ts';
import { currentLeg, type Day, type Hall, type Leg, type LegStatus, type Ticket } from '../hall/state.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { accept, newEvent, openDay, type Context, type Decision } from './context.ts';
import { presentState, seenCounter } from './counter.ts';

interface TicketNames {
  readonly ticketId: string;
  readonly number: string;
  readonly leg: number;
  readonly counterId: string;
}

export interface AtCounter {
  readonly ok: true;
  readonly day: Day;
  readonly catalogue: CatalogueIndex;
  readonly ticket: Ticket;
  readonly leg: Leg;
  readonly names: TicketNames;
}

/** The ticket that is active at the sender's counter, in one of the given states. */
export function atCounter(
  hall: Hall,
  payload: { counterId: string; seenRevision: number; ticketId: string },
  context: Context,
  statuses: readonly LegStatus[],
): AtCounter | Refusal {
  const seen = seenCounter(hall, payload, context);
  if (!seen.ok) return seen;
  const open = openDay(hall);
  const ticket = open?.day.ticketsById.get(payload.ticketId);
  if (!open || !ticket) return refuse('unknown-ticket', { ticketId: payload.ticketId });
  const leg = currentLeg(ticket);
  if (seen.counter.activeTicketId !== ticket.id) {
    return refuse('ticket-not-here', { ...presentState(seen.counter), ticketStatus: leg.status });
  }
  if (!statuses.includes(leg.status))
    return refuse('ticket-wrong-status', { number: ticket.number, status: leg.status });
  const names = { ticketId: ticket.id, number: ticket.number, leg: leg.index, counterId: payload.counterId };
  return { ok: true, ...open, ticket, leg, names };
}

export function startServing(
  hall: Hall,
  payload: CommandPayload<'ticket.startServing'>,
  context: Context,
): Decision {
  const here = atCounter(hall, payload, context, ['called']);
  if (!here.ok) return here;
  const { serviceId } = here.leg;
  return accept([newEvent('ticket.servingStarted', here.day.businessDate, { ...here.names, serviceId })]);
}

export function finish(hall: Hall, payload: CommandPayload<'ticket.finish'>, context: Context): Decision {
  const here = atCounter(hall, payload, context, ['serving']);
  if (!here.ok) return here;
  const { serviceId } = here.leg;
  const { outcome } = payload;
  return accept([newEvent('ticket.finished', here.day.businessDate, { ...here.names, serviceId, outcome })]);
}

/** Finished by mistake: back to serving, at the counter that finished it, for a short while, if that counter is free. */
export function reopen(hall: Hall, payload: CommandPayload<'ticket.reopen'>, context: Context): Decision {
  const seen = seenCounter(hall, payload, context);
  if (!seen.ok) return seen;
  const open = openDay(hall);
  const ticket = open?.day.ticketsById.get(payload.ticketId);
  if (!open || !ticket) return refuse('unknown-ticket', { ticketId: payload.ticketId });
  if (seen.counter.status === 'paused') return refuse('counter-paused', presentState(seen.counter));
  if (seen.counter.activeTicketId) return refuse('counter-busy', presentState(seen.counter));
  const leg = currentLeg(ticket);
  if (leg.status !== 'finished')
    return refuse('ticket-wrong-status', { number: ticket.number, status: leg.status });
  if (leg.counterId !== payload.counterId) return refuse('ticket-not-here', { counterId: leg.counterId });
  if (context.now - (leg.endedAt ?? 0) > open.catalogue.catalogue.rules.reopenWithinMs) {
    return refuse('reopen-too-late', { number: ticket.number });
  }
  const body = {
    ticketId: ticket.id,
    number: ticket.number,
    leg: leg.index,
    counterId: payload.counterId,
    serviceId: leg.serviceId,
  };
  return accept([newEvent('ticket.reopened', open.day.businessDate, body)]);
}
