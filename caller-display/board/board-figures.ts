import type { ZoneTally } from '#domain/hall/state.ts';
import type { ZoneFigures } from '#domain/views/board.ts';

/** The tallies and counts of one zone, or of the whole hall. */
export type Tallied = Omit<ZoneFigures, 'zoneId'>;

/** One line of the board. Undefined: there is nothing to measure yet, which is not the same as 0. */
export interface BoardFigures {
  readonly waiting: number;
  readonly longestMs: number | undefined;
  readonly averageWaitMs: number | undefined;
  /** Shares are 0 to 1. */
  readonly waitWithin5: number | undefined;
  readonly waitWithin10: number | undefined;
  readonly averageHandleMs: number | undefined;
  readonly handleWithin5: number | undefined;
  readonly handleWithin10: number | undefined;
  readonly openCounters: number;
  readonly busyCounters: number;
  readonly pausedCounters: number;
}

const noTally: ZoneTally = {
  called: 0,
  waitSumMs: 0,
  waitWithin5: 0,
  waitWithin10: 0,
  finished: 0,
  handleSumMs: 0,
  handleWithin5: 0,
  handleWithin10: 0,
};

/**
 * The hall from its zones. Averages and shares come from the added sums and counts: an average of the zones' averages would let
 * a zone with three visitors weigh as much as one with three hundred.
 */
export function hallTotals(zones: readonly Tallied[]): Tallied {
  const sum = (of: (zone: Tallied) => number): number => zones.reduce((total, zone) => total + of(zone), 0);
  const longestSince = Math.min(...zones.map((zone) => zone.longestSince ?? Infinity));
  const tally = { ...noTally };
  for (const key of Object.keys(noTally) as (keyof ZoneTally)[]) tally[key] = sum((zone) => zone.tally[key]);
  return {
    waiting: sum(({ waiting }) => waiting),
    ...(longestSince < Infinity ? { longestSince } : {}),
    openCounters: sum(({ openCounters }) => openCounters),
    pausedCounters: sum(({ pausedCounters }) => pausedCounters),
    busyCounters: sum(({ busyCounters }) => busyCounters),
    tally,
  };
}

export function boardFigures(of: Tallied, nowMs: number): BoardFigures {
  const { tally, longestSince } = of;
  const perCall = (count: number): number | undefined => ratio(count, tally.called);
  const perFinish = (count: number): number | undefined => ratio(count, tally.finished);
  return {
    waiting: of.waiting,
    longestMs: longestSince === undefined ? undefined : Math.max(0, nowMs - longestSince),
    averageWaitMs: perCall(tally.waitSumMs),
    waitWithin5: perCall(tally.waitWithin5),
    waitWithin10: perCall(tally.waitWithin10),
    averageHandleMs: perFinish(tally.handleSumMs),
    handleWithin5: perFinish(tally.handleWithin5),
    handleWithin10: perFinish(tally.handleWithin10),
    openCounters: of.openCounters,
    busyCounters: of.busyCounters,
    pausedCounters: of.pausedCounters,
  };
}

const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

export type Tone = 'plain' | 'warning' | 'alarm';

const MINUTE_MS = 60_000;
export const WARNING_FROM_MINUTES = 10;
export const ALARM_FROM_MINUTES = 30;

/** Amber from 10 minutes, red from 30. */
export function toneOfWait(ms: number | undefined): Tone {
  if (ms === undefined || ms < WARNING_FROM_MINUTES * MINUTE_MS) return 'plain';
  return ms < ALARM_FROM_MINUTES * MINUTE_MS ? 'warning' : 'alarm';
}

const NOTHING = '–';

/** Whole minutes that have passed: '12' turns to '13' when 13 minutes are full, as the colours do. */
export function wholeMinutes(ms: number | undefined): string {
  return ms === undefined ? NOTHING : String(Math.floor(ms / MINUTE_MS));
}

/** Minutes to one decimal, cut and not rounded: 9.96 is not shown as 10.0 beside a plain colour. */
export function decimalMinutes(ms: number | undefined): string {
  return ms === undefined ? NOTHING : (Math.floor(ms / (MINUTE_MS / 10)) / 10).toFixed(1);
}

/** Percent, cut and not rounded: '100' means every one. */
export function percent(share: number | undefined): string {
  return share === undefined ? NOTHING : `${Math.floor(share * 100 + 1e-9)}%`;
}
