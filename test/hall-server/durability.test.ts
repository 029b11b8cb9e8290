import { describe, expect, it } from 'vitest';
import { askHttp, postCommand } from '#test/support/hall-client.ts';
import { startHall } from '#test/support/hall-server.ts';
import { createFaultyDisk } from '#test/support/journal-faults.ts';
import { eventually } from '#test/support/terminal.ts';
import { turns } from '#test/support/virtual-time.ts';

const take = (serviceId = 'deeds') => ({
  serviceId,
  classId: 'ordinary',
  language: 'zh',
  visitKey: 'v'.repeat(22),
});

/** What a promise has come to, without waiting for it. */
function watched<T>(promise: Promise<T>): { readonly value: () => T | 'nothing yet' } {
  let value: T | 'nothing yet' = 'nothing yet';
  void promise.then((result) => void (value = result));
  return { value: () => value };
}

describe('nothing is answered, told or shown before the disk has it', () => {
  it('no answer, feed, heartbeat, snapshot, board or look-up knows of a command that is still being written', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall({ wrapJournal: disk.wrapJournal });
    const manager = hall.person('manager', 'reception');
    const [kiosk, display, desk, newcomer] = [
      await hall.connect('kiosk'),
      await hall.connect('display'),
      await hall.connect('caller'),
      await hall.connect('kiosk'),
    ];
    await kiosk.join('terminal', 'hall');
    await display.join('board', 'hall');
    await hall.time.advance(2_000);
    const before = await hall.revision();
    const heardBefore = [kiosk.heard.length, display.heard.length];

    const gate = disk.shut();
    const answer = watched(kiosk.send('ticket.take', take()));
    const byHttp = watched(
      postCommand(hall.url, 'ticket.take', take('fund'), { token: hall.enrol('kiosk') }),
    );
    await gate.waiting;
    const joined = watched(newcomer.join('terminal', 'hall'));
    const found = watched(desk.query('ticket.find', { number: 'A001' }, manager.session));
    const ready = watched(askHttp(hall.url, '/readyz'));
    const revision = watched(hall.revision());
    await hall.time.advance(6_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await turns(50);
    const waiting = [answer, byHttp, joined, found, ready, revision];
    expect(waiting.map(({ value }) => value())).toEqual(Array(waiting.length).fill('nothing yet'));
    expect([kiosk.heard.length, display.heard.length]).toEqual(heardBefore);

    gate.open();
    await eventually(() => waiting.every(({ value }) => value() !== 'nothing yet'));
    await hall.time.advance(2_000);
    expect(answer.value()).toMatchObject({ ok: true, answer: { number: 'A001' } });
    await eventually(() =>
      [kiosk, newcomer, display].every(({ heartbeats }) => heartbeats.at(-1)?.revision === before + 2),
    );
    expect(kiosk.view('terminal', 'hall').entries['service:deeds']).toMatchObject({
      waiting: { ordinary: 1 },
    });
    expect(newcomer.view('terminal', 'hall').entries['service:deeds']).toMatchObject({
      waiting: { ordinary: 1 },
    });
    expect(display.view('board', 'hall').entries['zone:general']).toMatchObject({ waiting: 2 });
  });

  it('commands of one turn go into one commit, and those that come meanwhile into the next', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall({ wrapJournal: disk.wrapJournal });
    const kiosk = await hall.connect('kiosk');
    const gate = disk.shut();
    const first = kiosk.send('ticket.take', take());
    await gate.waiting;
    const more = Array.from({ length: 20 }, () => kiosk.send('ticket.take', take()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = disk.appends();
    gate.open();
    const answers = await Promise.all([first, ...more]);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(disk.appends() - before).toBeLessThanOrEqual(3);
    expect(new Set(answers.map((answer) => answer.ok && answer.answer['number'])).size).toBe(21);
  });
});
