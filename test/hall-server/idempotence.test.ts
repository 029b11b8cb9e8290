import { expect, it, describe } from 'vitest';
import type { CommandAnswer } from '#protocol/wire.ts';
import { postCommand } from '#test/support/hall-client.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';

const take = (visitKey = 'v'.repeat(22)) => ({
  serviceId: 'deeds',
  classId: 'ordinary',
  language: 'zh',
  visitKey,
});
const issued = (hall: TestHall) => hall.server.writer.settled(({ current }) => current?.totals.issued);

describe('the same command id', () => {
  it('gets the same answer again and has one effect', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    const first = await kiosk.send('ticket.take', take(), { commandId: 'take-1' });
    await kiosk.send('ticket.take', take('w'.repeat(22)));
    const again = await kiosk.send('ticket.take', take(), { commandId: 'take-1' });
    expect(first).toMatchObject({ ok: true, answer: { number: 'A001' } });
    expect(again).toEqual(first);
    expect(await issued(hall)).toBe(2);
  });

  it('gets the same answer by the other way in, and from another device', async () => {
    const hall = await startHall();
    const first = await (await hall.connect('kiosk')).send('ticket.take', take(), { commandId: 'take-1' });
    const { body } = await postCommand(hall.url, 'ticket.take', take(), {
      token: hall.enrol('kiosk'),
      commandId: 'take-1',
    });
    expect(body).toEqual(first);
    expect(await issued(hall)).toBe(1);
  });

  it('sent many times at once has one effect, in one batch and over several', async () => {
    for (const maxBatch of [256, 1, 3]) {
      const hall = await startHall({ maxBatch });
      const kiosks = await Promise.all([1, 2, 3].map(() => hall.connect('kiosk')));
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          kiosks[i % 3]!.send('ticket.take', take(), { commandId: `take-${i % 5}` }),
        ),
      );
      expect(answers.every(({ ok }) => ok)).toBe(true);
      for (let i = 5; i < 30; i += 1) expect(answers[i]).toEqual(answers[i % 5]);
      expect(await issued(hall)).toBe(5);
    }
  });

  it('gets its stored answer after the server was started anew', async () => {
    const hall = await startHall();
    const token = hall.enrol('kiosk');
    const first = await (await hall.connect({ token })).send('ticket.take', take(), { commandId: 'take-1' });
    const later = await hall.restart();
    const client = await later.connect({ token });
    expect(await client.send('ticket.take', take(), { commandId: 'take-1' })).toEqual(first);
    expect(await issued(later)).toBe(1);
    expect(await client.send('ticket.take', take('w'.repeat(22)))).toMatchObject({
      answer: { number: 'A002' },
    });
  });

  it('with another payload, or of another command, is refused and changes nothing', async () => {
    const hall = await startHall();
    const { session } = hall.person('reception');
    const kiosk = await hall.connect('kiosk');
    const { answer } = (await kiosk.send('ticket.take', take(), { commandId: 'take-1' })) as Extract<
      CommandAnswer,
      { ok: true }
    >;
    const revision = await hall.revision();
    const other = await kiosk.send('ticket.take', { ...take(), serviceId: 'fund' }, { commandId: 'take-1' });
    const cancel = { ticketId: answer['ticketId'], reason: 'other' };
    const another = await kiosk.send('ticket.cancel', cancel, { commandId: 'take-1', session });
    for (const refused of [other, another]) {
      expect(refused).toEqual({ ok: false, code: 'command-id-reused', retryable: false });
    }
    expect(await hall.revision()).toBe(revision);
    expect(
      await hall.metric('tinghao_commands_total', { name: 'ticket.take', result: 'command-id-reused' }),
    ).toBe(1);
  });

  it('of a refused command hears the same refusal; a new click is decided anew', async () => {
    const hall = await startHall();
    const desk = await hall.connect('caller');
    const { session } = hall.person('clerk');
    await desk.send('counter.open', { counterId: 'c1' }, { session });
    const call = { counterId: 'c1', seenRevision: await hall.revision() };
    const refused = await desk.send('ticket.callNext', call, { commandId: 'call-1', session });
    expect(refused).toMatchObject({ ok: false, code: 'nobody-waiting' });
    await (await hall.connect('kiosk')).send('ticket.take', take());
    expect(await desk.send('ticket.callNext', call, { commandId: 'call-1', session })).toEqual(refused);
    expect(await desk.send('ticket.callNext', call, { commandId: 'call-2', session })).toMatchObject({
      ok: true,
    });
  });

  it('is forgotten after seven days, not before', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    const first = await kiosk.send('ticket.take', take(), { commandId: 'take-1' });
    await hall.time.advance(2 * 3_600_000);
    expect(await kiosk.send('ticket.take', take(), { commandId: 'take-1' })).toEqual(first);
    hall.time.setClock(hall.time.system.now() + 7 * 24 * 3_600_000);
    await hall.time.advance(3_600_000);
    expect(await kiosk.send('ticket.take', take(), { commandId: 'take-1' })).not.toEqual(first);
  });
});
