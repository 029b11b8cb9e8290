import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { commands, type CommandName } from '#protocol/commands.ts';
import { refusals } from '#protocol/errors.ts';
import type { CommandAnswer } from '#protocol/wire.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { postCommand, postJson, type Json } from '#test/support/hall-client.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';

type Send = (name: CommandName, payload: object, by?: 'clerk' | 'desk' | 'admin') => Promise<CommandAnswer>;

/** A small day in which every command but the hall's own is accepted once, and several are refused. Returns all answers. */
async function aDay(
  hall: TestHall,
  send: Send,
): Promise<readonly { name: CommandName; answer: CommandAnswer }[]> {
  const answers: { name: CommandName; answer: CommandAnswer }[] = [];
  const seen = (counterId: string) =>
    hall.server.writer.settled(({ countersById }) => countersById.get(counterId)?.revision ?? 0);
  const tell = async (name: CommandName, payload: object, by?: 'clerk' | 'desk' | 'admin'): Promise<Json> => {
    const answer = await send(name, payload, by);
    answers.push({ name, answer });
    return answer.ok ? answer.answer : answer;
  };
  const at = async (name: CommandName, more: object = {}) =>
    tell(name, { counterId: 'c1', seenRevision: await seen('c1'), ...more }, 'clerk');
  const take = () =>
    tell('ticket.take', {
      serviceId: 'deeds',
      classId: 'ordinary',
      language: 'zh',
      visitKey: 'v'.repeat(22),
    });
  await tell(
    'catalogue.publish',
    { version: hall.server.catalogues.store(aCatalogue({ rules: { noShowAfterMs: 0 } })) },
    'admin',
  );
  await tell('catalogue.publish', { version: 99 }, 'admin');
  await tell('day.open', { businessDate: '2026-11-24' }, 'desk');
  await tell('day.open', { businessDate: '2026-11-20' }, 'desk');
  await at('ticket.callNext');
  await tell('counter.open', { counterId: 'c1' }, 'clerk');
  await tell('counter.open', { counterId: 'c1' }, 'clerk');
  await at('ticket.callNext');
  for (let i = 0; i < 6; i += 1) await take();
  await tell('counter.pause', { counterId: 'c1', reason: 'meal' }, 'clerk');
  await tell('counter.resume', { counterId: 'c1' }, 'clerk');
  const first = await at('ticket.callNext');
  await at('ticket.recall', { ticketId: first.ticketId });
  await at('ticket.startServing', { ticketId: first.ticketId });
  await at('ticket.finish', { ticketId: first.ticketId, outcome: 'done' });
  await at('ticket.reopen', { ticketId: first.ticketId });
  await at('ticket.hold', { ticketId: first.ticketId, kind: 'any' });
  await tell('ticket.resume', { ticketId: first.ticketId }, 'desk');
  const again = await at('ticket.callTicket', { number: 'A003', reason: 'accessibility' });
  await at('ticket.transfer', { ticketId: again.ticketId, toServiceId: 'fund' });
  const third = await at('ticket.callNext');
  await at('ticket.requeue', { ticketId: third.ticketId });
  const missing = await at('ticket.callNext');
  await at('ticket.markNoShow', { ticketId: missing.ticketId });
  await tell('ticket.reinstate', { ticketId: missing.ticketId }, 'desk');
  await tell('ticket.cancel', { ticketId: missing.ticketId, reason: 'other' }, 'desk');
  await tell('ticket.cancel', { ticketId: missing.ticketId, reason: 'other' }, 'desk');
  await tell('counter.close', { counterId: 'c1' }, 'clerk');
  await tell('day.close', { businessDate: '2026-11-23' }, 'desk');
  await tell('day.rollOver', { to: '2026-11-24' }, 'desk');
  return answers;
}

async function playedBy(way: 'socket' | 'http') {
  const hall = await startHall();
  const token = hall.enrol('kiosk');
  const kiosk = await hall.connect({ token });
  const sessions = {
    clerk: hall.person('clerk').session,
    desk: hall.person('manager', 'reception').session,
    admin: hall.person('admin').session,
  };
  let sent = 0;
  return aDay(hall, async (name, payload, by) => {
    const options = { commandId: `command-${(sent += 1)}`, ...(by ? { session: sessions[by] } : {}) };
    if (way === 'socket') return kiosk.send(name, payload, options);
    const { status, body } = await postCommand(hall.url, name, payload, { token, ...options });
    expect(status).toBe(body.ok ? 200 : refusals[body.code as keyof typeof refusals].status);
    return body;
  });
}

/** Ids are made at random; what they are called by here is the order of their first appearance. */
function withoutIds(answers: unknown): unknown {
  const names = new Map<string, string>();
  return JSON.parse(
    JSON.stringify(answers).replaceAll(/id-\d{6}-[0-9a-f]{8}/g, (id) => {
      if (!names.has(id)) names.set(id, `id ${names.size}`);
      return names.get(id) ?? id;
    }),
  );
}

describe('over Socket.IO and over HTTP', () => {
  it('a day comes to the same answers, each of them as the table says', async () => {
    const [bySocket, byHttp] = [await playedBy('socket'), await playedBy('http')];
    expect(withoutIds(byHttp)).toEqual(withoutIds(bySocket));
    const accepted = new Set<string>();
    for (const { name, answer } of bySocket) {
      const row = commands[name];
      if (!answer.ok) {
        expect(row.refusals, `${name} refused`).toContain(answer.code);
        continue;
      }
      accepted.add(name);
      const schema: z.ZodType = row.answer;
      expect(schema.safeParse(answer.answer).error, name).toBeUndefined();
    }
    const own = Object.entries(commands).filter(([, { who }]) => who.join() === 'hall');
    expect([...accepted].sort()).toEqual(
      Object.keys(commands)
        .filter((name) => !own.some(([hallOnly]) => hallOnly === name))
        .sort(),
    );
  });

  it('a query comes to the same answer', async () => {
    const hall = await startHall();
    const token = hall.enrol('kiosk');
    const kiosk = await hall.connect({ token });
    const [admin, manager] = [hall.person('admin'), hall.person('manager')];
    await kiosk.send('ticket.take', {
      serviceId: 'deeds',
      classId: 'senior',
      language: 'en',
      visitKey: 'v'.repeat(22),
    });
    for (const [name, payload, session] of [
      ['device.list', {}, admin.session],
      ['clerk.list', {}, admin.session],
      ['catalogue.list', {}, admin.session],
      ['ticket.find', { number: 'A001' }, manager.session],
      ['ticket.find', { number: 'A999' }, manager.session],
      ['clerk.disable', { clerkId: 'no-such-clerk' }, admin.session],
    ] as const) {
      const bySocket = await kiosk.query(name, payload, session);
      const byHttp = await postJson(hall.url, `/api/v1/queries/${name}`, {
        token,
        session,
        body: { payload },
      });
      expect(byHttp.body, name).toEqual(bySocket);
    }
  });
});
