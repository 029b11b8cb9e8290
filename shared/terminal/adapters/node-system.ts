import { randomBytes } from 'node:crypto';
import type { TerminalSystem } from '../system.ts';

const HTTP_ANSWER_WITHIN_MS = 5_000;

/** The real clock, chance and network of this process. */
export function createNodeSystem(): TerminalSystem {
  return {
    epochMs: () => Date.now(),
    timers: {
      nowMs: () => performance.now(),
      after(delayMs, act) {
        const timer = setTimeout(act, delayMs);
        return () => clearTimeout(timer);
      },
    },
    newToken: () => randomBytes(32).toString('base64url'),
    random: () => Math.random(),
    async fetchText(url, { method, headers, body }) {
      const response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(HTTP_ANSWER_WITHIN_MS),
        redirect: 'error',
      });
      return { status: response.status, body: await response.text() };
    },
  };
}
