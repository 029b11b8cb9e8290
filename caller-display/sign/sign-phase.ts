import type { SignView } from '#domain/views/sign.ts';
import { FLASHING_MS, HIGHLIGHT_MS } from '#screen/display/announcing.ts';

/** What stands over the counter; the first four while there is a call. */
export type SignPhase = 'flashing' | 'highlighted' | 'called' | 'serving' | 'open' | 'paused' | 'closed';

export function signPhase(sign: SignView, announcedAtMs: number | undefined, nowMs: number): SignPhase {
  const { call } = sign;
  if (!call) return sign.status;
  if (call.status === 'serving') return 'serving';
  const sinceMs = nowMs - (announcedAtMs ?? -Infinity);
  if (sinceMs < FLASHING_MS) return 'flashing';
  return sinceMs < HIGHLIGHT_MS ? 'highlighted' : 'called';
}

/** When the phase changes by time alone. */
export function nextPhaseAtMs(announcedAtMs: number | undefined, nowMs: number): number | undefined {
  if (announcedAtMs === undefined) return undefined;
  return [FLASHING_MS, HIGHLIGHT_MS].map((ms) => announcedAtMs + ms).find((atMs) => atMs > nowMs);
}

/** Whether `after` brings a call or a recall that was not there before. The first state after the page opened never does. */
export function isAnnouncement(before: SignView | undefined, after: SignView): boolean {
  if (!before || after.call?.status !== 'called') return false;
  return after.call.callId !== before.call?.callId || after.call.times > before.call.times;
}
