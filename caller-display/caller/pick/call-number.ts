import { numberSchema } from '#domain/commands/schemas.ts';
import type { QueueView } from '#domain/views/caller.ts';

/** A number as somebody types it ('ａ 012', 'a12 '): upper case, half width, no spaces; undefined while it is none. */
export function typedNumber(text: string): string | undefined {
  const folded = text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();
  return numberSchema.safeParse(folded).success ? folded : undefined;
}

/** Whoever is next by the rules may be called without saying why. */
export function needsReason(number: string | undefined, queue: QueueView | undefined): boolean {
  const next = queue?.first.find(({ ticketId }) => ticketId === queue.nextTicketId);
  return number === undefined || next?.number !== number;
}
