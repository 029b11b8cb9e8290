import type { Random } from '#test/simulation/random.ts';

/** Minutes after midnight between which people come in. */
export const DOORS = { open: 8 * 60 + 30, close: 17 * 60 + 10 } as const;

/**
 * The shape of a day: people who stood at the doors and come in with a mean of four minutes, a broad morning, an afternoon that is
 * fullest after two, and some at any time. With these shares a tenth of the day comes in the first ten minutes: more than the
 * 500 of 6,500 that a hall is designed for.
 */
function densityAt(minute: number): number {
  const rush = Math.exp(-(minute - DOORS.open) / 4) / 4;
  const evenly = 1 / (DOORS.close - DOORS.open);
  return (
    0.08 * rush + 0.42 * bell(minute, 9 * 60 + 40, 55) + 0.3 * bell(minute, 14 * 60 + 20, 45) + 0.2 * evenly
  );
}

function bell(x: number, mean: number, deviation: number): number {
  const z = (x - mean) / deviation;
  return Math.exp((-z * z) / 2) / (deviation * Math.sqrt(2 * Math.PI));
}

/** Share of the day's arrivals in each minute from the opening of the doors; they sum to 1. */
export function arrivalShares(): readonly number[] {
  const densities = Array.from({ length: DOORS.close - DOORS.open }, (_, minute) =>
    densityAt(DOORS.open + minute + 0.5),
  );
  const sum = densities.reduce((total, density) => total + density, 0);
  return densities.map((density) => density / sum);
}

/** Instants of arrival in minutes after midnight, sorted. */
export function drawArrivals(random: Random, count: number): readonly number[] {
  const shares = arrivalShares();
  return Array.from({ length: count }, () => drawOne(random, shares)).sort((a, b) => a - b);
}

function drawOne(random: Random, shares: readonly number[]): number {
  let left = random.next();
  for (const [minute, share] of shares.entries()) {
    if (left < share) return DOORS.open + minute + left / share;
    left -= share;
  }
  return DOORS.close;
}

export interface Peak {
  /** Minutes after midnight. */
  readonly from: number;
  /** Share of the day's arrivals that come in the window. */
  readonly share: number;
}

/** The busiest window of `minutes`. */
export function busiestWindow(minutes: number): Peak {
  const shares = arrivalShares();
  let peak: Peak = { from: DOORS.open, share: 0 };
  for (let from = 0; from + minutes <= shares.length; from += 1) {
    const share = shares.slice(from, from + minutes).reduce((total, one) => total + one, 0);
    if (share > peak.share) peak = { from: DOORS.open + from, share };
  }
  return peak;
}
