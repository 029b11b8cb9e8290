import type { CatalogueIndex } from '../catalogue/index.ts';
import { currentLeg, type Day, type Hall, type HoldKind, type Ticket } from '../hall/state.ts';
import { candidatesOf } from '../routing/candidates.ts';
import { choose } from '../routing/choose.ts';
import { signOf, type SignView } from './sign.ts';

/** A counter as its own clerk sees it. */
export interface CallerCounterView extends SignView {
  /** Sent back as `seenRevision`. */
  readonly revision: number;
  readonly servedToday: number;
  readonly active?: ActiveView;
}

export interface ActiveView {
  readonly ticketId: string;
  readonly number: string;
  readonly serviceId: string;
  readonly classId: string;
  readonly leg: number;
  readonly status: 'called' | 'serving';
  readonly takenAt: number;
  readonly waitedMs: number;
  readonly times: number;
  readonly lastCalledAt: number;
  readonly shownAt?: number;
  readonly startedAt?: number;
  /** Services of the legs before this one, oldest first. */
  readonly before: readonly string[];
}

export interface QueuedView {
  readonly ticketId: string;
  readonly number: string;
  readonly serviceId: string;
  readonly classId: string;
  readonly waitingSince: number;
  readonly notBefore?: number;
  readonly onlyCounterId?: string;
}

export interface QueueView {
  readonly total: number;
  /** Epoch ms since when the longest-waiting person waits. */
  readonly longestSince?: number;
  /** In order of arrival, at most 40. */
  readonly first: readonly QueuedView[];
  /** Who would be called now by 下一位. */
  readonly nextTicketId?: string;
}

export interface AsideView extends QueuedView {
  readonly since: number;
  readonly holdKind?: HoldKind;
  readonly counterId?: string;
}

const SHOWN_IN_QUEUE = 40;
const SHOWN_ASIDE = 40;

export function callerCounterOf(hall: Hall, counterId: string): CallerCounterView {
  const counter = hall.countersById.get(counterId);
  const ticket = hall.current?.ticketsById.get(counter?.activeTicketId ?? '');
  const active = ticket ? activeOf(ticket) : undefined;
  return {
    ...signOf(hall, counterId),
    revision: counter?.revision ?? 0,
    servedToday: counter?.servedToday ?? 0,
    ...(active ? { active } : {}),
  };
}

function activeOf(ticket: Ticket): ActiveView | undefined {
  const leg = currentLeg(ticket);
  if (leg.status !== 'called' && leg.status !== 'serving') return undefined;
  return {
    ticketId: ticket.id,
    number: ticket.number,
    serviceId: leg.serviceId,
    classId: ticket.classId,
    leg: leg.index,
    status: leg.status,
    takenAt: ticket.takenAt,
    waitedMs: Math.max(0, (leg.calledAt ?? leg.waitingSince) - leg.waitingSince),
    times: leg.timesCalled,
    lastCalledAt: leg.lastCalledAt ?? 0,
    ...(leg.shownAt === undefined ? {} : { shownAt: leg.shownAt }),
    ...(leg.startedAt === undefined ? {} : { startedAt: leg.startedAt }),
    before: ticket.legs.slice(0, -1).map(({ serviceId }) => serviceId),
  };
}

export function queueOfCounter(
  hall: Hall,
  catalogue: CatalogueIndex,
  counterId: string,
  nowMs: number,
): QueueView {
  const day = hall.current;
  const lines = servicesOf(catalogue, counterId).flatMap((id) => [
    ...(day?.queues.get(id)?.byClass.values() ?? []),
  ]);
  // The lines are sorted by place already: sorting everybody took 18 ms with 18,000 waiting, once per counter and message.
  const first = lines
    .flatMap((line) => line.slice(0, SHOWN_IN_QUEUE))
    .sort((a, b) => a.leg.place - b.leg.place)
    .slice(0, SHOWN_IN_QUEUE);
  const next = day && choose(day, candidatesOf(hall, day, catalogue, counterId, nowMs));
  let longestSince = Infinity;
  for (const line of lines)
    for (const { leg } of line) longestSince = Math.min(longestSince, leg.waitingSince);
  return {
    total: lines.reduce((sum, line) => sum + line.length, 0),
    ...(first.length > 0 ? { longestSince } : {}),
    first: first.map(({ ticket }) => queuedOf(ticket)),
    ...(next ? { nextTicketId: next.chosen.ticket.id } : {}),
  };
}

function queuedOf(ticket: Ticket): QueuedView {
  const { serviceId, waitingSince, notBefore, onlyCounterId } = currentLeg(ticket);
  return {
    ticketId: ticket.id,
    number: ticket.number,
    serviceId,
    classId: ticket.classId,
    waitingSince,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(onlyCounterId === undefined ? {} : { onlyCounterId }),
  };
}

/** Held or missed tickets that this counter could take up again, newest first. */
export function asideOf(
  day: Day | undefined,
  catalogue: CatalogueIndex,
  counterId: string,
  kind: 'held' | 'noShows',
): AsideView[] {
  const services = new Set(servicesOf(catalogue, counterId));
  return [...(day?.[kind].values() ?? [])]
    .filter((ticket) => services.has(currentLeg(ticket).serviceId))
    .reverse()
    .slice(0, SHOWN_ASIDE)
    .map((ticket) => {
      const leg = currentLeg(ticket);
      return {
        ...queuedOf(ticket),
        since: leg.endedAt ?? leg.startedAt ?? leg.lastCalledAt ?? leg.waitingSince,
        ...(leg.holdKind ? { holdKind: leg.holdKind } : {}),
        ...(leg.counterId === undefined ? {} : { counterId: leg.counterId }),
      };
    });
}

export function servicesOf(catalogue: CatalogueIndex, counterId: string): readonly string[] {
  return (catalogue.tiersByCounter.get(counterId) ?? []).flat();
}
