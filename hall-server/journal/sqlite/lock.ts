import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Another process serves this hall. */
export class HallInUse extends Error {
  override readonly name = 'HallInUse';
}

/** A server that is being restarted lets go within this time. */
const WAIT_MS = 1_000;

/**
 * One hall-server a hall: the journal would find a second writer, but only after both had told their screens different things.
 * The operating system keeps the lock, so that a killed server leaves none behind. Returns how to let go.
 */
export function lockHall(dataDir: string): () => void {
  // The signing key, the visitors' handles and the verifiers are in there: nobody else on the machine reads it.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new Database(join(dataDir, 'hall.lock'), { timeout: WAIT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new HallInUse(`another hall-server has ${dataDir}`, { cause: error });
  }
  return () => {
    lock.close();
  };
}
