/** The hall's clock as a terminal knows it: never ahead of the hall's own, so that nobody acts before the time has come. */
export interface HallClock {
  /** Epoch ms. */
  now(): number;
  speed(): number;
  /** A heartbeat said so, some time ago. */
  heard(now: number): void;
  /** The hall's clock runs at this speed from now on. */
  set(now: number, speed: number): void;
  /** Real milliseconds until an instant of the hall. */
  realUntil(instant: number): number;
}

/** @param elapsed monotonic ms */
export function createHallClock(elapsed: () => number): HallClock {
  let speed = 1;
  /** What the hall's clock would have said when `elapsed` was nought: each message gives a lower bound of it. */
  let origin = -Infinity;
  const now = (): number => origin + elapsed() * speed;
  return {
    now,
    speed: () => speed,
    heard: (at) => {
      origin = Math.max(origin, at - elapsed() * speed);
    },
    set: (at, next) => {
      speed = next;
      origin = at - elapsed() * speed;
    },
    realUntil: (instant) => Math.max(0, (instant - now()) / speed),
  };
}
