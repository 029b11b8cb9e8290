export interface PausableTime {
  now(): number;
  pause(): void;
  resume(): void;
}

/**
 * Time that stands still while the line is cut: a display that nobody may trust shows no call, so no call's 5 s may
 * pass on it unseen.
 */
export function createPausableTime(now: () => number): PausableTime {
  let lostMs = 0;
  let pausedAtMs: number | undefined;
  return {
    now: () => (pausedAtMs ?? now()) - lostMs,
    pause: () => {
      pausedAtMs ??= now();
    },
    resume: () => {
      if (pausedAtMs !== undefined) lostMs += now() - pausedAtMs;
      pausedAtMs = undefined;
    },
  };
}
