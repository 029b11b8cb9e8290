import type { Timers } from '../system.ts';

export interface HeartbeatWatch {
  /** Starts over: something was heard. */
  heard(): void;
  stop(): void;
}

/** Calls `onSilence` once when nothing was heard for `afterMs`; `heard` arms it again. */
export function createHeartbeatWatch(timers: Timers, afterMs: number, onSilence: () => void): HeartbeatWatch {
  let cancel = (): void => undefined;
  return {
    heard() {
      cancel();
      cancel = timers.after(afterMs, onSilence);
    },
    stop: () => cancel(),
  };
}
