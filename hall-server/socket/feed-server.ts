import type { Server } from 'socket.io';
import type { HallEvent } from '#domain/events/schemas.ts';
import type { Hall } from '#domain/hall/state.ts';
import { createFeedHub } from '#protocol/feed-hub.ts';
import { feeds, type FeedName } from '#protocol/feeds.ts';
import {
  HEARTBEAT_MS,
  wire,
  type Anchor,
  type Heartbeat,
  type Join,
  type JoinAnswer,
} from '#protocol/wire.ts';
import type { System } from '../adapters/system.ts';
import type { Journal } from '../journal/port.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { refused } from '../writer/batch.ts';
import type { Writer } from '../writer/writer.ts';

export interface FeedServerDeps {
  readonly io: Server;
  readonly system: System;
  readonly hall: Hall;
  readonly settled: Writer['settled'];
  readonly journal: Journal;
  readonly metrics: Metrics;
}

export interface FeedServer {
  /** Committed events, with the hall that stands on them. */
  note(events: readonly HallEvent[]): void;
  /** A hall folded anew takes the place of the one before. */
  replaceHall(hall: Hall): void;
  join(join: Join): Promise<JoinAnswer>;
  close(): void;
}

export const roomOf = (feed: string, key: string): string => `feed ${feed} ${key}`;

export function isFeedName(name: string): name is FeedName {
  return Object.hasOwn(feeds, name);
}

/** Feeds over Socket.IO rooms: one encoded message for all screens of a room. Speaks only of what is on the disk. */
export function createFeedServer(deps: FeedServerDeps): FeedServer {
  const { io, system, settled, journal, metrics } = deps;
  let hall = deps.hall;
  let cancel: (() => void) | undefined;
  let dueAt = Infinity;
  let closed = false;

  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    dueAt = Infinity;
    void settled(() => {
      if (!closed) hub.flush();
    });
  };

  const hub = createFeedHub({
    hall: () => hall,
    now: system.now,
    elapsed: system.elapsed,
    hasSubscribers: (feed, key) => io.sockets.adapter.rooms.has(roomOf(feed, key)),
    publish: (message) => {
      metrics.feedMessages.inc();
      io.to(roomOf(message.feed, message.key)).emit(wire.feed, message);
    },
    schedule: (afterMs) => {
      const at = system.elapsed() + afterMs;
      if (at >= dueAt) return;
      cancel?.();
      dueAt = at;
      if (afterMs > 0) {
        cancel = system.after(afterMs, flush);
      } else {
        cancel = undefined;
        system.defer(flush);
      }
    },
  });

  const heartbeat = (): Heartbeat => ({ ...journal.head(), now: system.now() });
  const stopHeartbeats = system.every(HEARTBEAT_MS, () => {
    void settled(() => {
      hub.flush(true);
      metrics.revision.set(hall.revision);
      io.emit(wire.heartbeat, heartbeat());
    });
  });

  /** The revision from which the subscriber needs news; undefined when its log is not this one. */
  const sinceOf = async (resume: Anchor | undefined): Promise<number | undefined> => {
    if (!resume) return undefined;
    const { logId } = journal.head();
    const known = resume.logId === logId && (await journal.hashAt(resume.revision)) === resume.hash;
    if (known) return resume.revision;
    // Another log, further than this one, or another past: a backup was restored, and a person has to know.
    metrics.screensAhead.inc();
    return undefined;
  };

  return {
    note: (events) => {
      hub.note(events);
    },
    replaceHall: (folded) => {
      hall = folded;
      hub.reset();
      system.defer(flush);
    },
    join: async ({ feed, key, resume }) => {
      const since = await sinceOf(resume);
      const answer = await settled((settledHall): JoinAnswer => {
        if (!isFeedName(feed)) return refused('unknown-feed');
        const { catalogue } = settledHall;
        if (catalogue && !feeds[feed].keys(catalogue).includes(key))
          return refused('unknown-feed', { feed, key });
        return { ok: true, anchor: heartbeat(), message: hub.join(feed, key, since) };
      });
      return answer ?? refused('storage-unavailable');
    },
    close: () => {
      closed = true;
      stopHeartbeats();
      cancel?.();
    },
  };
}
