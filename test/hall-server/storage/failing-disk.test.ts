import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { verifyLog } from '#hall-server/journal/sqlite/verify.ts';
import type { AcceptedAnswer } from '#protocol/wire.ts';
import { askHttp, postCommand, postJson } from '#test/support/hall-client.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';
import { createFaultyDisk } from '#test/support/journal-faults.ts';
import { eventually } from '#test/support/terminal.ts';

/** The connections that the server under test has opened: a limit of pages holds for one connection alone. */
const opened = vi.hoisted(() => [] as Database.Database[]);
vi.mock('better-sqlite3', async (importOriginal) => {
  const { default: Real } = await importOriginal<{ default: typeof Database }>();
  class Remembered extends Real {
    constructor(...given: ConstructorParameters<typeof Real>) {
      super(...given);
      opened.push(this);
    }
  }
  return { default: Remembered };
});

const take = (visitKey = 'v'.repeat(22)) => ({
  serviceId: 'deeds',
  classId: 'ordinary',
  language: 'zh',
  visitKey,
});
const unavailable = { ok: false, code: 'storage-unavailable', retryable: true };

/** What the disk holds, as another program reads it. */
function onDisk(hall: TestHall): {
  events: number;
  answers: number;
  tickets: number;
  visits: number;
  findings: number;
} {
  const db = new Database(hall.databasePath, { readonly: true });
  const count = (table: string): number =>
    db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? -1;
  const found = {
    events: count('event'),
    answers: count('answer'),
    tickets: count('ticket'),
    visits: count('visit'),
    findings: verifyLog(db).findings.length,
  };
  db.close();
  return found;
}

describe('an append that fails', () => {
  it('before anything is written: refused, nothing half-written, nobody told, and service resumes by itself', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall(disk);
    const [kiosk, display] = [await hall.connect('kiosk'), await hall.connect('display')];
    await display.join('board', 'hall');
    const before = { ...onDisk(hall), revision: await hall.revision() };
    disk.fault = 'fails';
    const refused = await Promise.all(
      Array.from({ length: 5 }, (_, i) => kiosk.send('ticket.take', take(), { commandId: `take-${i}` })),
    );
    expect(refused).toEqual(Array(5).fill(unavailable));
    const byHttp = await postCommand(hall.url, 'ticket.take', take(), { token: hall.enrol('kiosk') });
    expect([byHttp.status, byHttp.body]).toEqual([503, unavailable]);
    await hall.time.advance(4_000);
    expect({ ...onDisk(hall), revision: await hall.revision() }).toEqual(before);
    await eventually(() => display.heartbeats.length > 0);
    expect(display.heartbeats.at(-1)?.revision).toBe(before.revision);
    expect(display.messages.every(({ upTo }) => upTo <= before.revision)).toBe(true);
    expect(await hall.metric('tinghao_storage_troubles_total')).toBeGreaterThanOrEqual(2);

    disk.fault = 'none';
    expect(await kiosk.send('ticket.take', take(), { commandId: 'take-0' })).toMatchObject({
      ok: true,
      answer: { number: 'A001' },
    });
    expect(onDisk(hall)).toEqual({
      events: before.events + 1,
      answers: before.answers + 1,
      tickets: 1,
      visits: 1,
      findings: 0,
    });
  });

  it('after it was written: every command gets the answer that was stored, and has one effect', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall(disk);
    const [kiosk, display] = [await hall.connect('kiosk'), await hall.connect('display')];
    await display.join('board', 'hall');
    disk.fault = 'lost-answer';
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => kiosk.send('ticket.take', take(), { commandId: `take-${i}` })),
    );
    disk.fault = 'none';
    expect(answers.map((answer) => (answer as AcceptedAnswer).answer['number'])).toEqual([
      'A001',
      'A002',
      'A003',
      'A004',
      'A005',
    ]);
    expect(await kiosk.send('ticket.take', take(), { commandId: 'take-2' })).toEqual(answers[2]);
    expect(await kiosk.send('ticket.take', take('w'.repeat(22)), { commandId: 'take-2' })).toMatchObject({
      code: 'command-id-reused',
    });
    expect(onDisk(hall)).toMatchObject({ tickets: 5, findings: 0 });
    await hall.time.advance(2_000);
    await eventually(() => display.heartbeats.length > 0);
    expect(display.view('board', 'hall').entries['zone:general']).toMatchObject({ waiting: 5 });
  });

  it('of a batch of which one was refused: the refused one is not made good by the failure', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall(disk);
    const kiosk = await hall.connect('kiosk');
    disk.fault = 'fails';
    const [good, bad] = await Promise.all([
      kiosk.send('ticket.take', take()),
      kiosk.send('ticket.take', { ...take(), serviceId: 'no-such-service' }),
    ]);
    expect([good, bad]).toEqual([unavailable, expect.objectContaining({ ok: false })]);
    expect(onDisk(hall).tickets).toBe(0);
  });

  it('while the disk cannot even be read: refused, not ready, no heartbeat that would make stale screens look fresh; then on again', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall(disk);
    const [kiosk, display] = [await hall.connect('kiosk'), await hall.connect('display')];
    await display.join('board', 'hall');
    await kiosk.send('ticket.take', take());
    disk.fault = 'fails';
    disk.unreadable = true;
    expect(await kiosk.send('ticket.take', take())).toEqual(unavailable);
    expect(await kiosk.join('terminal', 'hall')).toEqual(unavailable);
    expect((await askHttp(hall.url, '/readyz')).status).toBe(503);
    expect((await askHttp(hall.url, '/healthz')).status).toBe(200);
    const heard = display.heartbeats.length;
    await hall.time.advance(10_000);
    expect(await kiosk.send('ticket.take', take())).toEqual(unavailable);
    expect(display.heartbeats.length).toBe(heard);

    disk.fault = 'none';
    disk.unreadable = false;
    await hall.time.advance(2_000);
    await eventually(() => display.heartbeats.length > heard);
    expect((await askHttp(hall.url, '/readyz')).status).toBe(200);
    expect(await kiosk.send('ticket.take', take())).toMatchObject({ answer: { number: 'A002' } });
    expect(await kiosk.join('terminal', 'hall')).toMatchObject({ ok: true });
  });
});

describe('a feed asked for while the disk is away', () => {
  it('is not lost to an agent that hears it already for another of its pages', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall(disk);
    const [kiosk, display] = [await hall.connect('kiosk'), await hall.connect('display')];
    await display.join('board', 'hall');
    disk.fault = 'fails';
    disk.unreadable = true;
    expect(await kiosk.send('ticket.take', take())).toEqual(unavailable);
    expect(await display.join('board', 'hall')).toEqual(unavailable);
    disk.fault = 'none';
    disk.unreadable = false;
    expect(await kiosk.send('ticket.take', take())).toMatchObject({ ok: true });
    await eventually(() => display.messages.some(({ feed, whole }) => feed === 'board' && whole));
  });
});

describe('a full database', () => {
  it('refuses commands and everything else that is stored, answers what is asked, and goes on when there is room', async () => {
    const hall = await startHall();
    const admin = hall.person('admin');
    const [kiosk, desk] = [await hall.connect('kiosk'), await hall.connect('caller')];
    const full = fill(hall);
    const refusedTakes = [];
    // The pages at hand still hold a few rows.
    for (let i = 0; i < 400; i += 1) {
      const answer = await kiosk.send('ticket.take', take());
      if (!answer.ok) refusedTakes.push(answer);
      if (refusedTakes.length === 3) break;
    }
    expect(refusedTakes).toEqual([unavailable, unavailable, unavailable]);
    const issued = onDisk(hall).tickets;
    const devices: string[] = [];
    for (let i = 0; i < 400 && !devices.includes('storage-unavailable'); i += 1) {
      const answer = await desk.query(
        'device.createCode',
        { kind: 'kiosk', name: 'x'.repeat(60) },
        admin.session,
      );
      devices.push(answer.ok ? 'ok' : answer.code);
    }
    expect(devices.at(-1)).toBe('storage-unavailable');
    expect(await desk.query('device.list', {}, admin.session)).toMatchObject({ ok: true });
    expect(await kiosk.join('terminal', 'hall')).toMatchObject({ ok: true });
    expect(onDisk(hall)).toMatchObject({ tickets: issued, findings: 0 });
    full.makeRoom();
    expect(await kiosk.send('ticket.take', take())).toMatchObject({ ok: true });
    expect(onDisk(hall)).toMatchObject({ tickets: issued + 1, findings: 0 });
  });
});

describe('a disk that has become read-only', () => {
  it('takes nothing down: commands, codes and the housekeeping of old answers fail by themselves', async () => {
    const hall = await startHall();
    const admin = hall.person('admin');
    const [kiosk, desk] = [await hall.connect('kiosk'), await hall.connect('caller')];
    expect(await kiosk.send('ticket.take', take(), { commandId: 'take-1' })).toMatchObject({ ok: true });
    const db = databaseOf(hall);
    db.pragma('query_only = 1');
    expect(await kiosk.send('ticket.take', take())).toEqual(unavailable);
    const code = { kind: 'kiosk', name: 'kiosk' };
    expect(await desk.query('device.createCode', code, admin.session)).toEqual(unavailable);
    const enrol = await postJson(hall.url, '/api/v1/devices/enrol', { body: { code: 'AAAA-AAAA' } });
    expect([enrol.status, enrol.body]).toEqual([503, unavailable]);
    const before = await hall.metric('tinghao_storage_troubles_total');
    await hall.time.advance(3_600_000);
    expect(await hall.metric('tinghao_storage_troubles_total')).toBe(before + 1);
    expect(await kiosk.send('ticket.take', take(), { commandId: 'take-1' })).toMatchObject({
      answer: { number: 'A001' },
    });
    db.pragma('query_only = 0');
    expect(await desk.query('device.createCode', code, admin.session)).toMatchObject({ ok: true });
    expect(await kiosk.send('ticket.take', take())).toMatchObject({ answer: { number: 'A002' } });
  });
});

/** Leaves the server's database no page more: SQLite then answers as on a disk without space. */
function fill(hall: TestHall): { makeRoom(): void } {
  const db = databaseOf(hall);
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
  return { makeRoom: () => void db.pragma('max_page_count = 1000000') };
}

function databaseOf(hall: TestHall): Database.Database {
  const db = opened.find(({ name, readonly }) => name === hall.databasePath && !readonly);
  if (!db) throw new Error('the database was not opened');
  return db;
}
