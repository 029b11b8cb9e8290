import { describe, expect, it } from 'vitest';
import type { FeedMessage, Join, JoinAnswer } from '#protocol/wire.ts';
import { createFeedRelay } from '#terminal/feeds/feed-relay.ts';
import { aHeartbeat, joined } from '../support/fake-hall.ts';
import { createManualTimers } from '../support/manual-timers.ts';
import { aLog } from '../support/terminal.ts';

/** A relay whose questions to the hall are answered by hand. */
function aRelay() {
  const asked: { readonly join: Join; readonly answer: (answer: JoinAnswer) => void }[] = [];
  const published: FeedMessage[] = [];
  const link = { isOnline: true };
  const relay = createFeedRelay({
    upstream: {
      isOnline: () => link.isOnline,
      join: (join, answer) => void asked.push({ join, answer }),
      leave: () => undefined,
    },
    timers: createManualTimers(),
    log: aLog().log,
    publish: (message) => void published.push(message),
    hasPages: () => true,
    expel: () => undefined,
  });
  const join = (session: string) => relay.join({ feed: 'counter', key: 'a12', session }, () => undefined);
  return { relay, asked, published, link, join };
}

const whole = (revision: number, entries: Record<string, unknown>) =>
  joined('counter', 'a12', revision, entries);
const tail = (after: number, upTo: number, entries: Record<string, unknown>): JoinAnswer => ({
  ok: true,
  anchor: aHeartbeat(upTo),
  message: { feed: 'counter', key: 'a12', after, upTo, whole: false, entries },
});
const unanswered: JoinAnswer = { ok: false, code: 'hall-unreachable', retryable: true };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the agent’s copy of a feed', () => {
  it('is asked for whole when it was dropped while the hall was asked for its tail', async () => {
    const { relay, asked, join } = aRelay();
    const first = join('old');
    asked[0]?.answer(whole(5, { queue: 'old', held: [] }));
    await first;
    relay.resume();
    const second = join('new');
    expect(asked.map(({ join: { session, resume } }) => [session, resume?.revision])).toEqual([
      ['old', undefined],
      ['old', 5],
      ['new', 5],
    ]);
    asked[1]?.answer({ ok: false, code: 'session-expired', retryable: false });
    await turn();
    asked[2]?.answer(tail(5, 8, { queue: 'new' }));
    expect(asked[3]?.join).toEqual({ feed: 'counter', key: 'a12', session: 'new' });
    asked[3]?.answer(whole(8, { queue: 'new', held: [] }));
    expect(await second).toMatchObject({ message: { upTo: 8, entries: { queue: 'new', held: [] } } });
  });

  it('is asked for again when a hall that is there did not answer in time', async () => {
    const { relay, asked, published, link, join } = aRelay();
    const first = join('clerk');
    asked[0]?.answer(whole(5, { queue: 'old' }));
    await first;
    relay.resume();
    asked[1]?.answer(unanswered);
    await turn();
    asked[2]?.answer(tail(5, 8, { queue: 'new' }));
    await turn();
    expect(published.at(-1)).toMatchObject({ upTo: 8, whole: true, entries: { queue: 'new' } });
    relay.resume();
    link.isOnline = false;
    asked[3]?.answer(unanswered);
    await turn();
    expect(asked).toHaveLength(4);
  });
});
