import { z } from 'zod';
import { readSitting, type Sitting } from '../clerk/sitting.ts';

const COUNTER = 'tinghao.caller.counter';
const SITTING = 'tinghao.caller.sitting';

/** A locked-down browser refuses storage: the page then asks each time, and works. */
function quietly<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** The counter that this machine stands at, from the last sign-in. */
export function lastCounter(): string | undefined {
  return quietly(() => localStorage.getItem(COUNTER)) ?? undefined;
}

export function rememberCounter(counterId: string): void {
  quietly(() => localStorage.setItem(COUNTER, counterId));
}

/** Who sits here, for as long as this window lives: a reload (F5 lies beside the keys in use) must not ask for the password. */
export function storedSitting(): Sitting | undefined {
  const text = quietly(() => sessionStorage.getItem(SITTING));
  if (!text) return undefined;
  const json = quietly(() => z.json().parse(JSON.parse(text)));
  return readSitting(json);
}

export function storeSitting(sitting: Sitting | undefined): void {
  quietly(() =>
    sitting === undefined
      ? sessionStorage.removeItem(SITTING)
      : sessionStorage.setItem(SITTING, JSON.stringify(sitting)),
  );
}
