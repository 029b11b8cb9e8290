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

  CREATE TABLE answer (
    command_id TEXT PRIMARY KEY,
    payload_hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    answer TEXT NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX answer_at ON answer (at);

  CREATE TABLE visit (ticket_id TEXT PRIMARY KEY, visit_key TEXT NOT NULL UNIQUE) WITHOUT ROWID, STRICT;

  CREATE TABLE catalogue (version INTEGER PRIMARY KEY, body TEXT NOT NULL, stored_at INTEGER NOT NULL) STRICT;

  -- Projections: for reports, and as a second line of defence. They can be rebuilt from the log.
  CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    business_date TEXT NOT NULL,
    number TEXT NOT NULL,
    series_id TEXT NOT NULL,
    class_id TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    UNIQUE (business_date, number)
  ) WITHOUT ROWID, STRICT;

  CREATE TABLE leg (
    ticket_id TEXT NOT NULL REFERENCES ticket (id),
    leg INTEGER NOT NULL,
    service_id TEXT NOT NULL,
    status TEXT NOT NULL,
    waiting_since INTEGER NOT NULL,
    counter_id TEXT,
    called_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    outcome TEXT,
    PRIMARY KEY (ticket_id, leg)
  ) WITHOUT ROWID, STRICT;
  CREATE UNIQUE INDEX leg_one_in_service_per_counter ON leg (counter_id) WHERE status = 'serving';

  CREATE TABLE call (
    id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL,
    leg INTEGER NOT NULL,
    counter_id TEXT NOT NULL,
    clerk_id TEXT,
    called_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    shown_at INTEGER,
    ended_at INTEGER,
    rule TEXT NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE UNIQUE INDEX call_one_active_per_ticket ON call (ticket_id) WHERE ended_at IS NULL;
  CREATE UNIQUE INDEX call_one_active_per_counter ON call (counter_id) WHERE ended_at IS NULL;

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
