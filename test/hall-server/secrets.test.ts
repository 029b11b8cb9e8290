import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { askHttp, postCommand, postJson } from '#test/support/hall-client.ts';
import { PASSWORD, startHall } from '#test/support/hall-server.ts';
import { createFaultyDisk } from '#test/support/journal-faults.ts';

it('no log line, event, answer kept, feed or metric holds a visit key, token, password, session or a person’s name', async () => {
  const disk = createFaultyDisk();
  const hall = await startHall(disk);
  const token = hall.enrol('kiosk');
  const [kiosk, display] = [await hall.connect({ token }), await hall.connect('display')];
  const clerk = await hall.account('clerk');
  await hall.server.clerks.create({
    login: 'zhang-san',
    name: '张三丰',
    roles: ['clerk'],
    password: PASSWORD,
  });
  const visitKey = 'secretVisitKey0123456789';
  await kiosk.join('terminal', 'hall');
  await display.join('zone', 'all');
  const take = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey };
  const taken = await kiosk.send('ticket.take', take);
  await kiosk.send('counter.open', { counterId: 'c1' }, clerk);
  const seenRevision = await hall.revision();
  await kiosk.send('ticket.callNext', { counterId: 'c1', seenRevision }, clerk);
  // And all that goes wrong: what is refused, what the disk does not take, what is no request at all.
  disk.fault = 'fails';
  await kiosk.send('ticket.take', take);
  disk.fault = 'lost-answer';
  await kiosk.send('ticket.take', take);
  disk.fault = 'none';
  await kiosk.send('ticket.take', { ...take, more: visitKey });
  await kiosk.query('session.signIn', { login: 'zhang-san', password: 'wrong-secret-password' });
  await postCommand(hall.url, 'ticket.take', { ...take, visitKey: 7 }, { token, session: clerk.session });
  await postJson(hall.url, '/api/v1/commands/ticket.take', { token, body: `{"payload":"${visitKey}"` });
  await postJson(hall.url, `/api/v1/visits/${visitKey}`, { token, session: clerk.session });
  await hall.time.advance(4_000);
  const metrics = (await askHttp(hall.url, '/metrics')).text;
  const db = new Database(hall.databasePath, { readonly: true });
  const rows = ['event', 'answer', 'ticket', 'leg', 'active_call', 'call', 'meta'].flatMap((table) =>
    db.prepare(`SELECT * FROM ${table}`).all(),
  );
  const kept = db.prepare('SELECT visit_key FROM visit').pluck().all();
  db.close();
  expect(taken).toMatchObject({ ok: true });
  expect(kept).toContain(visitKey);
  expect(hall.logLines.length).toBeGreaterThan(0);
  const places = {
    log: hall.logLines.join('\n'),
    tables: JSON.stringify(rows),
    feeds: JSON.stringify([kiosk.heard, display.heard]),
    metrics,
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(50);
    for (const secret of [
      visitKey,
      token,
      clerk.session,
      clerk.session.split('.')[1]!,
      PASSWORD,
      'wrong-secret-password',
      '张三丰',
      'zhang-san',
      'scrypt$',
    ]) {
      expect(text, `${secret} in ${place}`).not.toContain(secret);
    }
  }
});
