import { catalogueIdSchema } from '#domain/catalogue/schema.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { CommandAnswer } from '#protocol/wire.ts';

/** Whether the clerk has the counter now. `elsewhereId`: the counter where the same clerk already sits. */
export type Seat =
  | { readonly kind: 'seated' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly elsewhereId?: string };

/** Reads the answer of counter.open. A counter that this very clerk already has (a crash, a second sign-in) is as good as opened. */
export function seatOf(answer: CommandAnswer<object>, clerkId: string): Seat {
  if (answer.ok) return { kind: 'seated' };
  const { code, details } = answer;
  if (code === 'counter-occupied' && details?.['clerkId'] === clerkId) return { kind: 'seated' };
  const elsewhere = catalogueIdSchema.safeParse(details?.['counterId']);
  if (code === 'clerk-elsewhere' && elsewhere.success)
    return { kind: 'refused', code, elsewhereId: elsewhere.data };
  return { kind: 'refused', code };
}
