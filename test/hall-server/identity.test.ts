import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { passwordMatches, makeVerifier } from '#hall-server/identity/passwords.ts';
import { postJson, type HttpAnswer } from '#test/support/hall-client.ts';
import { PASSWORD, startHall, type TestHall } from '#test/support/hall-server.ts';

const enrol = (hall: TestHall, code: unknown, more: object = {}): Promise<HttpAnswer> =>
  postJson(hall.url, '/api/v1/devices/enrol', { body: { code, ...more } });

describe('enrolment', () => {
  it('a code makes one device, however it is typed, and then no other', async () => {
    const hall = await startHall();
    const { code } = hall.server.devices.createCode('kiosk', 'kiosk by the door');
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    const first = await enrol(hall, ` ${code.toLowerCase().replace('-', ' ')} `);
    expect(first.body).toEqual({
      deviceId: expect.any(String),
      kind: 'kiosk',
      name: 'kiosk by the door',
      token: expect.any(String),
    });
    const again = await enrol(hall, code);
    expect([again.status, again.body.code]).toEqual([401, 'code-invalid']);
    const client = await hall.connect({ token: first.body.token });
    expect(await client.join('terminal', 'hall')).toMatchObject({ ok: true });
  });

  it('two that type the same code at once: one gets it', async () => {
    const hall = await startHall();
    const { code } = hall.server.devices.createCode('kiosk', 'kiosk');
    const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(hall, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(hall.server.devices.list()).toHaveLength(1);
  });

  it('a code is good for a day', async () => {
    const hall = await startHall();
    const [early, late] = [
      hall.server.devices.createCode('kiosk', 'a'),
      hall.server.devices.createCode('kiosk', 'b'),
    ];
    hall.time.setClock(early.expiresAt);
    expect((await enrol(hall, early.code)).status).toBe(200);
    hall.time.setClock(early.expiresAt + 1);
    expect((await enrol(hall, late.code)).body.code).toBe('code-invalid');
    hall.time.setClock(early.expiresAt);
    expect((await enrol(hall, late.code)).body.code, 'an expired code is spent by the try').toBe(
      'code-invalid',
    );
  });

  it('a wrong code is refused, and guessing is slowed down', async () => {
    const hall = await startHall();
    for (const code of ['', 'AAA', 7, null, {}, 'x'.repeat(41)])
      expect((await enrol(hall, code)).body.code).toBe('malformed');
    const answers: string[] = [];
    for (let i = 0; i < 20; i += 1) answers.push((await enrol(hall, `AAAA-AAA${i % 10}`)).body.code);
    expect(answers.slice(0, 14)).toEqual(Array(14).fill('code-invalid'));
    expect(answers.slice(14)).toEqual(Array(6).fill('rate-limited'));
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'http', code: 'rate-limited' })).toBe(
      6,
    );
  });

  it('a browser gets its token in a cookie that no script can read, and the socket takes it from there', async () => {
    const hall = await startHall();
    const answer = await enrol(hall, hall.server.devices.createCode('display', 'screen').code, {
      browser: true,
    });
    expect(answer.body).toEqual({ deviceId: expect.any(String), kind: 'display', name: 'screen' });
    const [cookie = ''] = answer.headers['set-cookie'] as string[];
    expect(cookie.split('; ').slice(1)).toEqual([
      'Path=/',
      'HttpOnly',
      'SameSite=Strict',
      'Max-Age=31536000',
    ]);
    const client = await hall.connect(
      { token: undefined },
      { headers: { cookie: cookie.split(';')[0] ?? '' } },
    );
    expect(await client.join('zone', 'all')).toMatchObject({ ok: true });
    client.close();
  });

  it('only a device is let in', async () => {
    const hall = await startHall();
    for (const token of ['x'.repeat(43), hall.enrol('kiosk').slice(1)]) {
      await expect(hall.connect({ token })).rejects.toThrow('not-authenticated');
    }
    await expect(hall.connect({ token: 'short' })).rejects.toThrow('malformed');
    expect(await hall.metric('tinghao_refused_connections_total', { code: 'not-authenticated' })).toBe(2);
  });
});

describe('signing in', () => {
  it('tells the session and the roles, not the verifier', async () => {
    const hall = await startHall();
    const { login, session } = await hall.account('clerk', 'manager');
    const admin = await hall.account('admin');
    const client = await hall.connect('caller');
    const signedIn = await client.query('session.signIn', { login, password: PASSWORD });
    expect(signedIn).toMatchObject({ ok: true, answer: { roles: ['clerk', 'manager'] } });
    const answers = [
      signedIn,
      await client.query('clerk.list', {}, admin.session),
      await client.query('device.list', {}, admin.session),
    ];
    expect(JSON.stringify(answers)).toContain(login);
    expect(JSON.stringify(answers)).not.toMatch(/scrypt|verifier|token_hash|tokenHash|password/i);
    const claims = Buffer.from(session.split('.')[0] ?? '', 'base64url').toString();
    expect(Object.keys(JSON.parse(claims))).toEqual(['clerkId', 'roles', 'expiresAt']);
  });

  it('a wrong name and a wrong password are refused alike', async () => {
    const hall = await startHall();
    const { login } = await hall.account('clerk');
    const client = await hall.connect('caller');
    const refused = { ok: false, code: 'sign-in-failed', retryable: false };
    for (const payload of [
      { login, password: 'wrong' },
      { login: 'nobody', password: PASSWORD },
      { login: "' or 1=1 --", password: 'x' },
    ]) {
      expect(await client.query('session.signIn', payload)).toEqual(refused);
    }
  });

  it('five wrong passwords close a login for a minute, wherever they come from, and no other login', async () => {
    const hall = await startHall();
    const [closed, open] = [await hall.account('clerk'), await hall.account('clerk')];
    const clients = [await hall.connect('caller'), await hall.connect('display')];
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        clients[i % 2]!.query('session.signIn', { login: closed.login, password: `wrong ${i}` }),
      ),
    );
    expect(tries.map((answer) => !answer.ok && answer.code).sort()).toEqual([
      ...Array<string>(3).fill('rate-limited'),
      ...Array<string>(5).fill('sign-in-failed'),
    ]);
    const signIn = (login: string) => clients[0]!.query('session.signIn', { login, password: PASSWORD });
    expect(await signIn(closed.login)).toMatchObject({ code: 'rate-limited', retryable: true });
    expect(await signIn(open.login)).toMatchObject({ ok: true });
    // A clock that is set back does not keep it closed, and one that is set ahead does not open it.
    hall.time.setClock(hall.time.system.now() + 3_600_000);
    expect(await signIn(closed.login)).toMatchObject({ code: 'rate-limited' });
    hall.time.setClock(hall.time.system.now() - 48 * 3_600_000);
    await hall.time.advance(60_001);
    expect(await signIn(closed.login)).toMatchObject({ ok: true });
  });

  it('a new password takes the place of the old', async () => {
    const hall = await startHall();
    const [admin, clerk] = [await hall.account('admin'), await hall.account('clerk')];
    const client = await hall.connect('caller');
    const set = { clerkId: clerk.id, password: 'another-password' };
    expect(await client.query('clerk.setPassword', set, admin.session)).toMatchObject({ ok: true });
    const signIn = (password: string) => client.query('session.signIn', { login: clerk.login, password });
    expect(await signIn(PASSWORD)).toMatchObject({ code: 'sign-in-failed' });
    expect(await signIn('another-password')).toMatchObject({ ok: true });
    expect(
      await client.query('clerk.setPassword', { ...set, clerkId: 'no-such-clerk' }, admin.session),
    ).toMatchObject({ code: 'not-found' });
  });

  it('a login is given once', async () => {
    const hall = await startHall();
    const admin = await hall.account('admin');
    const client = await hall.connect('caller');
    const clerk = { login: 'a12', name: 'A12', roles: ['clerk'], password: PASSWORD };
    expect(await client.query('clerk.create', clerk, admin.session)).toMatchObject({ ok: true });
    expect(await client.query('clerk.create', clerk, admin.session)).toMatchObject({ code: 'login-taken' });
  });

  it('the same password written in another Unicode form is the same', async () => {
    const verifier = await makeVerifier('Å-密码', 'salt');
    expect(await passwordMatches('A\u030A-密码', verifier)).toBe(true);
    expect(await passwordMatches('A-密码', verifier)).toBe(false);
    expect(await passwordMatches('Å-密码', 'plain$salt$x')).toBe(false);
  });
});

describe('what lies on the disk', () => {
  it('is readable by nobody else, and holds no password, code, token or session', async () => {
    const hall = await startHall();
    const { session } = await hall.account('admin');
    const token = hall.enrol('kiosk');
    const { code } = hall.server.devices.createCode('kiosk', 'kiosk');
    expect(statSync(hall.dataDir).mode & 0o077).toBe(0);
    const db = new Database(hall.databasePath, { readonly: true });
    const tables = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all();
    const everything = tables
      .map((table) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()))
      .join('\n');
    db.close();
    expect(everything).toContain('scrypt$');
    for (const secret of [PASSWORD, code, code.replace('-', ''), token, session])
      expect(everything).not.toContain(secret);
  });

  it('a server for production does not start with the ready-made accounts of the demonstration', async () => {
    const hall = await startHall({ withReadyMade: true });
    await hall.server.clerks.createReadyMade([{ login: 'admin', name: 'admin', roles: ['admin'] }], PASSWORD);
    await hall.stop();
    await expect(startHall({ dataDir: hall.dataDir, opened: false })).rejects.toThrow('ready-made');
    await expect(hall.restart({ withReadyMade: true })).resolves.toBeDefined();
  });
});
