import type { Timers } from '#kiosk/agent/printer/timers.ts';

/** Timers that stand still until they are moved. */
export function createManualTimers(): Timers & { readonly advance: (byMs: number) => Promise<void> } {
  let nowMs = 0;
  let pending: { readonly atMs: number; readonly act: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    after(delayMs, act) {
      const timer = { atMs: nowMs + Math.max(0, delayMs), act };
      pending.push(timer);
      return () => void (pending = pending.filter((other) => other !== timer));
    },
    /** Fires what is due in order, and lets promises run in between. */
    async advance(byMs) {
      const untilMs = nowMs + byMs;
      await settle();
      for (;;) {
        const due = pending.filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        pending = pending.filter((other) => other !== due);
        nowMs = Math.max(nowMs, due.atMs);
        due.act();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
