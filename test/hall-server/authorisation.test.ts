import { describe, expect, it } from 'vitest';
import { commands } from '#protocol/commands.ts';
import { feeds, type FeedName } from '#protocol/feeds.ts';
import { clerkRoles, deviceKinds, queries, type ClerkRole, type DeviceKind } from '#protocol/queries.ts';
import { postCommand, postJson, type HallClient } from '#test/support/hall-client.ts';
import { startHall, type Person, type TestHall } from '#test/support/hall-server.ts';

const keyOf: Readonly<Record<FeedName, string>> = {
  terminal: 'hall',
  zone: 'all',
  sign: 'c1',
  counter: 'c1',
  board: 'hall',
};

/** The rule in one line: a kiosk and a display act for themselves; whoever has signed in acts by the person's roles. */
const mayDo = (who: readonly string[] | 'anybody', kind: DeviceKind, role: ClerkRole | 'nobody'): boolean =>
  who === 'anybody' || who.includes(role) || ((kind === 'kiosk' || kind === 'display') && who.includes(kind));

interface Senders {
  readonly hall: TestHall;
  readonly clients: Readonly<Record<DeviceKind, HallClient>>;
  readonly tokens: Readonly<Record<DeviceKind, string>>;
  readonly sessions: Readonly<Record<ClerkRole, string>>;
}

async function everybody(): Promise<Senders> {
  const hall = await startHall();
  const tokens = Object.fromEntries(deviceKinds.map((kind) => [kind, hall.enrol(kind)])) as Senders['tokens'];
  const clients: [DeviceKind, HallClient][] = [];
  for (const kind of deviceKinds) clients.push([kind, await hall.connect({ token: tokens[kind] })]);
  const sessions: [ClerkRole, string][] = [];
  for (const role of clerkRoles) sessions.push([role, hall.person(role).session]);
  return {
    hall,
    tokens,
    clients: Object.fromEntries(clients) as Senders['clients'],
    sessions: Object.fromEntries(sessions) as Senders['sessions'],
  };
}

/** Every kind of device with nobody, and with a person of each role. */
function* combinations({
  sessions,
}: Senders): Generator<[DeviceKind, ClerkRole | 'nobody', string | undefined]> {
  for (const kind of deviceKinds) {
    yield [kind, 'nobody', undefined];
    for (const role of clerkRoles) yield [kind, role, sessions[role]];
  }
}

const withSession = (session: string | undefined) => (session === undefined ? {} : { session });

describe('the table says who may', () => {
  it('send each command, over the socket and over HTTP', async () => {
    const senders = await everybody();
    const { hall, clients, tokens } = senders;
    const before = await hall.revision();
    let allowed = 0;
    for (const [kind, role, session] of combinations(senders)) {
      for (const [name, { who }] of Object.entries(commands)) {
        // Who may send it is asked before what it says: an impossible payload tells the two apart and changes nothing.
        const impossible = { impossible: true };
        const bySocket = await clients[kind].send(name, impossible, withSession(session));
        const byHttp = await postCommand(hall.url, name, impossible, {
          token: tokens[kind],
          ...withSession(session),
        });
        const may = mayDo(who, kind, role);
        const code = may ? 'malformed' : 'not-authorised';
        if (may) allowed += 1;
        expect(bySocket, `${name} from ${kind} with ${role}`).toMatchObject({ ok: false, code });
        expect(byHttp.body).toEqual(bySocket);
        expect(byHttp.status).toBe(may ? 400 : 403);
      }
    }
    expect(allowed).toBeGreaterThan(100);
    expect(await hall.revision()).toBe(before);
  });

  it('ask each query, over the socket and over HTTP', async () => {
    const senders = await everybody();
    const { clients, hall, tokens } = senders;
    for (const [kind, role, session] of combinations(senders)) {
      for (const [name, { who, local }] of Object.entries(queries)) {
        const bySocket = await clients[kind].query(name, { impossible: true }, session);
        const byHttp = await postJson(hall.url, `/api/v1/queries/${name}`, {
          token: tokens[kind],
          ...withSession(session),
          body: { payload: { impossible: true } },
        });
        const code = local ? 'unknown-query' : mayDo(who, kind, role) ? 'malformed' : 'not-authorised';
        expect(bySocket, `${name} from ${kind} with ${role}`).toMatchObject({ ok: false, code });
        expect(byHttp.body).toEqual(bySocket);
      }
    }
  });

  it('hear each feed', async () => {
    const senders = await everybody();
    for (const [kind, role, session] of combinations(senders)) {
      for (const [name, { who }] of Object.entries(feeds)) {
        const answer = await senders.clients[kind].join(name, keyOf[name as FeedName], withSession(session));
        const expected = mayDo(who, kind, role) ? { ok: true } : { ok: false, code: 'not-authorised' };
        expect(answer, `${name} at ${kind} with ${role}`).toMatchObject(expected);
      }
    }
  });
});

describe('the rules of a person with several roles', () => {
  it('acts in the strongest role that may: a manager who is a clerk too pauses the counter of another', async () => {
    const hall = await startHall();
    const desk = await hall.connect('caller');
    const clerk = hall.person('clerk');
    const both = hall.person('clerk', 'manager');
    await desk.send('counter.open', { counterId: 'c1' }, { session: clerk.session });
    const pause = { counterId: 'c1', reason: 'break' };
    expect(await desk.send('counter.pause', pause, { session: both.session })).toMatchObject({ ok: true });
  });

  it('another clerk is refused what is not theirs', async () => {
    const hall = await startHall();
    const desk = await hall.connect('caller');
    const [owner, other] = [hall.person('clerk'), hall.person('clerk')];
    await desk.send('counter.open', { counterId: 'c1' }, { session: owner.session });
    const before = await hall.revision();
    for (const [name, payload] of [
      ['counter.pause', { counterId: 'c1', reason: 'break' }],
      ['counter.close', { counterId: 'c1' }],
      ['ticket.callNext', { counterId: 'c1', seenRevision: before }],
    ] as const) {
      expect(await desk.send(name, payload, { session: other.session })).toMatchObject({
        code: 'not-your-counter',
      });
    }
    expect(await hall.revision()).toBe(before);
  });
});

describe('a right that ends', () => {
  const listAs = (client: HallClient, { session }: Person) => client.query('device.list', {}, session);

  it('a session ends after fourteen hours', async () => {
    const hall = await startHall();
    const client = await hall.connect('caller');
    const admin = hall.person('admin');
    hall.time.setClock(hall.time.system.now() + 14 * 3_600_000 - 1);
    expect(await listAs(client, admin)).toMatchObject({ ok: true });
    hall.time.setClock(hall.time.system.now() + 1);
    expect(await listAs(client, admin)).toMatchObject({ code: 'session-expired' });
    expect(await client.join('counter', 'c1', admin)).toMatchObject({ ok: false });
  });

  it('a session that was forged, changed or signed by another hall is worth nothing', async () => {
    const [hall, elsewhere] = [await startHall(), await startHall()];
    const client = await hall.connect('caller');
    const mine = hall.person('clerk');
    const foreign = elsewhere.person('admin');
    const [body = '', signature = ''] = mine.session.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const promoted = Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url');
    for (const session of [
      foreign.session,
      `${promoted}.${signature}`,
      `${promoted}.`,
      `${body}.${signature}.x`,
      '',
      '.',
      'x'.repeat(2_000),
    ]) {
      expect(await client.query('device.list', {}, session)).toMatchObject({ code: 'not-authorised' });
    }
    expect(await client.query('device.list', {}, 'x'.repeat(2_001))).toMatchObject({ code: 'malformed' });
  });

  it('a clerk who is disabled loses every right at once, also after a restart, and cannot sign in again', async () => {
    const hall = await startHall();
    const token = hall.enrol('caller');
    const [admin, clerk] = [hall.person('admin'), await hall.account('clerk')];
    const client = await hall.connect({ token });
    await client.send('counter.open', { counterId: 'c1' }, clerk);
    expect(await client.query('clerk.disable', { clerkId: clerk.id }, admin.session)).toMatchObject({
      ok: true,
    });
    expect(await client.send('counter.close', { counterId: 'c1' }, clerk)).toMatchObject({
      code: 'not-authorised',
    });
    expect(await client.query('clerk.disable', { clerkId: clerk.id }, admin.session)).toMatchObject({
      code: 'not-found',
    });
    const later = await hall.restart();
    const again = await later.connect({ token });
    expect(await again.send('counter.close', { counterId: 'c1' }, clerk)).toMatchObject({
      code: 'not-authorised',
    });
    const signIn = { login: clerk.login, password: 'correct-horse-battery' };
    expect(await again.query('session.signIn', signIn)).toMatchObject({ code: 'sign-in-failed' });
  });

  it('a device that is revoked is cut off at once and cannot come back, by the socket or by HTTP', async () => {
    const hall = await startHall();
    const [admin, token] = [hall.person('admin'), hall.enrol('kiosk')];
    const [desk, kiosk] = [await hall.connect('caller'), await hall.connect({ token })];
    const second = await hall.connect({ token });
    await kiosk.join('terminal', 'hall');
    const device = hall.server.devices.byToken(token);
    expect(await desk.query('device.revoke', { deviceId: device?.id }, admin.session)).toMatchObject({
      ok: true,
    });
    expect(await Promise.all([kiosk.ended, second.ended])).toEqual([
      'io server disconnect',
      'io server disconnect',
    ]);
    await expect(hall.connect({ token })).rejects.toThrow('not-authenticated');
    const answer = await postCommand(hall.url, 'ticket.take', {}, { token });
    expect([answer.status, answer.body.code]).toEqual([401, 'not-authenticated']);
    expect(await desk.query('device.revoke', { deviceId: device?.id }, admin.session)).toMatchObject({
      code: 'not-found',
    });
    const { devices } = (
      (await desk.query('device.list', {}, admin.session)) as { answer: { devices: { id: string }[] } }
    ).answer;
    expect(devices.find(({ id }) => id === device?.id)).toMatchObject({
      connected: false,
      revokedAt: hall.time.system.now(),
    });
  });

  it('a command of a revoked device that is already on the line is not carried out', async () => {
    const hall = await startHall();
    const [admin, token] = [hall.person('admin'), hall.enrol('kiosk')];
    const [desk, kiosk] = [await hall.connect('caller'), await hall.connect({ token })];
    const deviceId = hall.server.devices.byToken(token)?.id;
    await desk.query('device.revoke', { deviceId }, admin.session);
    const before = await hall.revision();
    kiosk.socket.emit('command', { name: 'ticket.take', commandId: 'late-1', payload: take });
    await kiosk.ended;
    expect(await hall.revision()).toBe(before);
  });
});

const take = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: 'v'.repeat(22) };
