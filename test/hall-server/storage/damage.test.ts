import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createSqliteJournal } from '#hall-server/journal/sqlite/journal.ts';
import { isOlder, openDatabase } from '#hall-server/journal/sqlite/open.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';
import { flipBytes } from '#test/support/journal-faults.ts';

const take = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: 'v'.repeat(22) };

/** A hall with a past, stopped: its database is one file. */
async function aStoppedHall(): Promise<TestHall> {
  const hall = await startHall();
  const kiosk = await hall.connect('kiosk');
  for (let i = 0; i < 40; i += 1) await kiosk.send('ticket.take', take);
  await hall.stop();
  return hall;
}

/** Does something to the database as no program of the hall would. */
function tamper(hall: TestHall, sql: string): void {
  const db = new Database(hall.databasePath);
  db.exec(sql);
  db.close();
}

/** It does not start, says why, and leaves the file for a person as it was. */
async function expectNotStarted(hall: TestHall, name: string, message: RegExp): Promise<void> {
  const before = existsSync(hall.databasePath) ? readFileSync(hall.databasePath) : undefined;
  const failure: unknown = await hall.restart().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Error);
  expect((failure as Error).name).toBe(name);
  expect((failure as Error).message).toMatch(message);
  if (before) expect(readFileSync(hall.databasePath).equals(before)).toBe(true);
  else expect(existsSync(hall.databasePath)).toBe(false);
}

describe('a damaged database is found at the start and said, and never started empty', () => {
  it('bytes turned over, in any part of the file', async () => {
    const hall = await aStoppedHall();
    const good = `${hall.databasePath}.good`;
    copyFileSync(hall.databasePath, good);
    const { size } = statSync(good);
    let found = 0;
    const parts = 24;
    for (let i = 0; i < parts; i += 1) {
      copyFileSync(good, hall.databasePath);
      flipBytes(hall.databasePath, Math.floor((size / parts) * i), 700);
      const failure: unknown = await hall.restart().then(
        (later) => later.stop(),
        (error: unknown) => error,
      );
      if (!failure) continue;
      found += 1;
      expect(failure).toMatchObject({ name: 'DamagedDatabase' });
    }
    // What lies in the free part of a page is nobody's, and a report's table can be made anew.
    expect(found).toBeGreaterThanOrEqual(parts / 2);
  });

  it('cut off in the middle', async () => {
    const hall = await aStoppedHall();
    truncateSync(hall.databasePath, Math.floor(statSync(hall.databasePath).size / 2));
    await expectNotStarted(hall, 'DamagedDatabase', /hall\.sqlite/);
  });

  it('of no length at all', async () => {
    const hall = await aStoppedHall();
    truncateSync(hall.databasePath, 0);
    await expectNotStarted(hall, 'DamagedDatabase', /is empty: restore it from a backup/);
  });

  it('gone, while what had not been copied into it yet is still there', async () => {
    const hall = await aStoppedHall();
    rmSync(hall.databasePath);
    writeFileSync(`${hall.databasePath}-wal`, 'frames');
    await expectNotStarted(hall, 'DamagedDatabase', /is gone/);
    expect(existsSync(`${hall.databasePath}-wal`)).toBe(true);
  });

  it('something else under its name', async () => {
    const hall = await aStoppedHall();
    writeFileSync(hall.databasePath, 'not a database, '.repeat(1_000));
    await expectNotStarted(hall, 'DamagedDatabase', /not a database/);
  });

  it('a row edited, however well', async () => {
    const hall = await aStoppedHall();
    tamper(
      hall,
      `UPDATE event SET row = replace(row, '"classId":"ordinary"', '"classId":"senior"') WHERE revision = 20`,
    );
    await expectNotStarted(hall, 'DamagedDatabase', /revision 20 is not what was written/);
  });

  it('a row that cannot be read', async () => {
    const hall = await aStoppedHall();
    tamper(hall, `UPDATE event SET row = '{' WHERE revision = 20`);
    await expectNotStarted(hall, 'DamagedDatabase', /revision 20 /);
  });

  it('a row that is gone', async () => {
    const hall = await aStoppedHall();
    tamper(hall, 'DELETE FROM event WHERE revision = 20');
    await expectNotStarted(hall, 'DamagedDatabase', /revision 21 follows 19/);
  });

  it('two rows that changed places', async () => {
    const hall = await aStoppedHall();
    tamper(
      hall,
      `UPDATE event SET revision = -20 WHERE revision = 20; UPDATE event SET revision = 20 WHERE revision = 21;
       UPDATE event SET revision = 21 WHERE revision = -20`,
    );
    await expectNotStarted(hall, 'DamagedDatabase', /revision 20 /);
  });

  it('a tail cut off after its commands were answered', async () => {
    const hall = await aStoppedHall();
    tamper(hall, 'DELETE FROM event WHERE revision > 30');
    await expectNotStarted(
      hall,
      'DamagedDatabase',
      /ends at revision 30, and revision \d+ has been answered for/,
    );
  });

  it('a log that is empty beside what was made of it', async () => {
    const hall = await aStoppedHall();
    tamper(hall, 'DELETE FROM event');
    await expectNotStarted(hall, 'DamagedDatabase', /ends at revision 0/);
  });
});

describe('a database of another program', () => {
  it('of a newer schema is refused and left alone', async () => {
    const hall = await aStoppedHall();
    tamper(hall, 'PRAGMA user_version = 99');
    await expectNotStarted(hall, 'NewerSchema', /has schema 99, this program knows \d+: update the program/);
  });

  it('with an event of a newer version is refused and left alone', async () => {
    const hall = await aStoppedHall();
    const db = new Database(hall.databasePath);
    const { chainHash } = await import('#hall-server/journal/chain.ts');
    const last = db
      .prepare<[], { revision: number; row: string; hash: string }>(
        'SELECT * FROM event ORDER BY revision DESC LIMIT 1',
      )
      .get()!;
    const before = db
      .prepare<[number], string>('SELECT hash FROM event WHERE revision = ?')
      .pluck()
      .get(last.revision - 1)!;
    const row = last.row.replace('"v":1', '"v":2');
    db.prepare('UPDATE event SET row = ?, hash = ? WHERE revision = ?').run(
      row,
      chainHash(before, row),
      last.revision,
    );
    db.close();
    await expectNotStarted(hall, 'NewerEvent', /of version 2, this program knows 1: update it/);
  });

  it('opened again is migrated no further and keeps its log', async () => {
    const hall = await aStoppedHall();
    const [first, second] = [
      openDatabase(hall.databasePath, hall.time.system),
      openDatabase(hall.databasePath, hall.time.system),
    ];
    expect(createSqliteJournal(first).head()).toEqual(createSqliteJournal(second).head());
    expect(first.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(first.pragma('synchronous', { simple: true })).toBe(2);
    first.close();
    second.close();
  });

  it('SQLite older than 3.51.3 is told apart, by numbers and not by letters', () => {
    for (const version of ['3.51.2', '3.50.99', '2.99.99', '3.9.9', '3.51'])
      expect(isOlder(version, '3.51.3'), version).toBe(true);
    for (const version of ['3.51.3', '3.51.10', '3.52.0', '4.0.0', '3.100.0'])
      expect(isOlder(version, '3.51.3'), version).toBe(false);
    const db = new Database(':memory:');
    expect(isOlder(String(db.prepare('SELECT sqlite_version()').pluck().get()), '3.51.3')).toBe(false);
    db.close();
  });
});

describe('two on one database', () => {
  it('a second hall-server does not start, and the first goes on', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    await expect(
      startHall({ dataDir: hall.dataDir, opened: false }).catch((error: Error) => error.name),
    ).resolves.toBe('HallInUse');
    expect(await kiosk.send('ticket.take', take)).toMatchObject({ ok: true });
  });

  it('whoever writes behind the server’s back is found, nothing is lost, and the server goes on from what is there', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    await kiosk.send('ticket.take', take);
    const db = openDatabase(hall.databasePath, hall.time.system);
    const intruder = createSqliteJournal(db);
    const revision = intruder.head().revision + 1;
    const [last] = await intruder.read(revision - 2, 1);
    const body = { ...(last!.body as object), ticketId: 'intruder-1', number: 'A002', count: 2, place: 2 };
    await intruder.append(revision - 1, {
      events: [{ ...last!, revision, body } as never],
      answers: [],
      visits: [],
    });
    db.close();
    // The first command meets the conflict; which of the two it hears is the server's choice, but nothing is written twice.
    const first = await kiosk.send('ticket.take', take, { commandId: 'take-2' });
    expect(first).toEqual({ ok: false, code: 'storage-unavailable', retryable: true });
    expect(await kiosk.send('ticket.take', take, { commandId: 'take-2' })).toMatchObject({
      ok: true,
      answer: { number: 'A003' },
    });
    expect(await hall.metric('tinghao_storage_troubles_total')).toBe(1);
    expect(await hall.server.writer.settled(({ current }) => current?.totals.issued)).toBe(3);
  });
});
