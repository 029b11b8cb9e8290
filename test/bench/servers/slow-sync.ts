const cell = new Int32Array(new SharedArrayBuffer(4));

/** Makes every sync cost this much more, as a slower disk would: it blocks, because a sync blocks. */
export function waitForDisk(ms: number): void {
  if (ms > 0) Atomics.wait(cell, 0, 0, ms);
}
