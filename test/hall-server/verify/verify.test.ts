import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { verifyLog } from '#hall-server/journal/sqlite/verify.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';
import { eventually } from '#test/support/terminal.ts';
import type { Anchor } from '#protocol/wire.ts';

const take = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: 'v'.repeat(22) };

/** A hall that has stopped, and what one of its screens had heard of the log. */
async function aLog(): Promise<{ hall: TestHall; anchors: Anchor[] }> {
  const hall = await startHall();
  const kiosk = await hall.connect('kiosk');
  for (let i = 0; i < 12; i += 1) {
    await kiosk.send('ticket.take', take);
    if (i % 4 === 3) await hall.time.advance(2_000);
  }
  await eventually(() => kiosk.heartbeats.length >= 3);
  const anchors = kiosk.heartbeats.map(({ logId, revision, hash }) => ({ logId, revision, hash }));
  await hall.stop();
  return { hall, anchors };
}

/** The command as an operator runs it. */
async function verify(...args: readonly string[]): Promise<{ code: number; out: string; errors: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      'hall-server/verify/main.ts',
      ...args,
    ]);
    return { code: 0, out: stdout, errors: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, errors: failed.stderr };
  }
}

function tamper(path: string, sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

describe('verify', () => {
  it('passes a log that is as it was written, with the anchors that a screen has kept', async () => {
    const { hall, anchors } = await aLog();
    const file = join(hall.dataDir, 'anchors.json');
    writeFileSync(file, JSON.stringify(anchors));
    expect(await verify(hall.databasePath)).toMatchObject({ code: 0, errors: '' });
    const { code, out } = await verify(hall.databasePath, file);
    expect(code).toBe(0);
    expect(out).toContain(
      `log ${anchors[0]?.logId}: ${anchors.at(-1)?.revision} events, last hash ${anchors.at(-1)?.hash}, 0 findings`,
    );
  });

  it.each([
    [
      'an edit',
      `UPDATE event SET row = replace(row, '"zh"', '"en"') WHERE revision = 7`,
      ['revision 7: hash'],
    ],
    [
      'an edit with its own hash made to fit nothing',
      `UPDATE event SET hash = '${'0'.repeat(64)}' WHERE revision = 7`,
      ['revision 7: hash', 'revision 8: hash'],
    ],
    [
      'a column that says another thing than the row',
      `UPDATE event SET at = at + 1 WHERE revision = 7`,
      ['revision 7: columns'],
    ],
    [
      'a row that is no JSON',
      `UPDATE event SET row = '{' WHERE revision = 7`,
      ['revision 7: hash', 'revision 7: columns'],
    ],
    ['a deletion', 'DELETE FROM event WHERE revision = 7', ['revision 8: gap', 'revision 8: hash']],
    [
      'a deletion at the beginning',
      'DELETE FROM event WHERE revision = 1',
      ['revision 2: gap', 'revision 2: hash'],
    ],
    [
      'a reordering',
      `UPDATE event SET revision = -1 WHERE revision = 7; UPDATE event SET revision = 7 WHERE revision = 8; UPDATE event SET revision = 8 WHERE revision = -1`,
      [
        'revision 7: hash',
        'revision 7: columns',
        'revision 8: hash',
        'revision 8: columns',
        'revision 9: hash',
      ],
    ],
    [
      'a row put in between, with the numbers moved on',
      `UPDATE event SET revision = revision + 1000 WHERE revision > 7; UPDATE event SET revision = revision - 999 WHERE revision > 1000;
       INSERT INTO event SELECT 8, business_date, type, at, row, hash FROM event WHERE revision = 7`,
      ['revision 8: hash', 'revision 8: columns', 'revision 9: columns'],
    ],
  ])('finds %s, and ends with 1', async (_what, sql, findings) => {
    const { hall } = await aLog();
    tamper(hall.databasePath, sql);
    const { code, errors } = await verify(hall.databasePath);
    expect(code).toBe(1);
    for (const finding of findings) expect(errors.split('\n')).toContain(finding);
  });

  it('finds a cut tail by the anchors that somebody else has kept, and only by them', async () => {
    const { hall, anchors } = await aLog();
    const file = join(hall.dataDir, 'anchors.json');
    writeFileSync(file, JSON.stringify(anchors));
    tamper(hall.databasePath, 'DELETE FROM event WHERE revision > 9');
    expect((await verify(hall.databasePath)).code).toBe(0);
    const { code, errors } = await verify(hall.databasePath, file);
    expect(code).toBe(1);
    expect(errors).toContain(`revision ${anchors.at(-1)?.revision}: anchor-missing`);
  });

  it('finds a log that was written anew with hashes that fit, and one of another hall', async () => {
    const [{ hall, anchors }, other] = [await aLog(), await aLog()];
    const db = new Database(hall.databasePath);
    const { chainHash } = await import('#hall-server/journal/chain.ts');
    let hash = '';
    for (const { revision, row } of db
      .prepare<[], { revision: number; row: string }>('SELECT revision, row FROM event ORDER BY revision')
      .all()) {
      const changed = revision === 5 ? row.replace('"zh"', '"en"') : row;
      hash = chainHash(hash, changed);
      db.prepare('UPDATE event SET row = ?, hash = ? WHERE revision = ?').run(changed, hash, revision);
    }
    expect(verifyLog(db).findings).toEqual([]);
    expect(verifyLog(db, anchors).findings.map(({ problem }) => problem)).toEqual(
      anchors.map(() => 'anchor-differs'),
    );
    expect(verifyLog(db, other.anchors).findings.map(({ problem }) => problem)).toEqual(
      other.anchors.map(() => 'anchor-missing'),
    );
    db.close();
  });

  it('does not change what it looks at, needs a file that is there, and says how it is called', async () => {
    const { hall } = await aLog();
    expect((await verify()).code).toBe(2);
    const missing = await verify(join(hall.dataDir, 'no-such.sqlite'));
    expect(missing.code).not.toBe(0);
    expect(missing.errors).not.toBe('');
    const nothing = join(hall.dataDir, 'not-a-database');
    writeFileSync(nothing, 'x'.repeat(10_000));
    expect((await verify(nothing)).code).not.toBe(0);
    await expect(hall.restart()).resolves.toBeDefined();
  });

  it('may look while the hall is open', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    await kiosk.send('ticket.take', take);
    const [seen] = await Promise.all([verify(hall.databasePath), kiosk.send('ticket.take', take)]);
    expect(seen.code).toBe(0);
    expect(await kiosk.send('ticket.take', take)).toMatchObject({ ok: true });
  });
});
