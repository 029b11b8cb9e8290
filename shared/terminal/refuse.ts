import { refusals, type RefusalCode } from '#protocol/errors.ts';
import type { RefusedAnswer } from '#protocol/wire.ts';

/** A refusal of the agent's own, in the words of the error catalogue. */
export function refuse(code: RefusalCode): RefusedAnswer {
  return { ok: false, code, retryable: refusals[code].retryable };
}
