import type { Timers } from '../system.ts';

const TOKEN_LIVES_MS = 60_000;
/** A caller's agent serves its caller and a sign, and each may be reloaded; more windows than that are not ours. */
const WINDOWS_KEPT = 8;

export interface Entry {
  /** A token that opens one window, once, within a minute. */
  mint(): string;
  /** The window's key for a token; undefined for one that is unknown, used or too old. */
  exchange(token: string): string | undefined;
  isWindow(key: string | undefined): boolean;
}

/** Who may open this agent's pages: whoever can speak to the agent's supervisor, and nobody else on this machine. */
export function createEntry(timers: Timers, newToken: () => string): Entry {
  const mintedAtMs = new Map<string, number>();
  const windows = new Set<string>();
  return {
    mint() {
      const token = newToken();
      mintedAtMs.set(token, timers.nowMs());
      dropOldest(mintedAtMs, WINDOWS_KEPT);
      return token;
    },
    exchange(token) {
      const atMs = mintedAtMs.get(token);
      mintedAtMs.delete(token);
      if (atMs === undefined || timers.nowMs() - atMs > TOKEN_LIVES_MS) return undefined;
      const key = newToken();
      windows.add(key);
      dropOldest(windows, WINDOWS_KEPT);
      return key;
    },
    isWindow: (key) => key !== undefined && windows.has(key),
  };
}

function dropOldest(kept: Map<string, unknown> | Set<string>, most: number): void {
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}
