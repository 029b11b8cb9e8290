import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import { midnightOf } from '#domain/time.ts';
import type { CommandName } from '#protocol/commands.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { CommandAnswer } from '#protocol/wire.ts';
import type { TerminalSystem } from '#terminal/system.ts';
import type { Visit } from './clerk.ts';
import type { HallClock } from './hall-clock.ts';
import type { Fact, Wait } from './ledger.ts';
import type { Visitor } from './visitor.ts';

/** What everybody in the rehearsal shares: the hall's time, who the visitors are, and what has been seen. */
export interface Day {
  readonly catalogue: CatalogueIndex;
  readonly clock: HallClock;
  readonly businessDate: string;
  /** Epoch ms from which counters close once nobody waits. */
  readonly closesAt: number;
  readonly records: Records;
  readonly visits: Visits;
  /** An instant of the hall, from minutes after midnight. */
  at(minute: number): number;
  /** Resolves then, or when the day is over. */
  until(instant: number): Promise<void>;
  sleep(realMs: number): Promise<void>;
  isOver(): boolean;
  end(): void;
}

export interface Records {
  readonly facts: Fact[];
  /** By `name code`. */
  readonly refusals: Map<string, number>;
  readonly answers: { readonly name: CommandName; readonly ms: number }[];
  /** By ticket and leg, the first call of each. */
  readonly waits: Map<string, Wait>;
  readonly numbersByTicket: Map<string, string>;
  answered(name: CommandName, ms: number, answer: CommandAnswer<object>): void;
}

export interface Visits {
  of(ticketId: string): Visit;
  came(ticketId: string, visitor: Visitor): void;
  note(ticketId: string, change: Partial<Visit>): void;
}

export interface DayDeps {
  readonly catalogue: CatalogueIndex;
  readonly clock: HallClock;
  readonly businessDate: string;
  readonly closingMinute: number;
  readonly records: Records;
  readonly stranger: Visitor;
  readonly timers: TerminalSystem['timers'];
}

/** A hand on the hall's clock is noticed within this time by everybody who sleeps. */
const LONGEST_SLEEP_MS = 5_000;
const MINUTE_MS = 60_000;

export function createDay({
  catalogue,
  clock,
  businessDate,
  closingMinute,
  records,
  stranger,
  timers,
}: DayDeps): Day {
  const midnight = midnightOf(businessDate, catalogue.catalogue.hall.timeZone);
  const at = (minute: number): number => midnight + minute * MINUTE_MS;
  const sleep = (realMs: number): Promise<void> =>
    new Promise((resolve) => void timers.after(realMs, resolve));
  let isOver = false;
  return {
    catalogue,
    clock,
    businessDate,
    records,
    closesAt: at(closingMinute),
    visits: createVisits(stranger),
    at,
    sleep,
    until: async (instant) => {
      while (!isOver && clock.now() < instant)
        await sleep(Math.min(LONGEST_SLEEP_MS, clock.realUntil(instant)));
    },
    isOver: () => isOver,
    end: () => {
      isOver = true;
    },
  };
}

export function createRecords(): Records {
  const refusals = new Map<string, number>();
  const answers: Records['answers'] = [];
  return {
    facts: [],
    refusals,
    answers,
    waits: new Map(),
    numbersByTicket: new Map(),
    answered: (name, ms, answer) => {
      answers.push({ name, ms });
      if (!answer.ok)
        refusals.set(refusalKey(name, answer.code), (refusals.get(refusalKey(name, answer.code)) ?? 0) + 1);
    },
  };
}

export function refusalKey(name: CommandName, code: RefusalCode): string {
  return `${name} ${code}`;
}

/** Somebody may take a number at the hall's own kiosk while the rehearsal runs: that visitor is served like any other. */
function createVisits(stranger: Visitor): Visits {
  const visits = new Map<string, Visit>();
  const of = (ticketId: string): Visit =>
    visits.get(ticketId) ?? { visitor: stranger, missed: false, endingPlayed: false };
  return {
    of,
    came: (ticketId, visitor) => void visits.set(ticketId, { visitor, missed: false, endingPlayed: false }),
    note: (ticketId, change) => void visits.set(ticketId, { ...of(ticketId), ...change }),
  };
}
