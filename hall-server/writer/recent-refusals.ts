import type { RefusedAnswer } from '#protocol/wire.ts';

export interface ToldRefusal {
  readonly commandId: string;
  /** SHA-256 of the command's name and payload, hex. */
  readonly payloadHash: string;
  readonly refusal: RefusedAnswer;
}

/** Refusals by command id, for as long as a sender may still be sending the same command again. */
export interface RecentRefusals {
  get(commandId: string): ToldRefusal | undefined;
  note(told: ToldRefusal): void;
}

/** A sender gives up after ten seconds; at a hundred refusals a second that many ids are on their way. */
const REMEMBERED = 1_000;

/**
 * A command that was refused and arrives once more (its answer was slow, so it was sent twice) hears the same "no". Otherwise the
 * second copy could be accepted after the sender was told that nothing happened. In memory only: what the log does not
 * know has not happened, and after a restart the sender gets a fresh decision.
 */
export function createRecentRefusals(): RecentRefusals {
  const refusals = new Map<string, ToldRefusal>();
  return {
    get: (commandId) => refusals.get(commandId),
    note: (told) => {
      refusals.set(told.commandId, told);
      for (const oldest of refusals.keys()) {
        if (refusals.size <= REMEMBERED) break;
        refusals.delete(oldest);
      }
    },
  };
}
