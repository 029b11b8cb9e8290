import { describe, expect, it } from 'vitest';
import { createFaultyDisk } from '#test/support/journal-faults.ts';
import { askHttp, postCommand } from '#test/support/hall-client.ts';
import { NINE, startHall, type TestHall } from '#test/support/hall-server.ts';

const keyOf = (letter: string): string => letter.repeat(22);
const look = (hall: TestHall, visitKey: string) => askHttp(hall.url, `/api/v1/visits/${visitKey}`);

async function take(hall: TestHall, visitKey: string, serviceId = 'deeds'): Promise<string> {
  const payload = { serviceId, classId: 'ordinary', language: 'zh', visitKey };
  const { body } = await postCommand(hall.url, 'ticket.take', payload, { token: hall.enrol('kiosk') });
  return body.answer.ticketId;
}

/** A clerk at counter c1, who says what was refused. */
async function aClerk(hall: TestHall) {
  const client = await hall.connect('caller');
  const { session } = hall.person('clerk');
  const send = async (name: string, payload: object): Promise<void> => {
    const seenRevision = await hall.server.writer.settled(
      ({ countersById }) => countersById.get('c1')?.revision ?? 0,
    );
    const seen = name.startsWith('counter.') ? {} : { seenRevision };
    expect(
      await client.send(name, { counterId: 'c1', ...seen, ...payload }, { session }),
      name,
    ).toMatchObject({ ok: true });
  };
  return send;
}

describe('the live position over HTTP', () => {
  it('tells the holder of the handle where the number stands, as it goes on', async () => {
    const hall = await startHall();
    const before = await take(hall, keyOf('a'));
    const ticketId = await take(hall, keyOf('b'));
    const first = await look(hall, keyOf('b'));
    expect(first.status).toBe(200);
    expect(first.headers['cache-control']).toBe('no-store');
    expect(first.body).toEqual({
      ticket: {
        ticketId,
        number: 'A002',
        businessDate: '2026-11-23',
        serviceId: 'deeds',
        classId: 'ordinary',
        status: 'waiting',
        takenAt: NINE,
        peopleAhead: 1,
        legs: [{ serviceId: 'deeds', status: 'waiting' }],
      },
      hall: { zh: '小大厅', en: 'Small hall' },
      catalogueVersion: 1,
      now: NINE,
    });

    const clerk = await aClerk(hall);
    await clerk('counter.open', {});
    await clerk('ticket.callNext', {});
    await hall.time.advance(60_000);
    await clerk('ticket.markNoShow', { ticketId: before });
    await clerk('ticket.callNext', {});
    expect((await look(hall, keyOf('a'))).body.ticket).toMatchObject({ number: 'A001', status: 'no-show' });
    expect((await look(hall, keyOf('b'))).body.ticket).toMatchObject({
      status: 'called',
      counterId: 'c1',
      calledAt: hall.time.system.now(),
    });
  });

  it('tells nothing of any other ticket, and nothing by which to find one', async () => {
    const hall = await startHall();
    const mine = await take(hall, keyOf('a'));
    const theirs = await take(hall, keyOf('b'));
    const { text, body } = await look(hall, keyOf('a'));
    expect(text).toContain(mine);
    for (const foreign of [theirs, 'A002', keyOf('a'), keyOf('b')]) expect(text).not.toContain(foreign);
    // Neither a ticket's own id nor its number opens it: only the handle does.
    for (const known of [theirs, 'A002']) {
      expect((await look(hall, known)).body).toMatchObject({ ok: false, code: 'unknown-ticket' });
    }
    expect(Object.keys(body).sort()).toEqual(['catalogueVersion', 'hall', 'now', 'ticket']);
  });

  it('says the same of a handle that is none and of one that nobody has', async () => {
    const hall = await startHall();
    await take(hall, keyOf('a'));
    const keys = [
      keyOf('z'),
      'short',
      'a'.repeat(65),
      "'%20OR%20'1'='1",
      '..%2f..%2fhall',
      '%00',
      '__proto__',
    ];
    for (const key of keys) {
      const { status, body } = await look(hall, key);
      expect([status, body], key).toEqual([404, { ok: false, code: 'unknown-ticket', retryable: false }]);
    }
  });

  it('knows the numbers of its day only', async () => {
    const hall = await startHall();
    await take(hall, keyOf('a'));
    hall.time.setClock(NINE + 24 * 3_600_000);
    await hall.server.rollOver();
    expect((await look(hall, keyOf('a'))).body.code).toBe('unknown-ticket');
  });

  it('answers 120 looks a minute from one address, and again in the next', async () => {
    const hall = await startHall();
    await take(hall, keyOf('a'));
    const looks = await Promise.all(Array.from({ length: 125 }, () => look(hall, keyOf('a'))));
    const codes = looks.map(({ status, body }) => (status === 200 ? 'seen' : `${status} ${body.code}`));
    expect(codes.filter((code) => code === 'seen')).toHaveLength(120);
    expect(new Set(codes)).toEqual(new Set(['seen', '429 rate-limited']));
  });

  it('calls an outage an outage, never an unknown number', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall({ wrapJournal: disk.wrapJournal });
    await take(hall, keyOf('a'));
    disk.fault = 'fails';
    disk.unreadable = true;
    const payload = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: keyOf('b') };
    await postCommand(hall.url, 'ticket.take', payload, { token: hall.enrol('kiosk') });
    const during = await look(hall, keyOf('a'));
    expect([during.status, during.body.code]).toEqual([503, 'storage-unavailable']);
    disk.fault = 'none';
    disk.unreadable = false;
    await hall.time.advance(60_000);
    expect((await look(hall, keyOf('a'))).body.ticket.number).toBe('A001');
  });

  it('gives the page at the address of the slip, whatever the handle', async () => {
    const hall = await startHall();
    for (const key of [keyOf('a'), 'garbage']) {
      const { status, text } = await askHttp(hall.url, `/v/${key}`);
      expect([status, text]).toEqual([200, expect.stringContaining('<h1>visit</h1>')]);
    }
  });

  it('keeps the handle out of the log of the server', async () => {
    const hall = await startHall();
    await take(hall, keyOf('a'));
    await look(hall, keyOf('a'));
    await look(hall, keyOf('q'));
    expect(hall.logLines.join('\n')).not.toMatch(/a{22}|q{22}/);
  });
});
