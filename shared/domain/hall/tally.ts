import type { Day, ZoneTally } from './state.ts';

const FIVE_MINUTES_MS = 300_000;
const TEN_MINUTES_MS = 600_000;

export function tallyOf(day: Day, zoneId: string): ZoneTally {
  let tally = day.tallies.get(zoneId);
  if (!tally) {
    tally = emptyTally();
    day.tallies.set(zoneId, tally);
  }
  return tally;
}

export function emptyTally(): ZoneTally {
  return {
    called: 0,
    waitSumMs: 0,
    waitWithin5: 0,
    waitWithin10: 0,
    finished: 0,
    handleSumMs: 0,
    handleWithin5: 0,
    handleWithin10: 0,
  };
}

/** Counts a wait once per leg: from joining the queue to its first call. */
export function tallyWait(tally: ZoneTally, waitMs: number): void {
  tally.called += 1;
  tally.waitSumMs += waitMs;
  if (waitMs <= FIVE_MINUTES_MS) tally.waitWithin5 += 1;
  if (waitMs <= TEN_MINUTES_MS) tally.waitWithin10 += 1;
}

/** Counts a handling from start to finish; `sign` −1 takes it back when a leg is reopened. */
export function tallyHandling(tally: ZoneTally, handleMs: number, sign: 1 | -1): void {
  tally.finished += sign;
  tally.handleSumMs += sign * handleMs;
  if (handleMs <= FIVE_MINUTES_MS) tally.handleWithin5 += sign;
  if (handleMs <= TEN_MINUTES_MS) tally.handleWithin10 += sign;
}
