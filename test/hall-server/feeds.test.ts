import { describe, expect, it } from 'vitest';
import type { AcceptedAnswer, Anchor, FeedMessage, JoinAnswer } from '#protocol/wire.ts';
import type { HallClient } from '#test/support/hall-client.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';
import { eventually } from '#test/support/terminal.ts';

const take = (serviceId = 'deeds') => ({
  serviceId,
  classId: 'ordinary',
  language: 'zh',
  visitKey: 'v'.repeat(22),
});
const isHeartbeat = (heard: object): heard is Anchor => 'hash' in heard;
const anchorOf = ({ logId, revision, hash }: Anchor): Anchor => ({ logId, revision, hash });

/** Lets a heartbeat go out, and waits until these clients have it. */
async function heartbeat(hall: TestHall, ...clients: readonly HallClient[]): Promise<Anchor> {
  const before = clients.map(({ heartbeats }) => heartbeats.length);
  await hall.time.advance(2_000);
  await eventually(() => clients.every(({ heartbeats }, i) => heartbeats.length > before[i]!));
  return anchorOf(clients[0]!.heartbeats.at(-1)!);
}

async function aClerkAt(hall: TestHall, counterId: string) {
  const client = await hall.connect('caller');
  const { session, id } = hall.person('clerk');
  await client.send('counter.open', { counterId }, { session });
  const seenRevision = (): Promise<number> =>
    hall.server.writer.settled(
      ({ countersById }) => countersById.get(counterId)?.revision ?? 0,
    ) as Promise<number>;
  return {
    client,
    session,
    id,
    callNext: async (seen?: number) =>
      client.send(
        'ticket.callNext',
        { counterId, seenRevision: seen ?? (await seenRevision()) },
        { session },
      ),
    seenRevision,
  };
}

describe('a command and those who look on', () => {
  it('a call: the sender is answered, the bystander sees it, the clerk who was too late is told and changes nothing', async () => {
    const hall = await startHall();
    const [kiosk, display] = [await hall.connect('kiosk'), await hall.connect('display')];
    const [first, second] = [await aClerkAt(hall, 'c1'), await aClerkAt(hall, 'c2')];
    await display.join('zone', 'all');
    await kiosk.send('ticket.take', take());
    const seen = await first.seenRevision();
    const [won, clicked, late] = await Promise.all([
      first.callNext(seen),
      first.callNext(seen),
      second.callNext(),
    ]);
    expect(won).toMatchObject({ ok: true, answer: { number: 'A001', counterId: 'c1' } });
    expect(clicked).toMatchObject({
      ok: false,
      code: 'counter-moved',
      details: { activeTicketId: (won as AcceptedAnswer).answer['ticketId'] },
    });
    expect(late).toMatchObject({ ok: false, code: 'nobody-waiting' });
    await heartbeat(hall, display);
    const { entries, revision } = display.view('zone', 'all');
    expect(revision).toBe((won as AcceptedAnswer).revision);
    expect(JSON.stringify(entries['counter:c1'])).toContain('A001');
    expect(JSON.stringify(entries['counter:c2'])).not.toContain('A001');
  });
});

describe('joining', () => {
  it('gives the whole as it is, then what changes, then nothing twice', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    await kiosk.send('ticket.take', take());
    const joined = (await kiosk.join('terminal', 'hall')) as Extract<JoinAnswer, { ok: true }>;
    expect(joined.message).toMatchObject({ whole: true, after: 0, upTo: await hall.revision() });
    expect(Object.keys(joined.message.entries)).toHaveLength(7);
    expect(joined.anchor).toMatchObject({ revision: await hall.revision(), now: hall.time.system.now() });
    await kiosk.send('ticket.take', take('fund'));
    await heartbeat(hall, kiosk);
    const [change] = kiosk.messages;
    expect(change).toMatchObject({ whole: false, upTo: joined.message.upTo + 1 });
    expect(Object.keys(change!.entries)).toContain('service:fund');
    await heartbeat(hall, kiosk);
    expect(kiosk.messages.filter(({ upTo }) => upTo === change!.upTo)).toHaveLength(1);
    const copy = await hall.connect('kiosk');
    await copy.join('terminal', 'hall');
    expect(kiosk.view('terminal', 'hall')).toEqual(copy.view('terminal', 'hall'));
  });

  it('with what one knew brings the tail, and with what nobody knows the whole and an alarm', async () => {
    const hall = await startHall();
    const token = hall.enrol('kiosk');
    const kiosk = await hall.connect({ token });
    await kiosk.join('terminal', 'hall');
    await kiosk.send('ticket.take', take());
    const anchor = await heartbeat(hall, kiosk);
    await kiosk.send('ticket.take', take('fund'));
    kiosk.close();
    const again = await hall.connect({ token });
    const join = async (resume: Anchor): Promise<FeedMessage> =>
      ((await again.join('terminal', 'hall', { resume })) as { message: FeedMessage }).message;
    expect(await join(anchor)).toMatchObject({
      whole: false,
      after: anchor.revision,
      upTo: anchor.revision + 1,
    });
    expect(Object.keys((await join(anchor)).entries)).toEqual(['service:fund']);
    const present = anchorOf(((await again.join('terminal', 'hall')) as { anchor: Anchor }).anchor);
    expect(await join(present)).toMatchObject({ whole: false, entries: {} });
    expect(await hall.metric('tinghao_screens_ahead_total')).toBe(0);
    const strangers = [
      { ...anchor, logId: 'another-log' },
      { ...anchor, hash: '0'.repeat(64) },
      { ...anchor, revision: 10_000 },
    ];
    for (const resume of strangers) expect(await join(resume)).toMatchObject({ whole: true, after: 0 });
    expect(await hall.metric('tinghao_screens_ahead_total')).toBe(strangers.length);
  });

  it('after the server was started anew goes on with the same log', async () => {
    const hall = await startHall();
    const token = hall.enrol('kiosk');
    const kiosk = await hall.connect({ token });
    await kiosk.join('terminal', 'hall');
    await kiosk.send('ticket.take', take());
    const anchor = await heartbeat(hall, kiosk);
    const later = await hall.restart();
    const again = await later.connect({ token });
    expect(await again.join('terminal', 'hall', { resume: anchor })).toMatchObject({ ok: true, anchor });
    expect(await later.metric('tinghao_screens_ahead_total')).toBe(0);
  });

  it('what there is not, or is not for this screen, is refused by its code', async () => {
    const hall = await startHall();
    const [display, kiosk] = [await hall.connect('display'), await hall.connect('kiosk')];
    for (const [feed, key] of [
      ['no-such', 'hall'],
      ['zone', 'no-such'],
      ['sign', ''],
      ['zone', '__proto__'],
      ['constructor', 'hall'],
      ['__proto__', 'hall'],
    ] as const) {
      expect(await display.join(feed, key), `${feed} ${key}`).toMatchObject({
        ok: false,
        code: 'unknown-feed',
      });
    }
    expect(await display.join('counter', 'c1')).toMatchObject({ code: 'not-authorised' });
    expect(await kiosk.join('board', 'hall')).toMatchObject({ code: 'not-authorised' });
    await (await hall.connect('kiosk')).send('ticket.take', take());
    await heartbeat(hall, display);
    expect(display.messages).toEqual([]);
    expect(
      await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'not-authorised' }),
    ).toBe(2);
  });

  it('left, it is silent', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    await kiosk.join('terminal', 'hall');
    kiosk.socket.emit('leave', { feed: 'terminal', key: 'hall' });
    await kiosk.send('ticket.take', take());
    await heartbeat(hall, kiosk);
    expect(kiosk.messages).toEqual([]);
  });
});

describe('heartbeats', () => {
  it('come every two seconds, name the log as it stands, and only after all that belongs to it has been sent', async () => {
    const hall = await startHall();
    const [kiosk, board] = [await hall.connect('kiosk'), await hall.connect('display')];
    await kiosk.join('terminal', 'hall');
    await board.join('board', 'hall');
    for (let i = 0; i < 12; i += 1) {
      await kiosk.send('ticket.take', take(i % 2 ? 'deeds' : 'fund'));
      await hall.time.advance(500);
    }
    await eventually(() => board.heartbeats.length === 3 && kiosk.heartbeats.length === 3);
    for (const client of [kiosk, board]) {
      let sentUpTo = 0;
      for (const heard of client.heard) {
        if (!isHeartbeat(heard)) sentUpTo = heard.upTo;
        else expect(heard.revision).toBe(sentUpTo);
      }
    }
    expect(kiosk.heartbeats.at(-1)?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(kiosk.heartbeats.map(({ logId }) => logId)).size).toBe(1);
    expect(kiosk.heartbeats.map(({ now }) => now)).toEqual(
      [2_000, 4_000, 6_000].map((ms) => hall.time.system.now() - 6_000 + ms),
    );
  });
});

describe('how often a feed speaks', () => {
  it('at most once in its interval, and the last state is not lost', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    await kiosk.join('terminal', 'hall');
    for (let i = 0; i < 10; i += 1) {
      await kiosk.send('ticket.take', take());
      await hall.time.advance(20);
    }
    // 200 ms have gone by and the interval is 250: one message at once, the rest is held back.
    expect(kiosk.messages).toHaveLength(1);
    await hall.time.advance(50);
    await eventually(() => kiosk.messages.length === 2);
    expect(kiosk.messages[1]).toMatchObject({ after: kiosk.messages[0]!.upTo, upTo: await hall.revision() });
    expect(kiosk.view('terminal', 'hall').entries['service:deeds']).toMatchObject({
      waiting: { ordinary: 10 },
    });
    await hall.time.advance(1_000);
    expect(kiosk.messages).toHaveLength(2);
  });
});

describe('what displays report', () => {
  async function aCall() {
    const hall = await startHall();
    const clerk = await aClerkAt(hall, 'c1');
    const displays = [
      await hall.connect('display'),
      await hall.connect('display'),
      await hall.connect('display'),
    ];
    await (await hall.connect('kiosk')).send('ticket.take', take());
    const { answer } = (await clerk.callNext()) as AcceptedAnswer;
    const shown = { kind: 'shown', ticketId: answer['ticketId'], callId: answer['callId'], times: 1 };
    return { hall, clerk, displays, shown };
  }
  const shownAt = (hall: TestHall, ticketId: unknown) =>
    hall.server.writer.settled(
      ({ current }) => current?.ticketsById.get(String(ticketId))?.legs.at(-1)?.shownAt,
    );

  it('the first that has painted a call is one event, however many report it and how often', async () => {
    const { hall, displays, shown } = await aCall();
    const before = await hall.revision();
    await hall.time.advance(120);
    for (const display of [...displays, ...displays]) display.socket.emit('telemetry', shown);
    await eventually(() => displays.every(({ socket }) => socket.connected));
    for (const display of displays) await display.join('zone', 'all');
    await hall.time.advance(100);
    expect(await hall.revision()).toBe(before + 1);
    expect(await shownAt(hall, shown.ticketId)).toBe(hall.time.system.now() - 100);
    for (const display of displays) display.socket.emit('telemetry', { ...shown, times: 2 });
    for (const display of displays) await display.join('zone', 'all');
    await hall.time.advance(100);
    expect(await hall.revision()).toBe(before + 1);
  });

  it('from a terminal that is no display, about another call, or about none, is nothing', async () => {
    const { hall, clerk, displays, shown } = await aCall();
    const before = await hall.revision();
    const kiosk = await hall.connect('kiosk');
    kiosk.socket.emit('telemetry', shown);
    clerk.client.socket.emit('telemetry', shown);
    await kiosk.join('terminal', 'hall');
    await clerk.client.join('counter', 'c1', { session: clerk.session });
    for (const other of [
      { callId: 'another-call' },
      { ticketId: 'another-ticket' },
      { callId: '__proto__' },
    ]) {
      displays[0]!.socket.emit('telemetry', { ...shown, ...other });
    }
    await displays[0]!.join('zone', 'all');
    await hall.time.advance(100);
    expect(await hall.revision()).toBe(before);
    expect(await shownAt(hall, shown.ticketId)).toBeUndefined();
    expect(
      await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'not-authorised' }),
    ).toBe(2);
  });

  it('a call that waits for a row is a figure for the operator', async () => {
    const { hall, displays, shown } = await aCall();
    displays[0]!.socket.emit('telemetry', {
      kind: 'queued',
      ticketId: shown.ticketId,
      callId: shown.callId,
      etaMs: 7_500,
    });
    await displays[0]!.join('zone', 'all');
    expect(await hall.metric('tinghao_display_call_eta_seconds')).toBe(7.5);
  });
});
