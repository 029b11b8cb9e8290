/** Nobody touches the screen for this long: the visitor may have gone. */
export const IDLE_S = 60;
/** And this long the question stands, before everything of the visitor is wiped. */
export const WARNING_S = 25;

export type IdlePhase =
  | { readonly kind: 'present' }
  | { readonly kind: 'warning'; readonly leftS: number }
  | { readonly kind: 'gone' };

export function idlePhaseOf(idleS: number): IdlePhase {
  if (idleS < IDLE_S) return { kind: 'present' };
  const leftS = IDLE_S + WARNING_S - idleS;
  return leftS > 0 ? { kind: 'warning', leftS } : { kind: 'gone' };
}
