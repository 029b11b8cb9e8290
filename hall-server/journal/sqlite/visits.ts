import type { Database } from 'better-sqlite3';

/** The visitors' handles, which no log and no feed carries. */
export interface Visits {
  ticketOf(visitKey: string): string | undefined;
  keyOf(ticketId: string): string | undefined;
}

export function createVisits(db: Database): Visits {
  const ticketOf = db.prepare<[string], string>('SELECT ticket_id FROM visit WHERE visit_key = ?').pluck();
  const keyOf = db.prepare<[string], string>('SELECT visit_key FROM visit WHERE ticket_id = ?').pluck();
  return { ticketOf: (visitKey) => ticketOf.get(visitKey), keyOf: (ticketId) => keyOf.get(ticketId) };
}
