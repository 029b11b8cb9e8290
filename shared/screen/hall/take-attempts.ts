import type { CommandPayload } from '#protocol/commands.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { CommandAnswer } from '#protocol/wire.ts';

export type TakePayload = CommandPayload<'ticket.take'>;

export interface TakeAttempt {
  readonly commandId: string;
  readonly payload: TakePayload;
}

/** After these the number may have been taken all the same. */
const leavesOpen: ReadonlySet<RefusalCode> = new Set(['hall-unreachable', 'storage-unavailable']);

/**
 * Takes of one person after another. After an answer that was never heard, the next try for the same thing is the same command: had
 * the first been carried out after all, it gets that number and not a second one.
 */
export function createTakeAttempts(newKey: () => string) {
  let open: TakeAttempt | undefined;
  return {
    begin: ({ serviceId, classId, language }: Omit<TakePayload, 'visitKey'>): TakeAttempt => {
      const isSame = open?.payload.serviceId === serviceId && open.payload.classId === classId;
      if (!open || !isSame) {
        open = { commandId: newKey(), payload: { serviceId, classId, language, visitKey: newKey() } };
      }
      return open;
    },
    /** False when the answer belongs to a try that was given up meanwhile. */
    heard: (attempt: TakeAttempt, answer: CommandAnswer<unknown>): boolean => {
      if (open !== attempt) return false;
      // Any other "no" is remembered under its id: only another command can get another answer.
      if (answer.ok || !leavesOpen.has(answer.code)) open = undefined;
      return true;
    },
    /** The next person begins anew. */
    forget: (): void => {
      open = undefined;
    },
  };
}
