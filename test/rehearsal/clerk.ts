import type { CommandPayload } from '#domain/commands/schemas.ts';
import type {
  ActiveView,
  AsideView,
  CallerCounterView,
  QueuedView,
  QueueView,
} from '#domain/views/caller.ts';
import type { Visitor } from './visitor.ts';

type ClerkCommand =
  | 'counter.open'
  | 'counter.pause'
  | 'counter.resume'
  | 'counter.close'
  | 'ticket.callNext'
  | 'ticket.callTicket'
  | 'ticket.recall'
  | 'ticket.startServing'
  | 'ticket.finish'
  | 'ticket.reopen'
  | 'ticket.hold'
  | 'ticket.resume'
  | 'ticket.transfer'
  | 'ticket.requeue'
  | 'ticket.markNoShow';

/** What a clerk does now, or how long there is nothing to do. Instants are epoch ms of the hall's clock. */
export type Step =
  | {
      readonly [Name in ClerkCommand]: {
        readonly kind: 'send';
        readonly name: Name;
        readonly payload: CommandPayload<Name>;
      };
    }[ClerkCommand]
  /** Until then, or until the screen changes. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'home' };

/** The caller's screen. */
export interface Desk {
  readonly counter: CallerCounterView;
  readonly queue: QueueView;
  readonly held: readonly AsideView[];
  readonly noShows: readonly AsideView[];
}

/** A post with its times made into instants. */
export interface Duty {
  readonly counterId: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly breaks: readonly { readonly from: number; readonly to: number; readonly reason: Pause }[];
  /** From the last visitor to the next call. */
  readonly breathMs: number;
  /** From somebody's joining the queue to this clerk's seeing it, while idle: colleagues do not all press at once. */
  readonly reactionMs: number;
  readonly noShowAfterMs: number;
}
type Pause = CommandPayload<'counter.pause'>['reason'];

/** What is known of a ticket's holder besides the screen. */
export interface Visit {
  readonly visitor: Visitor;
  /** What happened to the visit so far: the first call decides how it goes, the next ones only bring it to its end. */
  readonly missed: boolean;
  readonly endingPlayed: boolean;
  readonly reopenedAt?: number;
  /** When the holder of a ticket set aside is back, and where. */
  readonly back?: { readonly at: number; readonly to: 'reception' | 'counter' };
}

/** What a clerk remembers. */
export interface Memory {
  /** Since when nobody stands at the counter. */
  readonly freeSince: number;
  readonly finished?: { readonly ticketId: string; readonly at: number };
}

export interface Situation {
  readonly now: number;
  readonly desk: Desk;
  readonly duty: Duty;
  readonly memory: Memory;
  readonly visitOf: (ticketId: string) => Visit;
}

const RECALL_AFTER_MS = 30_000;
const NOTICED_AFTER_MS = 20_000;
/** What is left to do for somebody who comes back, of the service time drawn. */
const REST_OF_SERVICE = 0.5;
/** Rounding between the hall's clock and one that is read off its heartbeats. */
const CLOCK_GRAIN_MS = 1_000;

export function nextStep(situation: Situation): Step {
  const { desk, duty, now } = situation;
  const { counterId } = duty;
  switch (desk.counter.status) {
    case 'closed':
      if (now >= duty.closesAt) return { kind: 'home' };
      return at(situation, duty.opensAt, { kind: 'send', name: 'counter.open', payload: { counterId } });
    case 'paused': {
      const end = duty.breaks.find(({ from, to }) => from <= now && now < to)?.to ?? now;
      return at(situation, end, { kind: 'send', name: 'counter.resume', payload: { counterId } });
    }
    case 'open':
      return desk.counter.active ? withVisitor(situation, desk.counter.active) : alone(situation);
  }
}

function at({ now }: Situation, instant: number, step: Step): Step {
  return now >= instant ? step : { kind: 'wait', until: instant };
}

function seen({ desk, duty }: Situation) {
  return { counterId: duty.counterId, seenRevision: desk.counter.revision };
}

function withVisitor(situation: Situation, active: ActiveView): Step {
  return active.status === 'called' ? called(situation, active) : serving(situation, active);
}

function called(situation: Situation, active: ActiveView): Step {
  const { visitor, missed, endingPlayed } = situation.visitOf(active.ticketId);
  const onTicket = { ...seen(situation), ticketId: active.ticketId };
  const { lastCalledAt } = active;
  if (visitor.absence && !missed) {
    if (active.times <= visitor.absence.recalls) {
      return at(situation, lastCalledAt + RECALL_AFTER_MS, {
        kind: 'send',
        name: 'ticket.recall',
        payload: onTicket,
      });
    }
    const due = lastCalledAt + situation.duty.noShowAfterMs + CLOCK_GRAIN_MS;
    return at(situation, due, { kind: 'send', name: 'ticket.markNoShow', payload: onTicket });
  }
  if (visitor.ending.kind === 'requeue' && !endingPlayed) {
    const due = lastCalledAt + NOTICED_AFTER_MS;
    return at(situation, due, { kind: 'send', name: 'ticket.requeue', payload: onTicket });
  }
  const due = lastCalledAt + visitor.walkMs;
  return at(situation, due, { kind: 'send', name: 'ticket.startServing', payload: onTicket });
}

function serving(situation: Situation, active: ActiveView): Step {
  const { visitor, endingPlayed, reopenedAt } = situation.visitOf(active.ticketId);
  const onTicket = { ...seen(situation), ticketId: active.ticketId };
  const startedAt = active.startedAt ?? active.lastCalledAt;
  const { ending, serviceMs } = visitor;
  if (!endingPlayed && ending.kind === 'hold') {
    const step: Step = { kind: 'send', name: 'ticket.hold', payload: { ...onTicket, kind: ending.holdKind } };
    return at(situation, startedAt + serviceMs * REST_OF_SERVICE, step);
  }
  if (!endingPlayed && ending.kind === 'transfer') {
    const { toServiceId } = ending;
    const step: Step = { kind: 'send', name: 'ticket.transfer', payload: { ...onTicket, toServiceId } };
    return at(situation, startedAt + serviceMs * REST_OF_SERVICE, step);
  }
  const isRest = ending.kind === 'hold' || reopenedAt !== undefined;
  const due = (reopenedAt ?? startedAt) + serviceMs * (isRest ? REST_OF_SERVICE : 1);
  const outcome = ending.kind === 'finish' ? ending.outcome : 'done';
  return at(situation, due, { kind: 'send', name: 'ticket.finish', payload: { ...onTicket, outcome } });
}

/** Nobody at the counter: first what was forgotten, then a break that is due, then those who have come back, then the next one. */
function alone(situation: Situation): Step {
  const { duty, now, desk } = situation;
  return (
    mistaken(situation) ??
    pause(situation) ??
    fetchBack(situation) ??
    (now >= duty.closesAt && desk.queue.total === 0 && desk.held.length === 0
      ? { kind: 'send', name: 'counter.close', payload: { counterId: duty.counterId } }
      : callNext(situation))
  );
}

/** The clerk finds out soon that the last one was not finished at all. */
function mistaken(situation: Situation): Step | undefined {
  const { finished } = situation.memory;
  if (!finished) return undefined;
  const { visitor, reopenedAt } = situation.visitOf(finished.ticketId);
  if (visitor.ending.kind !== 'finish' || reopenedAt !== undefined) return undefined;
  const { reopenAfterMs } = visitor.ending;
  if (reopenAfterMs === undefined) return undefined;
  const payload = { ...seen(situation), ticketId: finished.ticketId };
  return at(situation, finished.at + reopenAfterMs, { kind: 'send', name: 'ticket.reopen', payload });
}

function pause({ duty: { counterId, breaks }, now }: Situation): Step | undefined {
  const due = breaks.find(({ from, to }) => from <= now && now < to);
  return due && { kind: 'send', name: 'counter.pause', payload: { counterId, reason: due.reason } };
}

function isBack({ now, duty, visitOf }: Situation, { ticketId, counterId }: AsideView): boolean {
  const { back } = visitOf(ticketId);
  return counterId === duty.counterId && back?.to === 'counter' && back.at <= now;
}

/** Held tickets go back into their place; whoever missed the call and stands here is called by hand, with the reason given. */
function fetchBack(situation: Situation): Step | undefined {
  const held = situation.desk.held.find((aside) => isBack(situation, aside));
  if (held) return { kind: 'send', name: 'ticket.resume', payload: { ticketId: held.ticketId } };
  const missed = situation.desk.noShows.find((aside) => isBack(situation, aside));
  if (!missed) return undefined;
  const payload = { ...seen(situation), number: missed.number, reason: 'visitor-request' as const };
  return { kind: 'send', name: 'ticket.callTicket', payload };
}

function callNext(situation: Situation): Step {
  const { desk, duty, memory, now, visitOf } = situation;
  const first = desk.queue.first.find((queued) => mayCome(situation, queued));
  if (first) {
    const step: Step = { kind: 'send', name: 'ticket.callNext', payload: seen(situation) };
    const due = Math.max(memory.freeSince + duty.breathMs, first.waitingSince + duty.reactionMs);
    return at(situation, due, step);
  }
  const instants = [
    duty.closesAt,
    ...duty.breaks.map(({ from }) => from),
    ...desk.queue.first.flatMap(({ notBefore }) => notBefore ?? []),
    ...[...desk.held, ...desk.noShows].flatMap(({ ticketId }) => visitOf(ticketId).back?.at ?? []),
  ];
  return { kind: 'wait', until: Math.min(Infinity, ...instants.filter((instant) => instant > now)) };
}

/** Judged by the hall's rules rather than by the screen's word on who is next: that is as old as the screen's last news. */
function mayCome({ now, duty }: Situation, { notBefore, onlyCounterId }: QueuedView): boolean {
  return (notBefore ?? 0) <= now && (onlyCounterId === undefined || onlyCounterId === duty.counterId);
}
