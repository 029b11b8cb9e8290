import type { System } from '#hall-server/adapters/system.ts';

export interface DemonstrationClock {
  readonly now: () => number;
  readonly speed: () => number;
  /** From now on: `speed` hall seconds a second, after a jump to `at` (epoch ms) if that is ahead. Time never goes back. */
  set(speed: number, at?: number): void;
}

/** A hall's clock that can run fast, so that a day can be watched in minutes with waits as people would have had them. */
export function createDemonstrationClock({
  now,
  elapsed,
}: Pick<System, 'now' | 'elapsed'>): DemonstrationClock {
  let origin = now();
  let from = elapsed();
  let speed = 1;
  const read = (): number => Math.round(origin + (elapsed() - from) * speed);
  return {
    now: read,
    speed: () => speed,
    set: (next, at) => {
      origin = Math.max(read(), at ?? 0);
      from = elapsed();
      speed = next;
    },
  };
}
