import type { ActiveView, CallerCounterView, QueuedView, QueueView } from '#domain/views/caller.ts';
import type { DeskView } from '#caller-display/caller/desk/actions.ts';

/** 9:00, as good a time as any. */
export const NOW = 1_000_000_000;
export const MINUTE_MS = 60_000;

export const rules = { maxRecalls: 2, noShowAfterMs: MINUTE_MS, reopenWithinMs: 10 * MINUTE_MS };

export function anActive(changes: Partial<ActiveView> = {}): ActiveView {
  return {
    ticketId: 'ticket-1',
    number: 'A001',
    serviceId: 'transfer',
    classId: 'ordinary',
    leg: 0,
    status: 'called',
    takenAt: NOW - 9 * MINUTE_MS,
    waitedMs: 8 * MINUTE_MS,
    times: 1,
    lastCalledAt: NOW,
    before: [],
    ...changes,
  };
}

export function aCounter(changes: Partial<CallerCounterView> = {}): CallerCounterView {
  return { counterId: 'b01', status: 'open', clerkId: 'clerk-b01', revision: 7, servedToday: 3, ...changes };
}

export function aQueued(changes: Partial<QueuedView> = {}): QueuedView {
  return {
    ticketId: 'ticket-2',
    number: 'A002',
    serviceId: 'transfer',
    classId: 'ordinary',
    waitingSince: NOW - 5 * MINUTE_MS,
    ...changes,
  };
}

export function aQueue(changes: Partial<QueueView> = {}): QueueView {
  return {
    total: 1,
    longestSince: NOW - 5 * MINUTE_MS,
    first: [aQueued()],
    nextTicketId: 'ticket-2',
    ...changes,
  };
}

export function aDesk(changes: Partial<DeskView> = {}): DeskView {
  return { clerkId: 'clerk-b01', counter: aCounter(), queue: aQueue(), lastFinished: undefined, ...changes };
}
