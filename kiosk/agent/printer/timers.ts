/** Time as the printer link needs it; a test passes one that it moves by hand. */
export interface Timers {
  /** Milliseconds on a clock that never jumps; only differences mean anything. */
  readonly nowMs: () => number;
  /** Calls `act` once after `delayMs`, unless the returned function was called before. */
  readonly after: (delayMs: number, act: () => void) => () => void;
}

export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};
