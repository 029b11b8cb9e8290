import type { FeedEntries } from '#protocol/feeds.ts';
import type { BoardCall, CallBoard } from './call-board.ts';

type ZoneEntries = Partial<FeedEntries['zone']>;

/** The calls that stand at the counters of a zone feed, in the order in which they were made. */
export function callsIn(entries: ZoneEntries): readonly BoardCall[] {
  return Object.entries(entries)
    .flatMap(([key, sign]) => {
      if (!key.startsWith('counter:') || !sign || !('counterId' in sign) || !sign.call) return [];
      const { callId, ticketId, number, status, order, times } = sign.call;
      return [{ callId, ticketId, number, counterId: sign.counterId, status, order, times }];
    })
    .sort((a, b) => a.order - b.order);
}

export function openCountersIn(entries: ZoneEntries): number {
  return Object.values(entries).filter((entry) => entry && 'counterId' in entry && entry.status === 'open')
    .length;
}

export type CallChange =
  | { readonly kind: 'restore' | 'announce'; readonly call: BoardCall }
  | { readonly kind: 'answer' | 'end'; readonly callId: string };

/**
 * What happened between two states of a feed. `before` is undefined for the first state after the page opened: the
 * calls in it are old and are shown without flashing. After a cut of the line `before` is what this page had: a call made
 * meanwhile that still waits for its person is announced, because nobody has seen it here.
 * New calls come before recalls: a recall in the same message moves nobody back.
 */
export function changesBetween(
  before: readonly BoardCall[] | undefined,
  after: readonly BoardCall[],
): readonly CallChange[] {
  if (!before) return after.map((call) => ({ kind: 'restore', call }));
  const beforeById = new Map(before.map((call) => [call.callId, call]));
  const afterIds = new Set(after.map(({ callId }) => callId));
  const ended = before.filter(({ callId }) => !afterIds.has(callId));
  const fresh = after.filter(({ callId }) => !beforeById.has(callId));
  const known = after.filter(({ callId }) => beforeById.has(callId));
  return [
    ...ended.map(({ callId }) => ({ kind: 'end', callId }) as const),
    ...known.filter(isServing).map(({ callId }) => ({ kind: 'answer', callId }) as const),
    ...fresh.map((call) => ({ kind: isServing(call) ? 'restore' : 'announce', call }) as const),
    ...known.filter((call) => !isServing(call)).map((call) => ({ kind: 'announce', call }) as const),
  ];
}

const isServing = ({ status }: BoardCall): boolean => status === 'serving';

export function applyChange(board: CallBoard, change: CallChange, nowMs: number): void {
  switch (change.kind) {
    case 'restore':
      board.restore(change.call);
      return;
    case 'announce':
      board.announce(change.call, nowMs);
      return;
    case 'answer':
      board.answer(change.callId);
      return;
    case 'end':
      board.end(change.callId);
  }
}
