import type { Logger } from 'pino';
import { applyFeedMessage, createFeedView, type FeedView } from '#protocol/feed-view.ts';
import type { FeedMessage, Heartbeat, Join, JoinAnswer, RefusedAnswer } from '#protocol/wire.ts';
import type { HallLink } from '../hall-link/hall-link.ts';
import { refuse } from '../refuse.ts';
import type { Timers } from '../system.ts';

/** A page that reloads, or a shell that comes back after a crash, finds its feeds still here. */
const KEPT_AFTER_LAST_PAGE_MS = 60_000;

export interface FeedRelayDeps {
  readonly upstream: Pick<HallLink, 'isOnline' | 'join' | 'leave'>;
  readonly timers: Timers;
  readonly log: Logger;
  /** Sends to the pages that have joined the message's feed. */
  readonly publish: (message: FeedMessage) => void;
  readonly hasPages: (feed: string, key: string) => boolean;
  /** The hall took the feed away: its pages have to ask for it anew. */
  readonly expel: (feed: string, key: string) => void;
}

/** One upstream subscription for all pages of a feed, and a copy of its entries from which pages are answered. */
export interface FeedRelay {
  /** `enter` is called in the same instant in which the answer is true, so that no message falls between. */
  join(join: Join, enter: () => void): Promise<JoinAnswer>;
  /** A page has left, or is gone. */
  left(feed: string, key: string): void;
  onFeed(message: FeedMessage): void;
  onHeartbeat(heartbeat: Heartbeat): void;
  /** The hall's clock, epoch ms, from the last heartbeat; undefined before the first. */
  hallNow(): number | undefined;
  /** The hall is back: every feed goes on where it stopped. */
  resume(): void;
  close(): void;
}

interface Kept {
  readonly feed: string;
  readonly key: string;
  readonly view: FeedView;
  /** The latest anchor at or before the copy's revision. A newer one could hide entries that are still to come. */
  anchor: Heartbeat;
  /** Sessions with which the hall has allowed this feed; '' is the device alone. The last is used to resume. */
  readonly sessions: Set<string>;
  cancelLeaving: () => void;
}

export function createFeedRelay(deps: FeedRelayDeps): FeedRelay {
  const { upstream, timers, log } = deps;
  const keptByName = new Map<string, Kept>();
  const joinsUnderWay = new Map<string, Promise<RefusedAnswer | undefined>>();
  let lastHeard: { readonly now: number; readonly atMs: number } | undefined;

  const hallNow = (): number | undefined => lastHeard && lastHeard.now + (timers.nowMs() - lastHeard.atMs);

  async function join(request: Join, enter: () => void): Promise<JoinAnswer> {
    const name = nameOf(request.feed, request.key);
    if (!keptByName.get(name)?.sessions.has(request.session ?? '')) {
      const refusal = await joinUpstream(request);
      if (refusal) return refusal;
    }
    const kept = keptByName.get(name);
    if (!kept) return refuse('hall-unreachable');
    kept.cancelLeaving();
    enter();
    return snapshotOf(kept);
  }

  function snapshotOf(kept: Kept): JoinAnswer {
    const { anchor } = kept;
    return { ok: true, anchor: { ...anchor, now: hallNow() ?? anchor.now }, message: wholeOf(kept) };
  }

  const wholeOf = ({ feed, key, view }: Kept): FeedMessage => ({
    feed,
    key,
    after: 0,
    upTo: view.revision,
    whole: true,
    entries: view.entries,
  });

  /** Pages that ask at the same time for the same share one question. */
  function joinUpstream(request: Join): Promise<RefusedAnswer | undefined> {
    const question = `${nameOf(request.feed, request.key)} ${request.session ?? ''}`;
    let underWay = joinsUnderWay.get(question);
    if (!underWay) {
      underWay = askUpstream(request).finally(() => joinsUnderWay.delete(question));
      joinsUnderWay.set(question, underWay);
    }
    return underWay;
  }

  function askUpstream(join: Join): Promise<RefusedAnswer | undefined> {
    const { feed, key, session } = join;
    const name = nameOf(feed, key);
    const known = keptByName.get(name);
    const request = {
      feed,
      key,
      // Whatever the page still has: without a copy here only the whole is of use.
      ...(known ? { resume: anchorOf(known.anchor) } : {}),
      ...(session === undefined ? {} : { session }),
    };
    const { promise, resolve } = Promise.withResolvers<RefusedAnswer | undefined>();
    upstream.join(request, (answer) => {
      if (!answer.ok) return resolve(answer);
      const { message } = answer;
      // Dropped while the hall was asked: the tail of a copy that is gone is of no use, the whole has to be asked for.
      if (!message.whole && keptByName.get(name) !== known) return void askUpstream(join).then(resolve);
      const kept = keptByName.get(name) ?? keep(feed, key, answer.anchor);
      kept.sessions.delete(session ?? '');
      kept.sessions.add(session ?? '');
      kept.anchor = answer.anchor;
      applyFeedMessage(kept.view, message);
      // The whole: a heartbeat has gone to the pages since, and they would take a tail from before it for something they have.
      deps.publish(wholeOf(kept));
      resolve(undefined);
    });
    return promise;
  }

  function keep(feed: string, key: string, anchor: Heartbeat): Kept {
    const kept = {
      feed,
      key,
      anchor,
      view: createFeedView(),
      sessions: new Set<string>(),
      cancelLeaving: () => {},
    };
    keptByName.set(nameOf(feed, key), kept);
    return kept;
  }

  function take(kept: Kept, message: FeedMessage): void {
    if (applyFeedMessage(kept.view, message) === 'gap') {
      log.warn({ feed: kept.feed, key: kept.key, after: message.after }, 'feed has a gap, joining anew');
      void resumeOne(kept);
    } else deps.publish(message);
  }

  async function resumeOne(kept: Kept): Promise<void> {
    const { feed, key } = kept;
    const session = [...kept.sessions].at(-1) ?? '';
    const refusal = await joinUpstream({ feed, key, ...(session === '' ? {} : { session }) });
    if (!refusal) return;
    if (refusal.code === 'hall-unreachable') {
      // A hall that is connected and did not answer in time: nobody else would ask again.
      if (upstream.isOnline() && keptByName.get(nameOf(feed, key)) === kept) void resumeOne(kept);
      return;
    }
    log.warn({ feed, key, code: refusal.code }, 'the hall refuses to resume a feed');
    drop(kept);
    deps.expel(feed, key);
  }

  function drop(kept: Kept): void {
    kept.cancelLeaving();
    keptByName.delete(nameOf(kept.feed, kept.key));
  }

  return {
    join,
    left(feed, key) {
      const kept = keptByName.get(nameOf(feed, key));
      if (!kept || deps.hasPages(feed, key)) return;
      kept.cancelLeaving();
      kept.cancelLeaving = timers.after(KEPT_AFTER_LAST_PAGE_MS, () => {
        drop(kept);
        upstream.leave(feed, key);
      });
    },
    onFeed(message) {
      const kept = keptByName.get(nameOf(message.feed, message.key));
      if (kept) take(kept, message);
    },
    onHeartbeat(heartbeat) {
      lastHeard = { now: heartbeat.now, atMs: timers.nowMs() };
      for (const kept of keptByName.values()) {
        const isOfThisLog = kept.anchor.logId === heartbeat.logId;
        if (isOfThisLog && heartbeat.revision <= kept.view.revision) kept.anchor = heartbeat;
      }
    },
    hallNow,
    resume() {
      for (const kept of keptByName.values()) void resumeOne(kept);
    },
    close() {
      for (const kept of [...keptByName.values()]) drop(kept);
    },
  };
}

const nameOf = (feed: string, key: string): string => `${feed}:${key}`;

const anchorOf = ({ logId, revision, hash }: Heartbeat) => ({ logId, revision, hash });
