import type { PriorityClass, Service } from '#domain/catalogue/schema.ts';
import { issuingSpans } from '#domain/decide/take.ts';
import { addDays, midnightOf, minuteOfDay, minutesOf } from '#domain/time.ts';
import type { DayView, ServiceView } from '#domain/views/terminal.ts';
import type { ScreenCatalogue } from '#screen/hall/hall-store.ts';

/** When a number of a service can be had. Times are 'HH:MM', dates 'YYYY-MM-DD'. */
export type Issuing =
  | { readonly kind: 'now'; readonly until: string }
  | { readonly kind: 'later'; readonly from: string }
  /** Today is over: a number would be one of the next date, which is open already. */
  | { readonly kind: 'next-day'; readonly date: string }
  | { readonly kind: 'shut'; readonly next: Opening | undefined };

export interface Opening {
  readonly date: string;
  readonly from: string;
}

const DAYS_LOOKED_AHEAD = 14;

/** What the hall would answer at this instant, by the same hours; the hall itself decides. */
export function issuingOf(
  catalogue: ScreenCatalogue,
  day: DayView,
  service: Service,
  nowMs: number,
): Issuing {
  const { businessDate, nextDate, status } = day;
  if (businessDate === undefined) return { kind: 'shut', next: undefined };
  if (status === 'open') {
    const spans = issuingSpans(catalogue, service, businessDate);
    const minute = minuteOfDay(nowMs, midnightOf(businessDate, catalogue.catalogue.hall.timeZone));
    const present = spans.find(({ from, to }) => minutesOf(from) <= minute && minute < minutesOf(to));
    if (present) return { kind: 'now', until: present.to };
    const later = spans.find(({ from }) => minute < minutesOf(from));
    if (later) return { kind: 'later', from: later.from };
  }
  if (nextDate !== undefined && issuingSpans(catalogue, service, nextDate).length > 0) {
    return { kind: 'next-day', date: nextDate };
  }
  return { kind: 'shut', next: nextOpening(catalogue, service, businessDate) };
}

function nextOpening(catalogue: ScreenCatalogue, service: Service, after: string): Opening | undefined {
  for (let days = 1; days <= DAYS_LOOKED_AHEAD; days += 1) {
    const date = addDays(after, days);
    const [first] = issuingSpans(catalogue, service, date);
    if (first) return { date, from: first.from };
  }
  return undefined;
}

/** Everybody who waits for a service. */
export function peopleWaiting({ waiting }: ServiceView): number {
  return Object.values(waiting).reduce((sum, count) => sum + count, 0);
}

/** Those who will be called before a newcomer of a class, counted as the hall counts them when it issues. */
export function peopleAhead(
  { waiting }: ServiceView,
  { classesById }: Pick<ScreenCatalogue, 'classesById'>,
  classId: string,
): number {
  const rank = classesById.get(classId)?.rank ?? Infinity;
  return Object.entries(waiting)
    .filter(([id]) => (classesById.get(id)?.rank ?? Infinity) <= rank)
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Why no number can be had now, if so. */
export type Obstacle = 'none-left' | 'later' | 'shut';

export function obstacleOf(issuing: Issuing, view: ServiceView | undefined): Obstacle | undefined {
  if (issuing.kind === 'later' || issuing.kind === 'shut') return issuing.kind;
  // What is left is told of today: it says nothing of a number for the next date.
  return issuing.kind === 'now' && view?.left === 0 ? 'none-left' : undefined;
}

/** The one thing worth saying of a service beside its name, where many stand together. */
export type Note =
  | { readonly kind: 'waiting'; readonly count: number }
  | { readonly kind: 'no-counter' | 'none-left' | 'next-day' | 'shut' | 'unknown' }
  | { readonly kind: 'later'; readonly from: string };

export function noteOf(issuing: Issuing, view: ServiceView | undefined): Note {
  if (issuing.kind === 'later') return { kind: 'later', from: issuing.from };
  if (issuing.kind !== 'now') return { kind: issuing.kind };
  if (!view) return { kind: 'unknown' };
  if (view.left === 0) return { kind: 'none-left' };
  const count = peopleWaiting(view);
  return count === 0 && view.openCounters === 0 ? { kind: 'no-counter' } : { kind: 'waiting', count };
}

/** The classes that a visitor may claim without being checked, the ordinary one left out, the most urgent first. */
export function claimableClasses({ catalogue }: ScreenCatalogue, ordinary: string): readonly PriorityClass[] {
  return catalogue.priorityClasses
    .filter(({ id, selfService }) => selfService && id !== ordinary)
    .sort((a, b) => a.rank - b.rank);
}
