import { describe, expect, it } from 'vitest';
import { wire, type FeedMessage, type JoinAnswer } from '#protocol/wire.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import { aHeartbeat, joined } from '../support/fake-hall.ts';
import { createManualTimers } from '../support/manual-timers.ts';
import { eventually } from '../support/terminal.ts';
import { join, useAgents } from '../support/watched-agent.ts';

const { hall, start, page, watcher, online } = useAgents();

const tail = (after: number, upTo: number, entries: Record<string, unknown>): FeedMessage => ({
  feed: 'zone',
  key: 'z1',
  after,
  upTo,
  whole: false,
  entries,
});

describe('feeds', () => {
  const zoneJoins = () =>
    hall()
      .joins()
      .filter(({ feed }) => feed === 'zone');

  it('are joined once for all pages, and every page hears them', async () => {
    const agent = await start();
    const first = await online(agent);
    const second = await watcher(agent);
    await Promise.all([join(first.socket, 'zone', 'z1'), join(second.socket, 'zone', 'z1')]);
    hall().feed(tail(1, 2, { 'counter:a12': 'called' }));
    await eventually(() => first.messages.length > 0 && second.messages.length > 0);
    expect(zoneJoins()).toEqual([{ feed: 'zone', key: 'z1' }]);
    expect(second.messages).toEqual([tail(1, 2, { 'counter:a12': 'called' })]);
  });

  it('answer a page that reloads from the agent, with what came since', async () => {
    const agent = await start();
    const before = await online(agent);
    await join(before.socket, 'zone', 'z1');
    hall().feed(tail(1, 2, { 'counter:a12': 'called' }));
    await eventually(() => before.messages.length > 0);
    before.socket.disconnect();
    const after = await page(agent);
    const answer = await join(after, 'zone', 'z1');
    expect(answer).toMatchObject({
      ok: true,
      message: { whole: true, upTo: 2, entries: { day: { status: 'open' }, 'counter:a12': 'called' } },
    });
    expect(zoneJoins()).toHaveLength(1);
  });

  it('keep what they have while the hall is away, without a heartbeat, and resume from their anchor', async () => {
    const agent = await start();
    const watching = await online(agent);
    await join(watching.socket, 'zone', 'z1');
    hall().feed(tail(1, 5, { 'counter:a12': 'called' }));
    hall().heartbeat(aHeartbeat(5));
    await eventually(() => watching.heartbeats.length > 0);
    await hall().goAway();
    await eventually(() => !watching.device().link.online);
    expect(await join(await page(agent), 'zone', 'z1')).toMatchObject({ ok: true, message: { upTo: 5 } });

    hall().answerJoin = () => ({
      ok: true,
      anchor: aHeartbeat(8),
      message: tail(5, 8, { 'counter:a13': 'called' }),
    });
    await hall().comeBack();
    await eventually(() => watching.messages.length > 1);
    expect(zoneJoins().at(-1)).toEqual({
      feed: 'zone',
      key: 'z1',
      resume: { logId: 'log-1', revision: 5, hash: 'hash-5' },
    });
    expect(watching.messages.at(-1)).toEqual({
      ...tail(0, 8, {
        day: { status: 'open', catalogueVersion: 1 },
        'counter:a12': 'called',
        'counter:a13': 'called',
      }),
      whole: true,
    });
    expect(watching.heartbeats).toHaveLength(1);
  });

  it('do not resume from an anchor that is ahead of their entries', async () => {
    const agent = await start();
    const watching = await online(agent);
    await join(watching.socket, 'zone', 'z1');
    hall().heartbeat(aHeartbeat(9));
    await eventually(() => watching.heartbeats.length > 0);
    await hall().goAway();
    await hall().comeBack();
    const resumed = await eventually(() => zoneJoins()[1]);
    expect(resumed.resume?.revision).toBe(1);
  });

  it('are joined anew after a gap', async () => {
    const agent = await start();
    const watching = await online(agent);
    await join(watching.socket, 'zone', 'z1');
    hall().answerJoin = ({ feed, key }) => joined(feed, key, 9, { 'counter:a12': 'new' });
    hall().feed(tail(7, 8, { 'counter:a12': 'late' }));
    await eventually(() => watching.messages.length > 0);
    expect(watching.messages).toEqual([
      { feed: 'zone', key: 'z1', after: 0, upTo: 9, whole: true, entries: { 'counter:a12': 'new' } },
    ]);
  });

  it('lose nothing that comes right behind the answer to a join', async () => {
    const agent = await start();
    const watching = await online(agent);
    hall().answerJoin = ({ feed, key }) => {
      queueMicrotask(() => {
        for (let revision = 1; revision < 40; revision += 1)
          hall().feed(tail(revision, revision + 1, { n: revision + 1 }));
      });
      return joined(feed, key, 1, { n: 1 });
    };
    const answer = await join(watching.socket, 'zone', 'z1');
    await eventually(
      () => watching.messages.at(-1)?.upTo === 40 || (answer.ok && answer.message.upTo === 40),
    );
    const again = await join(watching.socket, 'zone', 'z1');
    expect(again).toMatchObject({ message: { upTo: 40, entries: { n: 40 } } });
    expect(zoneJoins()).toHaveLength(1);
  });

  it('of another session are the hall’s to allow, though the agent has a copy', async () => {
    const agent = await start();
    const clerk = await online(agent);
    hall().answerJoin = ({ feed, key, session }) =>
      session === 'clerk'
        ? joined(feed, key, 1, { queue: 'full' })
        : { ok: false, code: 'not-authorised', retryable: false };
    expect(await join(clerk.socket, 'counter', 'a12', { session: 'clerk' })).toMatchObject({ ok: true });
    const stranger = await page(agent);
    expect(await join(stranger, 'counter', 'a12')).toMatchObject({ ok: false, code: 'not-authorised' });
    expect(await join(stranger, 'counter', 'a12', { session: 'forged' })).toMatchObject({ ok: false });
    const heard: unknown[] = [];
    stranger.on(wire.feed, (message) => heard.push(message));
    hall().feed({ ...tail(1, 2, { queue: 'moved' }), feed: 'counter', key: 'a12' });
    await eventually(() => clerk.messages.length > 0);
    expect(heard).toEqual([]);
  });

  it('stop for a page that has signed out', async () => {
    const agent = await start();
    const clerk = await online(agent);
    hall().answerJoin = ({ feed, key, session }) =>
      session === 'clerk'
        ? joined(feed, key, 1, {})
        : { ok: false, code: 'not-authorised', retryable: false };
    await join(clerk.socket, 'counter', 'a12', { session: 'clerk' });
    await join(clerk.socket, 'counter', 'a12');
    await join(clerk.socket, 'device', 'local');
    hall().feed({ ...tail(1, 2, {}), feed: 'counter', key: 'a12' });
    hall().heartbeat(aHeartbeat(2));
    await eventually(() => clerk.heartbeats.length > 0);
    expect(clerk.messages).toEqual([]);
  });

  it('that the hall refuses to resume are taken from the pages, which ask anew', async () => {
    const agent = await start();
    const watching = await online(agent);
    await join(watching.socket, 'zone', 'z1');
    let disconnects = 0;
    watching.socket.on('disconnect', () => (disconnects += 1));
    hall().answerJoin = () => ({ ok: false, code: 'ahead-of-hall', retryable: false });
    await hall().goAway();
    await hall().comeBack();
    await eventually(() => disconnects > 0 && watching.socket.connected);
    hall().answerJoin = ({ feed, key }) => joined(feed, key, 3, { fresh: true });
    expect(await join(watching.socket, 'zone', 'z1')).toMatchObject({
      message: { entries: { fresh: true } },
    });
    expect(zoneJoins().at(-1)).toEqual({ feed: 'zone', key: 'z1' });
  });

  it('that a page could not have without the hall are asked for again when it is back', async () => {
    await hall().goAway();
    const agent = await start();
    const socket = await page(agent);
    expect(await join(socket, 'zone', 'z1')).toMatchObject({ ok: false, code: 'hall-unreachable' });
    const answer = new Promise<JoinAnswer>((resolve) => {
      socket.on('connect', () => void join(socket, 'zone', 'z1').then(resolve));
    });
    await hall().comeBack();
    expect(await answer).toMatchObject({ ok: true });
  });

  it('are left a minute after the last page', async () => {
    const timers = createManualTimers();
    const agent = await start({ system: { ...createNodeSystem(), timers } });
    const watching = await online(agent);
    await join(watching.socket, 'zone', 'z1');
    watching.socket.emit(wire.leave, { feed: 'zone', key: 'z1' });
    await join(watching.socket, 'device', 'local');
    const lefts = () => hall().heard.filter(({ name }) => name === wire.leave);
    // The watch on heartbeats shares these timers: it has to hear some.
    for (let second = 0; second < 56; second += 4) {
      hall().heartbeat(aHeartbeat(1));
      await eventually(() => watching.heartbeats.length > second / 4);
      await timers.advance(4_000);
    }
    expect(lefts()).toEqual([]);
    hall().heartbeat(aHeartbeat(1));
    await eventually(() => watching.heartbeats.length > 14);
    await timers.advance(4_500);
    expect(await eventually(() => lefts()[0])).toEqual({
      name: wire.leave,
      message: { feed: 'zone', key: 'z1' },
    });
  });
});
