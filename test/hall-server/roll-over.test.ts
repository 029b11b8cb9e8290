import { describe, expect, it } from 'vitest';
import { midnightOf } from '#domain/time.ts';
import type { AcceptedAnswer } from '#protocol/wire.ts';
import type { HallClient } from '#test/support/hall-client.ts';
import { MONDAY, TUESDAY } from '#test/support/hall-day.ts';
import { NINE, startHall, type TestHall } from '#test/support/hall-server.ts';
import { eventually } from '#test/support/terminal.ts';

const HOUR_MS = 3_600_000;
const THREE = midnightOf(TUESDAY, 'Asia/Shanghai') + 3 * HOUR_MS;
const take = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: 'v'.repeat(22) };

const dateOf = (hall: TestHall) => hall.server.writer.settled(({ current }) => current?.businessDate);
const numberTaken = async (kiosk: HallClient) =>
  ((await kiosk.send('ticket.take', take)) as AcceptedAnswer).answer?.['number'];

async function rollOvers(hall: TestHall): Promise<readonly unknown[]> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(hall.databasePath, { readonly: true });
  const rows = db
    .prepare<[], string>("SELECT row FROM event WHERE type = 'day.rolledOver' ORDER BY revision")
    .pluck()
    .all();
  db.close();
  return rows.map((row) => (JSON.parse(row) as { body: unknown }).body);
}

describe('the date', () => {
  it('turns at 03:00, not before, by itself, and once', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    expect([await numberTaken(kiosk), await numberTaken(kiosk)]).toEqual(['A001', 'A002']);
    hall.time.setClock(THREE - 1_000 - 5_000);
    await hall.time.advance(5_000);
    expect(await dateOf(hall)).toBe(MONDAY);
    await hall.time.advance(5_000);
    expect(await dateOf(hall)).toBe(TUESDAY);
    await Promise.all([hall.server.rollOver(), hall.server.rollOver()]);
    await hall.time.advance(60_000);
    const totals = { issued: 2, finished: 0, noShow: 0, cancelled: 0, voided: 2 };
    expect(await rollOvers(hall)).toEqual([{ from: MONDAY, to: TUESDAY, catalogueVersion: 1, totals }]);
  });

  it('gives numbers from 1 again, tells every screen the whole, and closes every counter', async () => {
    const hall = await startHall();
    const [kiosk, desk] = [await hall.connect('kiosk'), await hall.connect('caller')];
    await kiosk.join('terminal', 'hall');
    expect(await desk.send('counter.open', { counterId: 'c1' }, hall.person('clerk'))).toMatchObject({
      ok: true,
    });
    await numberTaken(kiosk);
    hall.time.setClock(THREE);
    await hall.time.advance(5_000);
    await eventually(() => kiosk.messages.some(({ whole }) => whole));
    const answer = await desk.send('counter.close', { counterId: 'c1' }, hall.person('manager'));
    expect(answer).toMatchObject({ ok: false, code: 'counter-not-open' });
    hall.time.setClock(midnightOf(TUESDAY, 'Asia/Shanghai') + 9 * HOUR_MS);
    expect(await numberTaken(kiosk)).toBe('A001');
  });

  it('turns at the start when the server was off over the moment, once, and over several days in one step', async () => {
    const hall = await startHall();
    await numberTaken(await hall.connect('kiosk'));
    await hall.stop();
    hall.time.setClock(NINE + 3 * 24 * HOUR_MS);
    const later = await hall.restart();
    expect(await dateOf(later)).toBe('2026-11-26');
    expect(await rollOvers(later)).toHaveLength(1);
    const again = await later.restart();
    expect(await rollOvers(again)).toHaveLength(1);
    expect(await numberTaken(await again.connect('kiosk'))).toBe('A001');
  });

  it('turns although a terminal has used the id that the hall might give the command', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    const ids = [`roll-over-${TUESDAY}`, `hall-roll-over-${TUESDAY}`];
    const answers = ids.map((commandId) => kiosk.send('ticket.take', take, { commandId }));
    expect(await Promise.all(answers)).toMatchObject([{ ok: true }, { ok: false, code: 'malformed' }]);
    hall.time.setClock(THREE);
    await hall.time.advance(5_000);
    expect(await dateOf(hall)).toBe(TUESDAY);
  });

  it('does not turn back with the clock, and numbers go on', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    await numberTaken(kiosk);
    hall.time.setClock(0);
    await hall.time.advance(10_000);
    expect(await dateOf(hall)).toBe(MONDAY);
    expect(hall.logLines.filter((line) => line.includes('the date could not be turned'))).toEqual([]);
    const later = await hall.restart();
    expect(await dateOf(later)).toBe(MONDAY);
    later.time.setClock(NINE);
    expect(await numberTaken(await later.connect('kiosk'))).toBe('A002');
    expect(await rollOvers(later)).toEqual([]);
  });

  it('after a jump ahead and back stays where it went, and does not turn again', async () => {
    const hall = await startHall();
    hall.time.setClock(THREE + HOUR_MS);
    await hall.time.advance(5_000);
    hall.time.setClock(NINE);
    await hall.time.advance(10_000);
    hall.time.setClock(THREE + 2 * HOUR_MS);
    await hall.time.advance(10_000);
    expect(await dateOf(hall)).toBe(TUESDAY);
    expect(await rollOvers(hall)).toHaveLength(1);
  });

  it('turns as soon as the disk is back when it was away over the moment', async () => {
    const { createFaultyDisk } = await import('#test/support/journal-faults.ts');
    const disk = createFaultyDisk();
    const hall = await startHall(disk);
    disk.fault = 'fails';
    hall.time.setClock(THREE);
    await hall.time.advance(20_000);
    expect(await dateOf(hall)).toBe(MONDAY);
    expect(hall.logLines.some((line) => line.includes('the date could not be turned'))).toBe(true);
    disk.fault = 'none';
    await hall.time.advance(5_000);
    expect(await dateOf(hall)).toBe(TUESDAY);
    expect(await rollOvers(hall)).toHaveLength(1);
  });

  it('a hall without a catalogue has none, and answers that no day is open', async () => {
    const hall = await startHall({ opened: false });
    await hall.time.advance(10_000);
    expect(await dateOf(hall)).toBeUndefined();
    expect(await (await hall.connect('kiosk')).send('ticket.take', take)).toMatchObject({
      code: 'day-not-open',
    });
  });
});
