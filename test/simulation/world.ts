import { createHash } from 'node:crypto';
import { createRandom, type Random } from './random.ts';

/** The simulated world: one clock, one order of everything that happens, one source of chance. */
export interface World {
  readonly random: Random;
  /** Epoch ms of the simulated clock. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Runs something later; what is due at one instant runs in the order in which it was asked for. */
  readonly after: (delayMs: number, run: () => void) => void;
  readonly sleep: (delayMs: number) => Promise<void>;
  /** Writes a line of the history, which is what two runs of one seed are compared by. */
  readonly trace: (line: string) => void;
  /** Something that must never happen has happened. */
  readonly accuse: (what: string) => void;
  readonly accusations: readonly string[];
  readonly historyHash: () => string;
  readonly steps: () => number;
  /** Runs what is due until the clock passes `untilMs` or nothing is left. */
  run(untilMs: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export function createWorld(seed: number, startMs: number): World {
  const timers = createTimerHeap();
  const history = createHash('sha256');
  const accusations: string[] = [];
  let now = startMs;
  let order = 0;
  let ids = 0;
  let steps = 0;
  const after = (delayMs: number, run: () => void): void => {
    order += 1;
    timers.push({ at: now + Math.max(0, Math.round(delayMs)), order, run });
  };
  return {
    random: createRandom(seed),
    now: () => now,
    newId: () => `id-${String((ids += 1)).padStart(6, '0')}`,
    after,
    sleep: (delayMs) => new Promise((resolve) => after(delayMs, resolve)),
    trace: (line) => void history.update(`${now - startMs} ${line}\n`),
    accuse: (what) => {
      history.update(`! ${what}\n`);
      accusations.push(`${new Date(now).toISOString()} ${what}`);
    },
    accusations,
    historyHash: () => history.copy().digest('hex'),
    steps: () => steps,
    run: async (untilMs) => {
      for (let timer = timers.peek(); timer && timer.at <= untilMs; timer = timers.peek()) {
        timers.pop();
        now = Math.max(now, timer.at);
        steps += 1;
        timer.run();
        await promisesSettled();
      }
      now = Math.max(now, untilMs);
    },
  };
}

/** More turns than the longest chain of promises between two timers (a refold) takes. */
const TURNS = 40;

/**
 * Promises run to their end before the clock moves: their order is that of the language, the same in every run. Counted turns
 * rather than setImmediate: that one goes through the event loop, and a day took twice as long.
 */
async function promisesSettled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function createTimerHeap() {
  const heap: Timer[] = [];
  const swap = (i: number, j: number): void => {
    [heap[i], heap[j]] = [heap[j]!, heap[i]!];
  };
  return {
    peek: () => heap[0],
    push: (timer: Timer): void => {
      let i = heap.push(timer) - 1;
      while (i > 0 && isBefore(heap[i]!, heap[(i - 1) >> 1]!)) {
        swap(i, (i - 1) >> 1);
        i = (i - 1) >> 1;
      }
    },
    pop: (): void => {
      const last = heap.pop();
      if (heap.length === 0 || !last) return;
      heap[0] = last;
      for (let i = 0; ;) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) {
          if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
        }
        if (least === i) return;
        swap(i, least);
        i = least;
      }
    },
  };
}
