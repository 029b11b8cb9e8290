/** A call as the board needs it. */
export interface BoardCall {
  readonly callId: string;
  readonly ticketId: string;
  readonly number: string;
  readonly counterId: string;
  readonly status: 'called' | 'serving';
  /** Place among the calls: announcements go in this order. */
  readonly order: number;
  /** Times called, recalls included. */
  readonly times: number;
}

/**
 * flashing: the first 5 s after an announcement; highlighted: up to 20 s; called: still expected at the counter;
 * serving: arrived; over: ended before its row had its shortest time.
 */
export type RowPhase = 'flashing' | 'highlighted' | 'called' | 'serving' | 'over';

export interface BoardRow {
  readonly call: BoardCall;
  readonly phase: RowPhase;
  /** When it last began to flash here; undefined for a call that only fills the board. */
  readonly announcedAtMs: number | undefined;
}

export interface WaitingCall {
  readonly call: BoardCall;
  /** When it gets its row at the latest; on the clock of `tick`. */
  readonly showsAtMs: number;
}

export interface BoardView {
  readonly rows: readonly (BoardRow | undefined)[];
  /** First in, first out. */
  readonly waiting: readonly WaitingCall[];
  /** When `tick` will next say something else; undefined when nothing but a new call changes the board. */
  readonly nextChangeAtMs: number | undefined;
}

export interface CallBoard {
  /** A new call, or a recall of a known one (`times` larger). What is known already changes nothing. */
  announce(call: BoardCall, nowMs: number): void;
  /** Calls that stood before this display looked: shown where there is room, steady. */
  restore(call: BoardCall): void;
  /** The person stands at the counter. */
  answer(callId: string): void;
  /** The call is over: finished, missed, set aside, withdrawn. */
  end(callId: string): void;
  /** Another number of rows; what has not had its time yet goes to the front of the queue. */
  resize(rows: number, nowMs: number): void;
  tick(nowMs: number): BoardView;
}

/** No row is given away sooner. Also the length of the flashing: five times at 1 Hz. */
export const SHORTEST_SHOWING_MS = 5_000;
export const FLASHING_MS = 5_000;
export const HIGHLIGHT_MS = 20_000;

interface Slot {
  call: BoardCall;
  isOver: boolean;
  /** The row may be given away 5 s from here; -Infinity for a row that only fills the board. */
  heldFromMs: number;
  announcedAtMs: number | undefined;
}

/**
 * Which call stands in which row, without a clock of its own. The rules:
 * - A free row takes a call at once; otherwise the call waits, first in first out. Free is an empty row and one whose
 *   call has had 5 s. Rows that need their place least go first: over, arrived, no longer highlighted, oldest.
 * - A call keeps its row as long as nobody needs it; rows left empty show the calls that stand at counters now.
 * - A recall of a waiting call changes nothing about its place. A recall of a call in a row flashes there at once, and its
 *   5 s begin anew. If others wait, their promised time comes first: the row keeps its old term, and the recalled call
 *   also joins the end of the queue, so that the recall has its 5 s there.
 * - A waiting call leaves the queue unshown only when it is no call any more: the person already stands at the counter, or
 *   the clerk has ended it. To show it then would send somebody to a counter that serves another.
 */
export function createCallBoard(options: { readonly rows: number }): CallBoard {
  let slots: (Slot | undefined)[] = Array.from({ length: options.rows }, () => undefined);
  let queue: string[] = [];
  const liveById = new Map<string, BoardCall>();

  const slotOf = (callId: string): Slot | undefined =>
    slots.find((slot) => slot?.call.callId === callId && !slot.isOver);

  const remember = (call: BoardCall): void => {
    liveById.set(call.callId, call);
    const slot = slotOf(call.callId);
    if (slot) slot.call = call;
  };

  const settle = (nowMs: number): void => {
    slots = slots.map((slot) => (slot?.isOver && isGivable(slot, nowMs) ? undefined : slot));
    showWaiting(nowMs);
    fill();
  };

  const showWaiting = (nowMs: number): void => {
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      const call = liveById.get(head);
      const standing = slotOf(head);
      if (standing) standing.heldFromMs = standing.announcedAtMs ?? nowMs;
      else if (call) {
        const index = cheapestRow(slots, nowMs);
        if (index === undefined) return;
        slots[index] = { call, isOver: false, heldFromMs: nowMs, announcedAtMs: nowMs };
      }
      queue.shift();
    }
  };

  /** Rows that nobody needs show who is expected or served now; they are free for any call at once. */
  const fill = (): void => {
    if (!slots.includes(undefined)) return;
    const spare = [...liveById.values()].filter(({ callId }) => !slotOf(callId)).sort(expectedThenLatest);
    slots = slots.map((slot) => {
      const call = slot ? undefined : spare.shift();
      return call ? { call, isOver: false, heldFromMs: -Infinity, announcedAtMs: undefined } : slot;
    });
  };

  const recallInRow = (slot: Slot, nowMs: number): void => {
    slot.announcedAtMs = nowMs;
    if (queue.length === 0) slot.heldFromMs = nowMs;
    else if (!queue.includes(slot.call.callId)) queue.push(slot.call.callId);
  };

  return {
    announce: (call, nowMs) => {
      settle(nowMs);
      const known = liveById.get(call.callId);
      remember(call);
      if (known && call.times <= known.times) return;
      const slot = slotOf(call.callId);
      if (slot) recallInRow(slot, nowMs);
      else if (!queue.includes(call.callId)) queue.push(call.callId);
      settle(nowMs);
    },
    restore: (call) => remember(call),
    answer: (callId) => {
      const call = liveById.get(callId);
      if (!call) return;
      remember({ ...call, status: 'serving' });
      queue = queue.filter((waiting) => waiting !== callId);
    },
    end: (callId) => {
      const slot = slotOf(callId);
      if (slot) slot.isOver = true;
      liveById.delete(callId);
      queue = queue.filter((waiting) => waiting !== callId);
    },
    resize: (rows, nowMs) => {
      const dropped = slots.slice(rows).filter((slot) => slot && !slot.isOver && !isGivable(slot, nowMs));
      slots = Array.from({ length: rows }, (_, index) => slots[index]);
      const again = dropped.flatMap((slot) => (slot ? [slot.call.callId] : []));
      queue = [...again, ...queue.filter((waiting) => !again.includes(waiting))];
      settle(nowMs);
    },
    tick: (nowMs) => {
      settle(nowMs);
      const waiting = promises(slots, queue, nowMs).flatMap(({ callId, showsAtMs }) => {
        const call = slotOf(callId) ? undefined : liveById.get(callId);
        return call ? [{ call, showsAtMs }] : [];
      });
      return {
        rows: slots.map((slot) => slot && rowOf(slot, nowMs)),
        waiting,
        nextChangeAtMs: nextChange(slots, waiting[0], nowMs),
      };
    },
  };
}

const releaseOf = (slot: Slot | undefined): number =>
  slot ? slot.heldFromMs + SHORTEST_SHOWING_MS : -Infinity;

const isGivable = (slot: Slot | undefined, nowMs: number): boolean => releaseOf(slot) <= nowMs;

function phaseOf({ call, isOver, announcedAtMs = -Infinity }: Slot, nowMs: number): RowPhase {
  if (isOver) return 'over';
  if (call.status === 'serving') return 'serving';
  if (nowMs < announcedAtMs + FLASHING_MS) return 'flashing';
  return nowMs < announcedAtMs + HIGHLIGHT_MS ? 'highlighted' : 'called';
}

function rowOf(slot: Slot, nowMs: number): BoardRow {
  return { call: slot.call, phase: phaseOf(slot, nowMs), announcedAtMs: slot.announcedAtMs };
}

/** Smaller gives its row away sooner. A flashing row past its 5 s does not exist: both times are equal. */
const claims: Readonly<Record<RowPhase, number>> = { over: 0, serving: 1, called: 2, highlighted: 3, flashing: 4 };

/** Index of the row to give to the next call: empty, or past its 5 s and least needed where it is. */
function cheapestRow(slots: readonly (Slot | undefined)[], nowMs: number): number | undefined {
  const claimOf = (slot: Slot | undefined): number => (slot ? claims[phaseOf(slot, nowMs)] : -1);
  const [cheapest] = slots
    .map((slot, index) => ({ slot, index }))
    .filter(({ slot }) => isGivable(slot, nowMs))
    .sort((a, b) => claimOf(a.slot) - claimOf(b.slot) || compare(releaseOf(a.slot), releaseOf(b.slot)));
  return cheapest?.index;
}

/** Plain subtraction would make NaN of two rows that only fill the board. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

function expectedThenLatest(a: BoardCall, b: BoardCall): number {
  if (a.status !== b.status) return a.status === 'called' ? -1 : 1;
  return b.order - a.order;
}

/**
 * When each waiting call gets a row if nothing else happens but time: the row that is free soonest, which is then held for 5 s.
 * Nothing that happens later makes it later: who comes later stands behind.
 */
function promises(
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

function nextChange(
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
