import type { Session } from '#protocol/queries.ts';

const KEY = 'tinghao.session';

/** Kept for this tab only: a reload at a busy desk must not ask for the password, a closed tab must. */
export function storedSession(): Session | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Session | null;
    return kept ?? undefined;
  } catch {
    return undefined;
  }
}

/** undefined forgets it. */
export function storeSession(session: Session | undefined): void {
  try {
    if (session === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // A locked-down browser keeps nothing: the session then ends with the page, which is what it was set up for.
  }
}
