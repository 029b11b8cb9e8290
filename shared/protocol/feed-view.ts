import type { FeedMessage } from './wire.ts';

/** A subscriber's copy of a feed. */
export interface FeedView {
  /** Everything that concerns this feed up to here is in `entries`. */
  revision: number;
  entries: Record<string, unknown>;
}

export function createFeedView(): FeedView {
  return { revision: 0, entries: {} };
}

/** Takes a message in; a gap means that something was missed and the feed must be joined again. */
export function applyFeedMessage(view: FeedView, message: FeedMessage): 'applied' | 'known' | 'gap' {
  if (message.whole) view.entries = { ...message.entries };
  else if (message.upTo <= view.revision) return 'known';
  else if (message.after > view.revision) return 'gap';
  else view.entries = { ...view.entries, ...message.entries };
  view.revision = message.upTo;
  return 'applied';
}
