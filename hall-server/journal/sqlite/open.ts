import Database from 'better-sqlite3';
import { DamagedDatabase, refuseCutLog, refuseLostDatabase } from './damage.ts';
import { migrate } from './migrations.ts';

/** The first release in which a WAL reset can no longer lose a committed transaction. */
const OLDEST_SQLITE = '3.51.3';

export interface OpenOptions {
  /** Ids made once per log; injected so that a test knows it. */
  readonly newId: () => string;
}

/**
 * Opens a hall's database: WAL, synchronous=FULL. Throws `DamagedDatabase` when the file is not sound, `NewerSchema` when it was
 * written by a newer program. A damaged file is never replaced by an empty one.
 */
export function openDatabase(path: string, { newId }: OpenOptions): Database.Database {
  refuseLostDatabase(path);
  let db: Database.Database | undefined;
  try {
    db = new Database(path);
    checkVersion(db);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('wal_autocheckpoint = 4000');
    checkSound(db);
    migrate(db);
    refuseCutLog(db);
  } catch (error) {
    db?.close();
    throw asDamage(path, error);
  }
  db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('logId', ?)").run(newId());
  return db;
}

function checkVersion(db: Database.Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  if (isOlder(version, OLDEST_SQLITE)) throw new Error(`SQLite ${version} is older than ${OLDEST_SQLITE}`);
}

function checkSound(db: Database.Database): void {
  const verdict = String(db.pragma('quick_check(1)', { simple: true }));
  if (verdict !== 'ok') throw new DamagedDatabase(verdict);
}

function asDamage(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const damaged =
    code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || error instanceof DamagedDatabase;
  return damaged ? new DamagedDatabase(`${path}: ${String(error)}`, { cause: error }) : error;
}

export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
