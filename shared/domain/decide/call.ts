import type { CommandPayload } from '../commands/schemas.ts';
import type { Why } from '../events/schemas.ts';
import { currentLeg, type Day, type Hall, type Ticket } from '../hall/state.ts';
import { refuse } from '../refusal.ts';
import { candidatesOf } from '../routing/candidates.ts';
import { choose } from '../routing/choose.ts';
import { explain } from '../routing/explain.ts';
import { accept, newEvent, openDay, type Context, type Decision } from './context.ts';
import { presentState, seenCounter } from './counter.ts';
import { atCounter } from './serve.ts';

export function callNext(hall: Hall, payload: CommandPayload<'ticket.callNext'>, context: Context): Decision {
  const ready = readyToCall(hall, payload, context);
  if (!ready.ok) return ready;
  const { day, catalogue } = ready;
  const candidates = candidatesOf(hall, day, catalogue, payload.counterId, context.now);
  const choice = choose(day, candidates);
  if (!choice) return refuse('nobody-waiting', { counterId: payload.counterId });
  const why = explain(hall, day, candidates, payload.counterId, choice.rule, context.now);
  return called(day, choice.chosen.ticket, payload.counterId, why, choice.overtook, context);
}

/** 指呼: a given number. Anybody but the one whose turn it is needs a reason, which the log keeps. */
export function callTicket(
  hall: Hall,
  payload: CommandPayload<'ticket.callTicket'>,
  context: Context,
): Decision {
  const ready = readyToCall(hall, payload, context);
  if (!ready.ok) return ready;
  const { day, catalogue } = ready;
  const ticket = day.ticketsById.get(day.ticketIdsByNumber.get(payload.number) ?? '');
  if (!ticket) return refuse('unknown-ticket', { number: payload.number });
  const leg = currentLeg(ticket);
  if (leg.status !== 'waiting' && leg.status !== 'held' && leg.status !== 'no-show') {
    return refuse('ticket-wrong-status', {
      number: ticket.number,
      status: leg.status,
      counterId: leg.counterId,
    });
  }
  const counter = catalogue.countersById.get(payload.counterId);
  if (!counter?.skills.some(({ serviceId }) => serviceId === leg.serviceId)) {
    return refuse('counter-cannot-serve', { counterId: payload.counterId, serviceId: leg.serviceId });
  }
  const candidates = candidatesOf(hall, day, catalogue, payload.counterId, context.now);
  const choice = choose(day, candidates);
  if (choice?.chosen.ticket === ticket) {
    const why = explain(hall, day, candidates, payload.counterId, choice.rule, context.now);
    return called(day, ticket, payload.counterId, why, choice.overtook, context);
  }
  if (!payload.reason) return refuse('reason-required', { number: ticket.number });
  const why = explain(hall, day, candidates, payload.counterId, 'by-hand', context.now);
  return called(day, ticket, payload.counterId, { ...why, reason: payload.reason }, [], context);
}

function readyToCall(hall: Hall, payload: { counterId: string; seenRevision: number }, context: Context) {
  const seen = seenCounter(hall, payload, context);
  if (!seen.ok) return seen;
  const open = openDay(hall);
  if (!open) return refuse('day-not-open');
  if (seen.counter.status === 'paused') return refuse('counter-paused', presentState(seen.counter));
  if (seen.counter.activeTicketId) return refuse('counter-busy', presentState(seen.counter));
  return { ok: true, ...open } as const;
}

function called(
  day: Day,
  ticket: Ticket,
  counterId: string,
  why: Why,
  overtook: readonly string[],
  { newId }: Context,
): Decision {
  const leg = currentLeg(ticket);
  const call = {
    ticketId: ticket.id,
    number: ticket.number,
    leg: leg.index,
    counterId,
    serviceId: leg.serviceId,
    callId: newId(),
  };
  return accept([newEvent('ticket.called', day.businessDate, { ...call, why, overtook: [...overtook] })], {
    ...call,
    classId: ticket.classId,
    rule: why.rule,
  });
}

export function recall(hall: Hall, payload: CommandPayload<'ticket.recall'>, context: Context): Decision {
  const here = atCounter(hall, payload, context, ['called']);
  if (!here.ok) return here;
  const { day, leg, catalogue } = here;
  if (leg.timesCalled > catalogue.catalogue.rules.maxRecalls) {
    return refuse('recall-limit', { times: leg.timesCalled });
  }
  const times = leg.timesCalled + 1;
  const callId = leg.callId ?? context.newId();
  return accept([newEvent('ticket.recalled', day.businessDate, { ...here.names, callId, times })], {
    callId,
    times,
  });
}

/** Only the first display's word is an event; the others are telemetry. A late word about a past call changes nothing. */
export function recordShown(hall: Hall, payload: CommandPayload<'call.recordShown'>): Decision {
  const open = openDay(hall);
  const ticket = open?.day.ticketsById.get(payload.ticketId);
  if (!open || !ticket) return refuse('unknown-ticket', { ticketId: payload.ticketId });
  const leg = currentLeg(ticket);
  const stands = leg.callId === payload.callId && (leg.status === 'called' || leg.status === 'serving');
  if (!stands || leg.counterId === undefined || leg.shownAt !== undefined) return accept([]);
  return accept([
    newEvent('call.shown', open.day.businessDate, {
      ticketId: ticket.id,
      number: ticket.number,
      leg: leg.index,
      counterId: leg.counterId,
      callId: payload.callId,
      displayId: payload.displayId,
    }),
  ]);
}
