import type { CommandPayload } from '../commands/schemas.ts';
import { createCounterState, type CounterState, type Hall } from '../hall/state.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { accept, newEvent, openDay, type Context, type Decision } from './context.ts';

/** What a clerk's screen needs in order to see what is the case now. */
export function presentState(counter: CounterState): Readonly<Record<string, unknown>> {
  const { id, status, clerkId, activeTicketId, revision } = counter;
  return { counterId: id, status, clerkId, activeTicketId, counterRevision: revision };
}

export function openCounter(
  hall: Hall,
  { counterId }: CommandPayload<'counter.open'>,
  { by }: Context,
): Decision {
  const open = openDay(hall);
  if (!open) return refuse('day-not-open');
  if (!open.catalogue.countersById.has(counterId)) return refuse('unknown-counter', { counterId });
  if (!by.clerk) return refuse('clerk-required');
  const counter = hall.countersById.get(counterId) ?? createCounterState(counterId);
  if (counter.status !== 'closed') return refuse('counter-occupied', presentState(counter));
  const elsewhere = hall.counterIdsByClerk.get(by.clerk);
  if (elsewhere) return refuse('clerk-elsewhere', { counterId: elsewhere });
  return accept([newEvent('counter.opened', open.day.businessDate, { counterId, clerkId: by.clerk })]);
}

export function pauseCounter(
  hall: Hall,
  payload: CommandPayload<'counter.pause'>,
  context: Context,
): Decision {
  const held = ownCounter(hall, payload.counterId, context);
  if (!held.ok) return held;
  if (held.counter.status === 'paused') return refuse('counter-paused', presentState(held.counter));
  if (held.counter.activeTicketId) return refuse('counter-busy', presentState(held.counter));
  return accept([newEvent('counter.paused', held.date, payload)]);
}

export function resumeCounter(
  hall: Hall,
  payload: CommandPayload<'counter.resume'>,
  context: Context,
): Decision {
  const held = ownCounter(hall, payload.counterId, context);
  if (!held.ok) return held;
  if (held.counter.status !== 'paused') return refuse('counter-moved', presentState(held.counter));
  return accept([newEvent('counter.resumed', held.date, payload)]);
}

/** A manager may free a counter whose clerk has gone. Nobody closes a counter with somebody standing at it. */
export function closeCounter(
  hall: Hall,
  payload: CommandPayload<'counter.close'>,
  context: Context,
): Decision {
  const held = ownCounter(hall, payload.counterId, context);
  if (!held.ok) return held;
  if (held.counter.activeTicketId) return refuse('counter-busy', presentState(held.counter));
  return accept([newEvent('counter.closed', held.date, payload)]);
}

interface OwnCounter {
  readonly ok: true;
  readonly counter: CounterState;
  readonly date: string;
}

/** A counter that is not closed and belongs to the sender; a manager acts for any clerk. */
export function ownCounter(hall: Hall, counterId: string, { by, role }: Context): OwnCounter | Refusal {
  const open = openDay(hall);
  if (!open) return refuse('day-not-open');
  const counter = hall.countersById.get(counterId);
  // A counter that a new catalogue version left out is still there until its clerk has let the visitor go.
  if (!counter && !open.catalogue.countersById.has(counterId))
    return refuse('unknown-counter', { counterId });
  if (!counter || counter.status === 'closed') return refuse('counter-not-open', { counterId });
  if (role !== 'manager' && counter.clerkId !== by.clerk)
    return refuse('not-your-counter', presentState(counter));
  return { ok: true, counter, date: open.day.businessDate };
}

/** As `ownCounter`, for commands that depend on what the clerk saw: a counter that has moved on since is said so. */
export function seenCounter(
  hall: Hall,
  { counterId, seenRevision }: { counterId: string; seenRevision: number },
  context: Context,
): OwnCounter | Refusal {
  const own = ownCounter(hall, counterId, context);
  if (own.ok && own.counter.revision !== seenRevision)
    return refuse('counter-moved', presentState(own.counter));
  return own;
}
