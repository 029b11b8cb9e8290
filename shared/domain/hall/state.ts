import type { CatalogueIndex } from '../catalogue/index.ts';
import type { callReasons, holdKinds, languages, outcomes, pauseReasons } from '../commands/schemas.ts';
import type { DayTotals } from '../events/schemas.ts';
import type { BusinessDate } from '../time.ts';

export type Outcome = (typeof outcomes)[number];
export type HoldKind = (typeof holdKinds)[number];
export type PauseReason = (typeof pauseReasons)[number];
export type CallReason = (typeof callReasons)[number];
export type Language = (typeof languages)[number];

export type LegStatus =
  'waiting' | 'called' | 'serving' | 'held' | 'finished' | 'no-show' | 'cancelled' | 'transferred' | 'voided';

/** One service within a visit. */
export interface Leg {
  readonly index: number;
  readonly serviceId: string;
  status: LegStatus;
  /** Sort key within the queue: smaller is earlier. Comparable over all services of a day. */
  place: number;
  /** Epoch ms of joining the queue: the wait is counted from here. */
  readonly waitingSince: number;
  /** Not offered before this instant (after a no-show). */
  notBefore: number | undefined;
  /** Only this counter is offered the ticket (held for the same counter, or transferred to one). */
  onlyCounterId: string | undefined;
  /** The counter that called it last, while called, serving, held, and after. */
  counterId: string | undefined;
  callId: string | undefined;
  /** Times called by the present call, recalls included. */
  timesCalled: number;
  calledAt: number | undefined;
  /** Revision of the call: calls are announced in this order. */
  calledRevision: number | undefined;
  lastCalledAt: number | undefined;
  firstCalledAt: number | undefined;
  shownAt: number | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
  outcome: Outcome | undefined;
  holdKind: HoldKind | undefined;
}

/** One visit. Its status is that of its last leg. */
export interface Ticket {
  readonly id: string;
  readonly number: string;
  readonly businessDate: BusinessDate;
  readonly seriesId: string;
  readonly classId: string;
  readonly language: Language;
  readonly takenAt: number;
  /** The place of arrival, kept when the ticket is transferred. */
  readonly arrivalPlace: number;
  readonly legs: Leg[];
}

/** A waiting leg with its ticket, as it stands in a queue. */
export interface Waiting {
  readonly ticket: Ticket;
  readonly leg: Leg;
}

/** The waiting people of one service: one list per priority class, each sorted by place. */
export interface ServiceQueue {
  readonly byClass: Map<string, Waiting[]>;
  /** Places of later-come tickets that were called past somebody here by priority, sorted. */
  readonly overtakers: number[];
  count: number;
  /** How many of them are not offered to every counter at once: kept for one counter, or not before an instant. */
  kept: number;
}

/** Sums behind the board's figures. Durations in milliseconds. */
export interface ZoneTally {
  called: number;
  waitSumMs: number;
  waitWithin5: number;
  waitWithin10: number;
  finished: number;
  handleSumMs: number;
  handleWithin5: number;
  handleWithin10: number;
}

export interface Day {
  readonly businessDate: BusinessDate;
  readonly midnightMs: number;
  status: 'open' | 'closed';
  readonly ticketsById: Map<string, Ticket>;
  readonly ticketIdsByNumber: Map<string, string>;
  readonly seriesCounts: Map<string, number>;
  /** Tickets counted against a quota, by `quotaKey`. */
  readonly quotaCounts: Map<string, number>;
  readonly queues: Map<string, ServiceQueue>;
  readonly tallies: Map<string, ZoneTally>;
  readonly held: Map<string, Ticket>;
  readonly noShows: Map<string, Ticket>;
  lastPlace: number;
  totals: DayTotals;
}

export interface CounterState {
  readonly id: string;
  status: 'closed' | 'open' | 'paused';
  clerkId: string | undefined;
  pauseReason: PauseReason | undefined;
  /** The ticket that is called or being served here. */
  activeTicketId: string | undefined;
  /** Revision of the last event that concerned this counter: what a clerk has seen. */
  revision: number;
  servedToday: number;
}

/** Where the fold finds a catalogue version. Throws if the version is unknown: a log cannot name one that is not stored. */
export type CatalogueSource = (version: number) => CatalogueIndex;

/**
 * The fold of a hall's log: the mutable object that one owner keeps. At most two business dates are open: `current`,
 * and `next` for numbers taken after closing.
 */
export interface Hall {
  readonly catalogueOf: CatalogueSource;
  revision: number;
  lastAt: number;
  catalogue: CatalogueIndex | undefined;
  current: Day | undefined;
  next: Day | undefined;
  readonly countersById: Map<string, CounterState>;
  readonly counterIdsByClerk: Map<string, string>;
}

export function createHall(catalogueOf: CatalogueSource): Hall {
  return {
    catalogueOf,
    revision: 0,
    lastAt: 0,
    catalogue: undefined,
    current: undefined,
    next: undefined,
    countersById: new Map(),
    counterIdsByClerk: new Map(),
  };
}

export function createDay(businessDate: BusinessDate, midnightMs: number): Day {
  return {
    businessDate,
    midnightMs,
    status: 'open',
    ticketsById: new Map(),
    ticketIdsByNumber: new Map(),
    seriesCounts: new Map(),
    quotaCounts: new Map(),
    queues: new Map(),
    tallies: new Map(),
    held: new Map(),
    noShows: new Map(),
    lastPlace: 0,
    totals: { issued: 0, finished: 0, noShow: 0, cancelled: 0, voided: 0 },
  };
}

export function createCounterState(id: string): CounterState {
  return {
    id,
    status: 'closed',
    clerkId: undefined,
    pauseReason: undefined,
    activeTicketId: undefined,
    revision: 0,
    servedToday: 0,
  };
}

/** The leg that the visit is in. */
export function currentLeg(ticket: Ticket): Leg {
  const leg = ticket.legs.at(-1);
  if (!leg) throw new Error(`ticket ${ticket.id} has no leg`);
  return leg;
}

export function findTicket(hall: Hall, ticketId: string): { day: Day; ticket: Ticket } | undefined {
  for (const day of [hall.current, hall.next]) {
    const ticket = day?.ticketsById.get(ticketId);
    if (day && ticket) return { day, ticket };
  }
  return undefined;
}
