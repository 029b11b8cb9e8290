import type { HallEvent } from '#domain/events/schemas.ts';
import type { Hall } from '#domain/hall/state.ts';
import { feeds, touchEntries, type FeedName } from './feeds.ts';
import type { FeedMessage } from './wire.ts';

export interface FeedHubDeps {
  /** The hall as it is on the disk: never ahead of it. */
  readonly hall: () => Hall;
  /** The hall's clock, epoch ms: for what entries say. */
  readonly now: () => number;
  /** Monotonic ms: for how often a feed speaks. */
  readonly elapsed: () => number;
  /** Whether anybody listens: nobody's feed is not computed. */
  readonly hasSubscribers: (feed: FeedName, key: string) => boolean;
  readonly publish: (message: FeedMessage) => void;
  /** Runs `flush` later, when the hall is next settled; at most one is outstanding. */
  readonly schedule: (afterMs: number) => void;
}

export interface FeedHub {
  /** Takes note of committed events; they go out with the next flush. */
  note(events: readonly HallEvent[]): void;
  /**
   * Sends what is due; with `everything`, also what its interval would still hold back. To be called only while the
   * hall stands on a committed revision. A heartbeat may name that revision only right after `flush(true)`: a
   * subscriber takes it as "all that concerns you up to here has been sent".
   */
  flush(everything?: boolean): void;
  /** All entries, or those that have changed since a revision that the subscriber has. */
  join(feed: FeedName, key: string, since: number | undefined): FeedMessage;
  /** After the hall was folded anew: everybody gets the whole. */
  reset(): void;
}

interface Room {
  readonly feed: FeedName;
  readonly key: string;
  /** Revision of the last event that touched an entry; entries never touched are as old as the reset. */
  readonly touchedAt: Map<string, number>;
  readonly dirty: Set<string>;
  /** What was touched is known from here on. */
  wholeSince: number;
  whole: boolean;
  sentUpTo: number;
  sentAtMs: number;
}

/**
 * Feeds are keyed entries computed from the hall. A message brings the entries that changed, and a subscriber who returns gets
 * the entries touched since its revision: the tail, without keeping a tail.
 */
export function createFeedHub(deps: FeedHubDeps): FeedHub {
  // Only feeds that somebody has joined are kept: following all 400 costs a command more than deciding it.
  const rooms = new Map<FeedName, Map<string, Room>>();
  const due = new Set<Room>();

  const roomOf = (feed: FeedName, key: string): Room => {
    const byKey = rooms.get(feed) ?? new Map<string, Room>();
    rooms.set(feed, byKey);
    const known = byKey.get(key);
    if (known) return known;
    const since = deps.hall().revision;
    const room: Room = {
      feed,
      key,
      touchedAt: new Map(),
      dirty: new Set(),
      wholeSince: since,
      whole: false,
      sentUpTo: since,
      sentAtMs: -Infinity,
    };
    byKey.set(key, room);
    return room;
  };

  const reset = (): void => {
    const since = deps.hall().revision;
    for (const byKey of rooms.values()) {
      for (const room of byKey.values()) {
        room.touchedAt.clear();
        room.wholeSince = since;
        room.whole = true;
        due.add(room);
      }
    }
  };

  const note = (events: readonly HallEvent[]): void => {
    const { catalogue } = deps.hall();
    for (const event of events) {
      const touched =
        catalogue !== undefined &&
        touchEntries(catalogue, event, (feed, key, entryKey) => {
          const room = rooms.get(feed)?.get(key);
          if (!room) return;
          room.touchedAt.set(entryKey, event.revision);
          room.dirty.add(entryKey);
          due.add(room);
        });
      if (!touched) reset();
    }
    if (due.size > 0) deps.schedule(0);
  };

  const send = (room: Room, elapsedMs: number): void => {
    const upTo = deps.hall().revision;
    if (deps.hasSubscribers(room.feed, room.key)) {
      const entryKeys = room.whole ? allEntryKeys(deps.hall(), room) : room.dirty;
      const entries = entriesOf(deps.hall(), room.feed, room.key, entryKeys, deps.now());
      const { feed, key, whole, sentUpTo } = room;
      deps.publish({ feed, key, after: whole ? 0 : sentUpTo, upTo, whole, entries });
    }
    room.dirty.clear();
    room.whole = false;
    room.sentUpTo = upTo;
    room.sentAtMs = elapsedMs;
  };

  const flush = (everything = false): void => {
    const elapsedMs = deps.elapsed();
    let soonestMs = Infinity;
    for (const room of due) {
      const waitMs = room.sentAtMs + feeds[room.feed].minIntervalMs - elapsedMs;
      if (waitMs > 0 && !everything) {
        soonestMs = Math.min(soonestMs, waitMs);
      } else {
        due.delete(room);
        send(room, elapsedMs);
      }
    }
    if (soonestMs < Infinity) deps.schedule(soonestMs);
  };

  const join = (feed: FeedName, key: string, since: number | undefined): FeedMessage => {
    const hall = deps.hall();
    const room = roomOf(feed, key);
    const whole = since === undefined || since < room.wholeSince || since > hall.revision;
    const entryKeys = whole
      ? allEntryKeys(hall, room)
      : [...room.touchedAt].filter(([, revision]) => revision > since).map(([entryKey]) => entryKey);
    const entries = entriesOf(hall, feed, key, entryKeys, deps.now());
    return { feed, key, after: whole ? 0 : since, upTo: hall.revision, whole, entries };
  };

  return { note, flush, join, reset };
}

function allEntryKeys(hall: Hall, { feed, key }: Room): readonly string[] {
  return hall.catalogue ? feeds[feed].entryKeys(hall.catalogue, key) : [];
}

function entriesOf(
  hall: Hall,
  feed: FeedName,
  key: string,
  entryKeys: Iterable<string>,
  nowMs: number,
): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  if (!hall.catalogue) return entries;
  for (const entryKey of entryKeys)
    entries[entryKey] = feeds[feed].entry(hall, hall.catalogue, key, entryKey, nowMs);
  return entries;
}
