import { randomBytes } from 'node:crypto';

/** Time, chance and turns, as a hall-server takes them in. Tests and the simulation bring their own. */
export interface System {
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic ms. */
  readonly elapsed: () => number;
  /** Fresh, sortable by time within a millisecond's grain: rows of a day lie together on the disk. */
  readonly newId: () => string;
  /** Unguessable, 256 bits. */
  readonly newSecret: () => string;
  /** After the input of the present turn. */
  readonly defer: (run: () => void) => void;
  /** Once, after a while; returns how to call it off. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Again and again; returns how to stop. */
  readonly every: (ms: number, run: () => void) => () => void;
}

export function createSystem(): System {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    newId: createIdSource(() => Date.now()),
    newSecret: () => randomBytes(32).toString('base64url'),
    defer: (run) => {
      setImmediate(run);
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    every: (ms, run) => {
      const timer = setInterval(run, ms);
      return () => {
        clearInterval(timer);
      };
    },
  };
}

const RANDOM_BYTES = 9;
const POOL_BYTES = RANDOM_BYTES * 512;

/** Random bytes are fetched in pools: one system call for 512 ids. */
function createIdSource(now: () => number): () => string {
  let pool = randomBytes(POOL_BYTES);
  let used = 0;
  return () => {
    if (used === POOL_BYTES) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    const random = pool.toString('base64url', used, used + RANDOM_BYTES);
    used += RANDOM_BYTES;
    return now().toString(36).padStart(9, '0') + random;
  };
}
