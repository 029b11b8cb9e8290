import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeedHub, type FeedHub } from '#protocol/feed-hub.ts';
import { applyFeedMessage, createFeedView, type FeedView } from '#protocol/feed-view.ts';
import { feeds, type FeedName } from '#protocol/feeds.ts';
import type { FeedMessage } from '#protocol/wire.ts';
import { aClass } from '#test/support/builders.ts';
import { aHallDay, succeed, type HallDay } from '#test/support/hall-day.ts';
import { anAction, openHall, play, someRules } from '#test/support/random-day.ts';

interface Subscriber {
  readonly feed: FeedName;
  readonly key: string;
  view: FeedView;
  connected: boolean;
}

interface Rig {
  readonly hall: HallDay;
  readonly hub: FeedHub;
  readonly subscribers: Subscriber[];
  readonly sent: FeedMessage[];
  readonly scheduled: number[];
  /** Loses the messages of a subscriber for which it says so. */
  loses: (subscriber: Subscriber) => boolean;
  elapsedMs: number;
}

function aRig(hall: HallDay, watched: readonly (readonly [FeedName, string])[]): Rig {
  const sent: FeedMessage[] = [];
  const scheduled: number[] = [];
  const subscribers = watched.map(([feed, key]): Subscriber => ({
    feed,
    key,
    view: createFeedView(),
    connected: false,
  }));
  const hub = createFeedHub({
    hall: () => hall.hall,
    now: () => hall.now,
    elapsed: () => rig.elapsedMs,
    hasSubscribers: (feed, key) =>
      subscribers.some((one) => one.connected && one.feed === feed && one.key === key),
    schedule: (afterMs) => void scheduled.push(afterMs),
    publish: (message) => {
      const overWire = JSON.parse(JSON.stringify(message)) as FeedMessage;
      sent.push(overWire);
      for (const one of subscribers) {
        if (!one.connected || one.feed !== message.feed || one.key !== message.key || rig.loses(one))
          continue;
        if (applyFeedMessage(one.view, overWire) === 'gap') join(rig, one);
      }
    },
  });
  const rig: Rig = { hall, hub, subscribers, sent, scheduled, loses: () => false, elapsedMs: 0 };
  return rig;
}

function join(rig: Rig, one: Subscriber, since: number | undefined = one.view.revision || undefined): void {
  one.connected = true;
  applyFeedMessage(
    one.view,
    JSON.parse(JSON.stringify(rig.hub.join(one.feed, one.key, since))) as FeedMessage,
  );
}

function flushAll(rig: Rig): void {
  rig.elapsedMs += 10_000;
  rig.hub.flush();
}

function fresh(rig: Rig, { feed, key }: Subscriber): unknown {
  return JSON.parse(JSON.stringify(rig.hub.join(feed, key, undefined).entries));
}

const everyFeed: readonly (readonly [FeedName, string])[] = [
  ['terminal', 'hall'],
  ['zone', 'all'],
  ['zone', 'general'],
  ['sign', 'c1'],
  ['counter', 'c1'],
  ['counter', 'c2'],
  ['counter', 'c3'],
  ['board', 'hall'],
];

const aFault = fc.oneof(
  { arbitrary: anAction.map((action) => ({ do: 'act', action }) as const), weight: 8 },
  { arbitrary: fc.constant({ do: 'flush' } as const), weight: 3 },
  { arbitrary: fc.record({ do: fc.constant('join' as const), who: fc.nat({ max: 7 }) }), weight: 2 },
  { arbitrary: fc.record({ do: fc.constant('leave' as const), who: fc.nat({ max: 7 }) }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('lose' as const), who: fc.nat({ max: 7 }) }), weight: 1 },
  { arbitrary: fc.constant({ do: 'refold' } as const), weight: 1 },
);

describe('a feed', () => {
  it('brings every subscriber to what a fresh snapshot says, whatever was lost, left or resumed', () => {
    let lost = 0;
    fc.assert(
      fc.property(
        someRules(true),
        fc.array(aFault, { minLength: 20, maxLength: 150, size: 'max' }),
        (options, list) => {
          const rig = aRig(openHall(options), everyFeed);
          for (const step of list) {
            switch (step.do) {
              case 'act': {
                const outcome = play(rig.hall, step.action)?.outcome;
                if (outcome?.ok) rig.hub.note(outcome.recorded);
                break;
              }
              case 'flush':
                flushAll(rig);
                rig.loses = () => false;
                break;
              case 'join':
                join(rig, rig.subscribers[step.who]!);
                break;
              case 'leave':
                rig.subscribers[step.who]!.connected = false;
                break;
              case 'lose':
                rig.loses = (one) => one === rig.subscribers[step.who];
                lost += 1;
                break;
              case 'refold':
                rig.hub.reset();
                break;
            }
          }
          rig.loses = () => false;
          for (const one of rig.subscribers) join(rig, one);
          flushAll(rig);
          for (const one of rig.subscribers) {
            expect(one.view.entries, `${one.feed}:${one.key}`).toEqual(fresh(rig, one));
          }
        },
      ),
      { seed: 20_261_123, numRuns: 250 },
    );
    expect(lost).toBeGreaterThan(100);
  });

  it('needs no rejoining while nothing is lost: messages alone keep every subscriber current', () => {
    fc.assert(
      fc.property(
        someRules(true),
        fc.array(anAction, { minLength: 20, maxLength: 120, size: 'max' }),
        (options, list) => {
          const rig = aRig(openHall(options), everyFeed);
          for (const one of rig.subscribers) join(rig, one);
          for (const action of list) {
            const outcome = play(rig.hall, action)?.outcome;
            if (outcome?.ok) rig.hub.note(outcome.recorded);
            flushAll(rig);
            for (const one of rig.subscribers) {
              expect(one.view.entries, `${one.feed}:${one.key} after ${action.kind}`).toEqual(
                fresh(rig, one),
              );
            }
          }
        },
      ),
      { seed: 20_261_123, numRuns: 60 },
    );
  });

  it('tells a counter that a ticket kept for another one is now offered to it, once that one closes', () => {
    const hall = aHallDay();
    for (const counter of ['c1', 'c2']) succeed(hall.open(counter));
    hall.take('deeds');
    succeed(hall.callNext('c1'));
    succeed(hall.transfer('c1', 'deeds', 'c1'));
    const rig = aRig(hall, [['counter', 'c2']]);
    const [clerk] = rig.subscribers as [Subscriber];
    join(rig, clerk);
    expect(clerk.view.entries['queue']).not.toHaveProperty('nextTicketId');
    rig.hub.note(succeed(hall.close('c1')).recorded);
    flushAll(rig);
    expect(clerk.view.entries['queue']).toHaveProperty('nextTicketId', hall.ticketOf('A001').id);
  });

  it('tells a counter that somebody may be overtaken no more, though the call was of a service that it does not do', () => {
    const hall = aHallDay({ priorityClasses: [aClass('ordinary', 5, 0), aClass('senior', 1, 1)] });
    for (const counter of ['c2', 'c4']) succeed(hall.open(counter));
    hall.take('fund');
    hall.take('deeds', 'senior');
    hall.take('fund', 'senior');
    const rig = aRig(hall, [['counter', 'c4']]);
    const [clerk] = rig.subscribers as [Subscriber];
    join(rig, clerk);
    expect(clerk.view.entries['queue']).toHaveProperty('nextTicketId', hall.ticketOf('A003').id);
    const called = succeed(hall.callNext('c2'));
    expect(called.answer).toMatchObject({ number: 'A002', serviceId: 'deeds' });
    rig.hub.note(called.recorded);
    flushAll(rig);
    expect(clerk.view.entries['queue']).toHaveProperty('nextTicketId', hall.ticketOf('A001').id);
  });

  it('is silent when nobody listens, and speaks at most once in its interval', () => {
    const hall = openHall({});
    const rig = aRig(hall, [['terminal', 'hall']]);
    rig.hub.note(succeed(hall.take('deeds')).recorded);
    rig.hub.flush();
    expect(rig.sent).toEqual([]);
    join(rig, rig.subscribers[0]!);
    for (let i = 0; i < 10; i += 1) {
      rig.hub.note(succeed(hall.take('deeds')).recorded);
      rig.hub.flush();
      rig.elapsedMs += 10;
    }
    // The first at once, then nothing until the interval is over.
    expect(rig.sent.map(({ upTo }) => upTo)).toEqual([hall.hall.revision - 9]);
    expect(rig.scheduled.at(-1)).toBeGreaterThan(0);
    rig.elapsedMs = feeds.terminal.minIntervalMs;
    rig.hub.flush();
    expect(rig.sent).toHaveLength(2);
    expect(Object.keys(rig.sent[1]!.entries)).toEqual(['service:deeds']);
  });

  it('sends who returns only what changed since', () => {
    const hall = openHall({});
    const rig = aRig(hall, [['terminal', 'hall']]);
    // From the first who joins, the feed is followed.
    const before = hall.hall.revision;
    join(rig, rig.subscribers[0]!);
    rig.hub.note(succeed(hall.take('deeds')).recorded);
    const since = hall.hall.revision;
    rig.hub.note(succeed(hall.take('fund')).recorded);
    const tail = rig.hub.join('terminal', 'hall', since);
    expect(tail).toMatchObject({ whole: false, after: since, upTo: since + 1 });
    expect(Object.keys(tail.entries)).toEqual(['service:fund']);
    expect(rig.hub.join('terminal', 'hall', since + 99).whole).toBe(true);
    expect(rig.hub.join('terminal', 'hall', before - 1).whole).toBe(true);
  });
});

describe('a copy of a feed', () => {
  const message = (after: number, upTo: number, whole = false): FeedMessage => {
    return { feed: 'sign', key: 'c1', after, upTo, whole, entries: { at: upTo } };
  };

  it('takes what follows, knows what it had, and says what it missed', () => {
    const view = createFeedView();
    expect(applyFeedMessage(view, message(0, 5, true))).toBe('applied');
    expect(applyFeedMessage(view, message(5, 7))).toBe('applied');
    expect(applyFeedMessage(view, message(5, 7))).toBe('known');
    expect(applyFeedMessage(view, message(9, 11))).toBe('gap');
    expect(view).toEqual({ revision: 7, entries: { at: 7 } });
    expect(applyFeedMessage(view, message(6, 8))).toBe('applied');
  });

  it('forgets on a whole what the whole no longer has', () => {
    const view = createFeedView();
    applyFeedMessage(view, { ...message(0, 5, true), entries: { gone: 1, at: 5 } });
    applyFeedMessage(view, message(0, 6, true));
    expect(view.entries).toEqual({ at: 6 });
  });
});
