import type { Database } from 'better-sqlite3';
import { readEvent } from '#domain/events/upcast.ts';
import { clearProjections, createProjection } from './project.ts';

/** Makes the projections again from the log, in one transaction. Returns how many events they stand on. */
export function rebuildProjections(db: Database): number {
  const rows = db.prepare<[], string>('SELECT row FROM event ORDER BY revision').pluck();
  const rebuild = db.transaction((): number => {
    clearProjections(db);
    const project = createProjection(db);
    let events = 0;
    // All at once: SQLite does not read on in a connection that is writing.
    for (const row of rows.all()) {
      project(readEvent(JSON.parse(row)));
      events += 1;
    }
    return events;
  });
  return rebuild.immediate();
}
