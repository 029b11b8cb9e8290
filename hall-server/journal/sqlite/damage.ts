import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

/** The database is not what a hall left behind. The program does not start on it, and never starts empty in its place. */
export class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase';
}

/**
 * SQLite takes an empty file for a new database, and deletes the write-ahead log of one that is gone: both would open a hall without
 * a past and without a word.
 */
export function refuseLostDatabase(path: string): void {
  const wal = `${path}-wal`;
  if (existsSync(path)) {
    if (statSync(path).size > 0) return;
    throw new DamagedDatabase(`${path} is empty: restore it from a backup, or delete it to begin a new hall`);
  }
  if (existsSync(wal) && statSync(wal).size > 0) {
    throw new DamagedDatabase(`${path} is gone and ${wal} is still there: restore it from a backup`);
  }
}

/** An answer that was given names the revision that it stands on: a log that ends before it has lost its tail. */
export function refuseCutLog(db: Database): void {
  const revision = db.prepare<[], number>('SELECT coalesce(max(revision), 0) FROM event').pluck().get() ?? 0;
  const answered = latestAnswered(db);
  if (answered > revision) {
    throw new DamagedDatabase(
      `the log ends at revision ${revision}, and revision ${answered} has been answered for`,
    );
  }
}

function latestAnswered(db: Database): number {
  const latest = db.prepare<[], string>('SELECT answer FROM answer ORDER BY at DESC LIMIT 256').pluck().all();
  try {
    const revisions = latest.map(
      (answer) => (JSON.parse(answer) as { readonly revision?: number }).revision ?? 0,
    );
    return Math.max(0, ...revisions);
  } catch (error) {
    throw new DamagedDatabase('a kept answer cannot be read', { cause: error });
  }
}
