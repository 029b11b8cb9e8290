import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { FeedEntries } from '#protocol/feeds.ts';
import { monotonicNow } from '#screen/display/adapters/monotonic.ts';
import { applyChange, callsIn, changesBetween } from './announcements.ts';
import { createCallBoard, type BoardCall, type BoardView } from './call-board.ts';
import { createPausableTime } from './pausable-time.ts';

export interface CallBoardSource {
  readonly entries: ShallowRef<Partial<FeedEntries['zone']>>;
  readonly rows: () => number;
  readonly isStale: () => boolean;
}

/** Runs the board on a feed: a new view at every message and at every moment that the board names. */
export function useCallBoard({ entries, rows, isStale }: CallBoardSource) {
  const time = createPausableTime(monotonicNow);
  const board = createCallBoard({ rows: rows() });
  const view = shallowRef<BoardView>(board.tick(time.now()));
  let known: readonly BoardCall[] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = (): void => {
    clearTimeout(timer);
    const nowMs = time.now();
    view.value = board.tick(nowMs);
    const { nextChangeAtMs } = view.value;
    if (nextChangeAtMs !== undefined && !isStale()) timer = setTimeout(refresh, nextChangeAtMs - nowMs);
  };

  watch(
    entries,
    (after) => {
      if (!after.day) return;
      if (!isStale()) time.resume();
      const calls = callsIn(after);
      for (const change of changesBetween(known, calls)) applyChange(board, change, time.now());
      known = calls;
      refresh();
    },
    // At once: between message and paint nothing else should stand.
    { immediate: true, flush: 'sync' },
  );
  // Later: with the line comes the state of the feed, and calls that ended meanwhile must not get a row first.
  watch(isStale, (stale) => {
    if (stale) time.pause();
    else time.resume();
    refresh();
  });
  watch(rows, (count) => {
    board.resize(count, time.now());
    refresh();
  });
  onScopeDispose(() => clearTimeout(timer));

  return { view, now: time.now };
}
