import { FLASHING_MS, HIGHLIGHT_MS } from '#screen/display/announcing.ts';
import type { BoardCall, BoardRow, RowPhase, WaitingCall } from './call-board.ts';

/** No row is given away sooner. */
export const SHORTEST_SHOWING_MS = 5_000;

/** A row that is taken. */
export interface Slot {
  call: BoardCall;
  isOver: boolean;
  /** The row may be given away 5 s from here; -Infinity for a row that only fills the board. */
  heldFromMs: number;
  announcedAtMs: number | undefined;
}

const releaseOf = (slot: Slot | undefined): number =>
  slot ? slot.heldFromMs + SHORTEST_SHOWING_MS : -Infinity;

export const isGivable = (slot: Slot | undefined, nowMs: number): boolean => releaseOf(slot) <= nowMs;

function phaseOf({ call, isOver, announcedAtMs = -Infinity }: Slot, nowMs: number): RowPhase {
  if (isOver) return 'over';
  if (call.status === 'serving') return 'serving';
  if (nowMs < announcedAtMs + FLASHING_MS) return 'flashing';
  return nowMs < announcedAtMs + HIGHLIGHT_MS ? 'highlighted' : 'called';
}

export function rowOf(slot: Slot, nowMs: number): BoardRow {
  return { call: slot.call, phase: phaseOf(slot, nowMs), announcedAtMs: slot.announcedAtMs };
}

/** Smaller gives its row away sooner. A flashing row past its 5 s does not exist: both times are equal. */
const claims: Readonly<Record<RowPhase, number>> = {
  over: 0,
  serving: 1,
  called: 2,
  highlighted: 3,
  flashing: 4,
};

/** Index of the row to give to the next call: empty, or past its 5 s and least needed where it is. */
export function cheapestRow(slots: readonly (Slot | undefined)[], nowMs: number): number | undefined {
  const claimOf = (slot: Slot | undefined): number => (slot ? claims[phaseOf(slot, nowMs)] : -1);
  const [cheapest] = slots
    .map((slot, index) => ({ slot, index }))
    .filter(({ slot }) => isGivable(slot, nowMs))
    .sort((a, b) => claimOf(a.slot) - claimOf(b.slot) || compare(releaseOf(a.slot), releaseOf(b.slot)));
  return cheapest?.index;
}

/** Plain subtraction would make NaN of two rows that only fill the board. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * When each waiting call gets a row if nothing else happens but time: the row that is free soonest, which is then held for 5 s.
 * Nothing that happens later makes it later: who comes later stands behind.
 */
export function promises(
  slots: readonly (Slot | undefined)[],
  queue: readonly string[],
  nowMs: number,
): readonly { readonly callId: string; readonly showsAtMs: number }[] {
  const freeAtMs = slots.map((slot) => Math.max(nowMs, releaseOf(slot)));
  return queue.map((callId) => {
    const showsAtMs = Math.min(...freeAtMs);
    freeAtMs[freeAtMs.indexOf(showsAtMs)] = showsAtMs + SHORTEST_SHOWING_MS;
    return { callId, showsAtMs };
  });
}

export function nextChange(
  slots: readonly (Slot | undefined)[],
  next: WaitingCall | undefined,
  nowMs: number,
): number | undefined {
  const moments = slots.flatMap((slot) => {
    if (!slot) return [];
    const { announcedAtMs = -Infinity, isOver } = slot;
    return isOver ? [releaseOf(slot)] : [announcedAtMs + FLASHING_MS, announcedAtMs + HIGHLIGHT_MS];
  });
  const later = [...moments, next?.showsAtMs ?? -Infinity].filter((atMs) => atMs > nowMs);
  return later.length > 0 ? Math.min(...later) : undefined;
}
