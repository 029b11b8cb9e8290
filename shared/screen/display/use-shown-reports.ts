import { useEventListener } from '@vueuse/core';
import { nextTick, watch } from 'vue';
import type { Telemetry } from '#protocol/wire.ts';

/** A call on the page. Its element carries `data-call`. */
export interface PaintedCall {
  readonly ticketId: string;
  readonly callId: string;
  readonly times: number;
  readonly status: 'called' | 'serving';
}

/** A call that has no place yet. */
export interface QueuedCall {
  readonly call: Pick<PaintedCall, 'ticketId' | 'callId'>;
  readonly showsAtMs: number;
}

export interface ShownReports {
  readonly painted: () => readonly PaintedCall[];
  readonly waiting?: () => readonly QueuedCall[];
  /** On the clock of `showsAtMs`. */
  readonly now?: () => number;
  /** The page is not to be believed just now: nothing on it counts as shown. */
  readonly isStale: () => boolean;
  readonly report: (telemetry: Telemetry) => void;
}

/** Enough for the calls of some hours; a display runs for months. */
const REMEMBERED = 2_000;

/**
 * Tells the hall once for each call and recall that it can be read here: after the second animation frame, because the first one
 * only starts the painting, and only from a page that is seen, with the row inside it.
 */
export function useShownReports(source: ShownReports): void {
  const reported = new Set<string>();
  const isNew = (key: string): boolean => {
    if (reported.has(key)) return false;
    if (reported.size >= REMEMBERED) reported.clear();
    reported.add(key);
    return true;
  };
  const unreported = (): readonly PaintedCall[] =>
    source.painted().filter((call) => call.status === 'called' && !reported.has(shownKey(call)));

  const reportShown = (): void => {
    if (source.isStale() || document.visibilityState !== 'visible') return;
    for (const call of unreported()) {
      if (!isInViewport(call.callId) || !isNew(shownKey(call))) continue;
      const { ticketId, callId, times } = call;
      source.report({ kind: 'shown', ticketId, callId, times });
    }
  };
  const whenPainted = async (): Promise<void> => {
    if (unreported().length === 0) return;
    await nextTick();
    requestAnimationFrame(() => requestAnimationFrame(reportShown));
  };
  const reportQueued = (waiting: readonly QueuedCall[]): void => {
    for (const { call, showsAtMs } of waiting) {
      if (!isNew(`queued ${call.callId}`)) continue;
      const etaMs = Math.max(0, Math.round(showsAtMs - (source.now?.() ?? showsAtMs)));
      source.report({ kind: 'queued', ticketId: call.ticketId, callId: call.callId, etaMs });
    }
  };

  watch([source.painted, source.isStale], whenPainted, { immediate: true });
  watch(() => source.waiting?.() ?? [], reportQueued, { immediate: true });
  useEventListener(document, 'visibilitychange', whenPainted);
}

const shownKey = ({ callId, times }: PaintedCall): string => `shown ${callId} ${times}`;

function isInViewport(callId: string): boolean {
  const box = document.querySelector(`[data-call="${CSS.escape(callId)}"]`)?.getBoundingClientRect();
  if (!box || box.width === 0 || box.height === 0) return false;
  const isAcross = box.left >= -1 && box.right <= innerWidth + 1;
  return isAcross && box.top >= -1 && box.bottom <= innerHeight + 1;
}
