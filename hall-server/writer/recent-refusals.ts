import type { RefusedAnswer } from '#protocol/wire.ts';

/** Refusals by command id, for as long as a sender may still be sending the same command again. */
export interface RecentRefusals {
  get(commandId: string): RefusedAnswer | undefined;
  note(commandId: string, refusal: RefusedAnswer): void;
}

/** A sender gives up after ten seconds; at a hundred refusals a second that many ids are on their way. */
const REMEMBERED = 1_000;

/**
 * A command that was refused and arrives once more (its answer was slow, so it was sent twice) hears the same "no". Otherwise the
 * second copy could be accepted after the sender was told that nothing happened. In memory only: what the log does not
 * know has not happened, and after a restart the sender gets a fresh decision.
 */
export function createRecentRefusals(): RecentRefusals {
  const refusals = new Map<string, RefusedAnswer>();
  return {
    get: (commandId) => refusals.get(commandId),
    note: (commandId, refusal) => {
      refusals.set(commandId, refusal);
      for (const oldest of refusals.keys()) {
        if (refusals.size <= REMEMBERED) break;
        refusals.delete(oldest);
      }
    },
  };
}
