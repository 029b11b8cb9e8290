import type { Database } from 'better-sqlite3';
import { clerkRoles, type ClerkRole } from '#protocol/queries.ts';
import { makeVerifier, passwordMatches } from './passwords.ts';

export interface Clerk {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly ClerkRole[];
  readonly disabledAt?: number;
}

export interface NewClerk {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly ClerkRole[];
  readonly password: string;
}

export interface Clerks {
  /** Undefined when the login is taken. */
  create(clerk: NewClerk): Promise<Clerk | undefined>;
  /**
   * Accounts of the demonstration, with one password; known logins are left alone. A server started for production refuses to
   * run with them.
   */
  createReadyMade(clerks: readonly Omit<NewClerk, 'password'>[], password: string): Promise<void>;
  /** The clerk whose password this is, unless disabled. Takes the same time for an unknown login. */
  signIn(login: string, password: string): Promise<Clerk | undefined>;
  setPassword(id: string, password: string): Promise<boolean>;
  disable(id: string): boolean;
  isDisabled(id: string): boolean;
  list(): readonly Clerk[];
  hasReadyMade(): boolean;
}

export interface ClerksDeps {
  readonly db: Database;
  readonly now: () => number;
  readonly newId: () => string;
  readonly newSecret: () => string;
}

interface Row {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: string;
  readonly verifier: string;
  readonly disabled_at: number | null;
}

export function createClerks({ db, now, newId, newSecret }: ClerksDeps): Clerks {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO clerk (id, login, name, roles, verifier, ready_made) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const readByLogin = db.prepare<[string], Row>('SELECT * FROM clerk WHERE login = ?');
  const readAll = db.prepare<[], Row>('SELECT * FROM clerk ORDER BY login');
  const setVerifier = db.prepare('UPDATE clerk SET verifier = ? WHERE id = ?');
  const setDisabled = db.prepare('UPDATE clerk SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL');
  const countReadyMade = db.prepare<[], number>('SELECT count(*) FROM clerk WHERE ready_made = 1').pluck();
  const disabled = new Set(readAll.all().flatMap((row) => (row.disabled_at === null ? [] : [row.id])));
  const nobody = makeVerifier(newSecret(), newSecret());

  return {
    create: async ({ login, name, roles, password }) => {
      const verifier = await makeVerifier(password, newSecret());
      const id = newId();
      const added = insert.run(id, login, name, JSON.stringify(roles), verifier, 0).changes === 1;
      return added ? { id, login, name, roles } : undefined;
    },
    createReadyMade: async (clerks, password) => {
      const verifier = await makeVerifier(password, newSecret());
      db.transaction(() => {
        for (const { login, name, roles } of clerks) {
          insert.run(newId(), login, name, JSON.stringify(roles), verifier, 1);
        }
      })();
    },
    signIn: async (login, password) => {
      const row = readByLogin.get(login);
      const matches = await passwordMatches(password, row?.verifier ?? (await nobody));
      return row && matches && row.disabled_at === null ? toClerk(row) : undefined;
    },
    setPassword: async (id, password) =>
      setVerifier.run(await makeVerifier(password, newSecret()), id).changes === 1,
    disable: (id) => {
      disabled.add(id);
      return setDisabled.run(now(), id).changes === 1;
    },
    isDisabled: (id) => disabled.has(id),
    list: () => readAll.all().map(toClerk),
    hasReadyMade: () => (countReadyMade.get() ?? 0) > 0,
  };
}

function toClerk({ id, login, name, roles, disabled_at }: Row): Clerk {
  const stored = JSON.parse(roles) as readonly string[];
  return {
    id,
    login,
    name,
    roles: clerkRoles.filter((role) => stored.includes(role)),
    ...(disabled_at === null ? {} : { disabledAt: disabled_at }),
  };
}
