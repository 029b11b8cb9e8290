import type { Zone } from '#domain/catalogue/schema.ts';
import type { FeedEntries } from '#protocol/feeds.ts';

export interface ZoneRow {
  readonly zone: Zone;
  readonly waiting: number;
  readonly openCounters: number;
  /** Whole minutes that the longest-waiting person has waited; undefined where nobody waits. */
  readonly longestMin: number | undefined;
  readonly tone: 'plain' | 'warning' | 'alarm';
}

const MINUTE_MS = 60_000;
/** The hall's promise, and three times it: the same two marks as on the board. */
const WARNING_MIN = 10;
const ALARM_MIN = 30;

/** How full each zone is, in the order of the hall. */
export function zoneRows(
  zones: readonly Zone[],
  board: Partial<FeedEntries['board']>,
  nowMs: number,
): readonly ZoneRow[] {
  return [...zones]
    .sort((a, b) => a.sort - b.sort)
    .map((zone): ZoneRow => {
      const figures = board[`zone:${zone.id}`];
      const since = figures?.longestSince;
      // A clock that stands a little behind the hall's must not show minus one minute.
      const longestMin =
        since === undefined ? undefined : Math.max(0, Math.floor((nowMs - since) / MINUTE_MS));
      const { waiting = 0, openCounters = 0 } = figures ?? {};
      return { zone, waiting, openCounters, longestMin, tone: toneOf(longestMin) };
    });
}

function toneOf(longestMin: number | undefined): ZoneRow['tone'] {
  if (longestMin === undefined || longestMin < WARNING_MIN) return 'plain';
  return longestMin < ALARM_MIN ? 'warning' : 'alarm';
}
