/** A thing that is not to be cut by the end of a page. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  /** A heading: never the last on a page. */
  readonly leads: boolean;
  /** Height of the heading that stays above it, which hides as much of a page's top. */
  readonly under: number;
}

/**
 * Where each page of a tall content begins, so that a step of the big buttons cuts nothing in two. Pixels from the top of the
 * content; always begins with 0 and ends where the rest fits. A block taller than a page is passed in whole pages.
 */
export function pageTops(
  blocks: readonly Block[],
  pageHeight: number,
  contentHeight: number,
): readonly number[] {
  const tops = [0];
  if (pageHeight <= 0) return tops;
  for (let top = 0; top + pageHeight < contentHeight;) {
    top = nextTop(blocks, top, pageHeight);
    tops.push(top);
  }
  return tops;
}

function nextTop(blocks: readonly Block[], top: number, pageHeight: number): number {
  const cut = blocks.findIndex((block) => block.top > top && block.bottom > top + pageHeight);
  const first = blocks[cut];
  if (!first || first.top > top + pageHeight) return top + pageHeight;
  const before = blocks[cut - 1];
  if (before?.leads && before.top > top) return before.top;
  const next = first.top - first.under;
  return next > top ? next : top + pageHeight;
}

/** Index of the page that stands at a scroll position; the last one begins as far down as one can scroll. */
export function pageAt(tops: readonly number[], scrollTop: number, lastTop: number): number {
  const reached = tops.filter((top) => Math.min(top, lastTop) <= scrollTop + 1).length;
  return Math.max(0, reached - 1);
}
