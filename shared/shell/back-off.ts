const FIRST_MS = 500;
const MOST_MS = 15_000;

/** How long to wait before the next start, after so many starts in a row that did not last. */
export function backOffMs(failures: number): number {
  return failures <= 0 ? 0 : Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
}
