import type { QueryPayload, Session } from '#protocol/queries.ts';
import type { QueryReply } from '#protocol/wire.ts';
import type { Clerks } from '../identity/clerks.ts';
import type { Sessions } from '../identity/sessions.ts';
import { refused } from '../writer/batch.ts';

export interface SignInDeps {
  readonly clerks: Clerks;
  readonly sessions: Sessions;
  readonly now: () => number;
  /** Monotonic ms: a clock that is set back must not keep a login closed. */
  readonly elapsed: () => number;
}

/** A shift and an extended evening; a new day is a new sign-in. */
const SESSION_MS = 14 * 3_600_000;
const FAILURES = 5;
const WITHIN_MS = 60_000;
const REMEMBERED_LOGINS = 10_000;

/** Signs clerks in; after five wrong passwords for a login it is closed for a minute, wherever they came from. */
export function createSignIn({ clerks, sessions, now, elapsed }: SignInDeps) {
  const failures = new Map<string, { count: number; since: number }>();

  const tooMany = (login: string): boolean => {
    const failed = failures.get(login);
    if (failed && elapsed() - failed.since > WITHIN_MS) failures.delete(login);
    return (failures.get(login)?.count ?? 0) >= FAILURES;
  };

  return async ({ login, password }: QueryPayload<'session.signIn'>): Promise<QueryReply<Session>> => {
    if (tooMany(login)) return refused('rate-limited');
    if (failures.size > REMEMBERED_LOGINS) failures.clear();
    // Counted before the slow check, so that a burst of tries at once is a burst of failures.
    const entry = failures.get(login) ?? { count: 0, since: elapsed() };
    entry.count += 1;
    failures.set(login, entry);
    const clerk = await clerks.signIn(login, password);
    if (!clerk) return refused('sign-in-failed');
    failures.delete(login);
    const expiresAt = now() + SESSION_MS;
    const token = sessions.issue(clerk.id, clerk.roles, expiresAt);
    return {
      ok: true,
      answer: { token, clerkId: clerk.id, name: clerk.name, roles: clerk.roles, expiresAt },
    };
  };
}
