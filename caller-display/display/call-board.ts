import { cheapestRow, isGivable, nextChange, promises, rowOf, type Slot } from './row-rules.ts';

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

function expectedThenLatest(a: BoardCall, b: BoardCall): number {
  if (a.status !== b.status) return a.status === 'called' ? -1 : 1;
  return b.order - a.order;
}
