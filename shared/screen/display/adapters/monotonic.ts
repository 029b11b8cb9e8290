/** Milliseconds that never jump: a row's 5 s stay 5 s when the panel's clock is set right. */
export function monotonicNow(): number {
  return performance.now();
}
