import type { Database } from 'better-sqlite3';

/**
 * Each entry is one step of the schema, run once, in order. `PRAGMA user_version` counts them. An applied step is never
 * changed; a database with more steps than this program knows is refused rather than guessed at.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

  CREATE TABLE event (
    revision INTEGER PRIMARY KEY,
    business_date TEXT NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    row TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE INDEX event_day_marks ON event (revision) WHERE type IN ('day.opened', 'day.rolledOver');

  CREATE TABLE answer (
    command_id TEXT PRIMARY KEY,
    payload_hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    answer TEXT NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX answer_at ON answer (at);

  CREATE TABLE visit (visit_key TEXT PRIMARY KEY, ticket_id TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE INDEX visit_by_ticket ON visit (ticket_id);

  CREATE TABLE catalogue (version INTEGER PRIMARY KEY, body TEXT NOT NULL, stored_at INTEGER NOT NULL) STRICT;

  -- Projections: for reports, and as a second line of defence. They can be rebuilt from the log.
  -- What is going on at a counter stands in one small table, and a row of the past is written once, when it is past: rows
  -- that are touched at every step add half as many pages again to what a commit has to sync (measured: 10.4 → 8.0 kB a command;
  -- 5.1 with handles and ids that sort by time).
  CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    business_date TEXT NOT NULL,
    number TEXT NOT NULL,
    series_id TEXT NOT NULL,
    class_id TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    UNIQUE (business_date, number)
  ) WITHOUT ROWID, STRICT;

  CREATE TABLE leg (
    ticket_id TEXT NOT NULL,
    leg INTEGER NOT NULL,
    service_id TEXT NOT NULL,
    -- Of a leg that is not at a counter; see leg_now.
    status TEXT NOT NULL,
    waiting_since INTEGER NOT NULL,
    counter_id TEXT,
    called_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    outcome TEXT,
    PRIMARY KEY (ticket_id, leg)
  ) WITHOUT ROWID, STRICT;

  -- One active call per ticket, one ticket per counter.
  CREATE TABLE active_call (
    counter_id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL UNIQUE,
    leg INTEGER NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('called', 'serving')),
    clerk_id TEXT,
    called_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    shown_at INTEGER,
    started_at INTEGER,
    rule TEXT NOT NULL
  ) WITHOUT ROWID, STRICT;

  CREATE TABLE call (
    ticket_id TEXT NOT NULL,
    leg INTEGER NOT NULL,
    id TEXT NOT NULL,
    counter_id TEXT NOT NULL,
    clerk_id TEXT,
    called_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    shown_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (ticket_id, leg, id)
  ) WITHOUT ROWID, STRICT;

  CREATE VIEW leg_now AS
    SELECT leg.ticket_id, leg.leg, leg.service_id, coalesce(active_call.status, leg.status) AS status, leg.waiting_since,
      coalesce(active_call.counter_id, leg.counter_id) AS counter_id,
      coalesce(active_call.called_at, leg.called_at) AS called_at,
      coalesce(active_call.started_at, leg.started_at) AS started_at,
      leg.ended_at, leg.outcome
    FROM leg LEFT JOIN active_call ON active_call.ticket_id = leg.ticket_id AND active_call.leg = leg.leg;

  CREATE TABLE device (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    enrolled_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE enrolment_code (
    code_hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE clerk (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    verifier TEXT NOT NULL,
    ready_made INTEGER NOT NULL DEFAULT 0,
    disabled_at INTEGER
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE signing_key (id INTEGER PRIMARY KEY CHECK (id = 1), private_key TEXT NOT NULL) STRICT;
  `,
];

export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
}

export function migrate(db: Database): void {
  const known = steps.length;
  const applied = Number(db.pragma('user_version', { simple: true }));
  if (applied > known) {
    throw new NewerSchema(
      `the database has schema ${applied}, this program knows ${known}: update the program`,
    );
  }
  for (let version = applied; version < known; version += 1) {
    db.transaction(() => {
      db.exec(steps[version] ?? '');
      db.pragma(`user_version = ${version + 1}`);
    })();
  }
}
