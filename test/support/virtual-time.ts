import { randomBytes } from 'node:crypto';
import type { System } from '#hall-server/adapters/system.ts';

export interface VirtualTime {
  readonly system: System;
  /** Lets time pass: the hall's clock, the monotonic one, and what falls due in between, in order. */
  advance(byMs: number): Promise<void>;
  /** Sets the hall's clock alone, as an operator or a time server does. */
  setClock(atMs: number): void;
  /** How many timers are set. */
  pending(): number;
}

interface Timer {
  dueMs: number;
  readonly everyMs: number | undefined;
  readonly run: () => void;
}

/** A hall-server's time, in which nothing happens until the test lets it. Only turns of the event loop are real. */
export function createVirtualTime(startMs: number): VirtualTime {
  let clockMs = startMs;
  let elapsedMs = 0;
  let ids = 0;
  let timers: Timer[] = [];

  const set = (timer: Timer): (() => void) => {
    timers.push(timer);
    return () => void (timers = timers.filter((other) => other !== timer));
  };
  const moveTo = (ms: number): void => {
    clockMs += Math.max(0, ms - elapsedMs);
    elapsedMs = Math.max(elapsedMs, ms);
  };

  return {
    system: {
      now: () => clockMs,
      elapsed: () => elapsedMs,
      newId: () => `id-${String((ids += 1)).padStart(6, '0')}-${randomBytes(4).toString('hex')}`,
      newSecret: () => randomBytes(32).toString('base64url'),
      defer: (run) => void setImmediate(run),
      after: (ms, run) => set({ dueMs: elapsedMs + ms, everyMs: undefined, run }),
      every: (ms, run) => set({ dueMs: elapsedMs + ms, everyMs: ms, run }),
    },
    async advance(byMs) {
      const untilMs = elapsedMs + byMs;
      for (;;) {
        await turns();
        const due = timers.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (!due) break;
        moveTo(due.dueMs);
        if (due.everyMs === undefined) timers = timers.filter((other) => other !== due);
        else due.dueMs += due.everyMs;
        due.run();
      }
      moveTo(untilMs);
      await turns();
    },
    setClock: (atMs) => void (clockMs = atMs),
    pending: () => timers.length,
  };
}

/** Enough turns of the event loop for a batch to be decided, written and told. */
export async function turns(count = 6): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
