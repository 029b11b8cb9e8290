import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Socket } from 'socket.io-client';
import { wire } from '#protocol/wire.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import type { Agent } from '#terminal/agent.ts';
import { createEntry } from '#terminal/loopback/entry.ts';
import { createFakeHall, type FakeHall } from '../support/fake-hall.ts';
import { createManualTimers } from '../support/manual-timers.ts';
import { aLog, aPagesDir, connected, openPage, startAgent, type PageOptions } from '../support/terminal.ts';

const pagesDir = aPagesDir(['kiosk', 'caller']);
const { log, lines } = aLog();
const sockets: Socket[] = [];
let hall: FakeHall;
let locked: Agent;
let open: Agent;

beforeAll(async () => {
  hall = await createFakeHall();
  locked = await startAgent(hall, pagesDir.path, { entry: 'token', log });
  open = await startAgent(hall, pagesDir.path, { entry: 'open' });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await locked.close();
  await open.close();
  await hall.close();
  pagesDir.remove();
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** fetch() sets Host and Origin itself. */
function get(url: string, headers: Record<string, string> = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function enter(agent: Agent): Promise<string> {
  const { headers } = await get(agent.mintEntryUrl());
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

const codeOf = ({ body }: Reply): unknown => (JSON.parse(body) as { code: unknown }).code;

/** Whether the agent lets a socket in. */
function opens(agent: Agent, options: PageOptions): Promise<boolean> {
  const socket = openPage(agent.origin, options);
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
}

describe('the window’s entry', () => {
  it('exchanges a token for a cookie that scripts cannot read and other sites cannot send', async () => {
    const reply = await get(locked.mintEntryUrl());
    expect(reply.status).toBe(303);
    expect(reply.headers['location']).toBe('/kiosk/');
    expect(String(reply.headers['set-cookie'])).toMatch(
      /^tinghao-window-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
  });

  it('takes a token once', async () => {
    const url = locked.mintEntryUrl();
    expect((await get(url)).status).toBe(303);
    const again = await get(url);
    expect([again.status, codeOf(again), again.headers['set-cookie']]).toEqual([
      401,
      'not-authenticated',
      undefined,
    ]);
  });

  it.each(['/enter?token=guess', '/enter?token=', '/enter?token=a&token=b', '/enter?'])(
    'refuses %s',
    async (path) => {
      expect((await get(locked.origin + path)).status).toBe(401);
    },
  );

  it('refuses a token after a minute', async () => {
    const timers = createManualTimers();
    const entry = createEntry(timers, createNodeSystem().newToken);
    const [fresh, stale] = [entry.mint(), entry.mint()];
    await timers.advance(60_000);
    expect(entry.exchange(fresh)).toBeTypeOf('string');
    await timers.advance(1);
    expect(entry.exchange(stale)).toBeUndefined();
  });

  it('lets several windows in side by side, and forgets the oldest of many', async () => {
    const entry = createEntry(createManualTimers(), createNodeSystem().newToken);
    const keys = Array.from({ length: 9 }, () => entry.exchange(entry.mint()));
    expect(keys.map((key) => entry.isWindow(key))).toEqual([false, ...Array.from({ length: 8 }, () => true)]);
  });

  it('is not there in a demonstration, where everybody may come in', async () => {
    expect(open.mintEntryUrl()).toBe(`${open.origin}/kiosk/`);
    expect((await get(`${open.origin}/kiosk/`)).status).toBe(200);
    expect((await get(`${open.origin}/enter?token=x`)).status).toBe(404);
  });
});

describe('requests', () => {
  it('get pages, assets and nothing else, with a policy that keeps them at home', async () => {
    const cookie = await enter(locked);
    const page = await get(`${locked.origin}/kiosk/`, { cookie });
    expect([page.status, page.body.includes('<h1>kiosk</h1>')]).toEqual([200, true]);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const asset = await get(`${locked.origin}/assets/app-0123.js`, { cookie });
    expect([asset.status, asset.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect((await get(`${locked.origin}/`, { cookie })).headers['location']).toBe('/kiosk/');
    // The agent of a kiosk serves the kiosk's page alone.
    for (const path of [
      '/caller/',
      '/assets/../../package.json',
      '/assets/%2e%2e%2fcaller%2findex.html',
      '/api/v1/commands',
    ]) {
      expect([path, (await get(locked.origin + path, { cookie })).status]).toEqual([path, 404]);
    }
  });

  it.each([
    ['without a cookie', {}, 401, 'not-authenticated'],
    ['with a cookie that was never given', { cookie: 'tinghao-window-1=x' }, 401, 'not-authenticated'],
    ['for another host', { host: 'hall.example' }, 403, 'origin-refused'],
    ['for another port of this host', { host: '127.0.0.1:1' }, 403, 'origin-refused'],
    ['from another origin', { origin: 'http://hall.example' }, 403, 'origin-refused'],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }, 403, 'origin-refused'],
    ['from nowhere', { origin: 'null' }, 403, 'origin-refused'],
  ])('%s are refused', async (_, headers, status, code) => {
    for (const path of ['/kiosk/', '/assets/app-0123.js', '/api/v1/catalogue/current', '/nothing']) {
      const reply = await get(locked.origin + path, headers);
      expect([path, reply.status, codeOf(reply)]).toEqual([path, status, code]);
    }
  });

  it('for a host that was pointed at this machine are refused in a demonstration too', async () => {
    expect((await get(`${open.origin}/kiosk/`, { host: 'hall.example' })).status).toBe(403);
    expect((await get(locked.mintEntryUrl(), { host: 'hall.example' })).status).toBe(403);
  });
});

describe('sockets', () => {
  it('open with the window’s cookie, by either name of this machine', async () => {
    const cookie = await enter(locked);
    expect(await opens(locked, { cookie })).toBe(true);
    const { port } = new URL(locked.origin);
    expect(
      await opens(locked, { cookie, host: `localhost:${port}`, origin: `http://localhost:${port}` }),
    ).toBe(true);
  });

  it.each([
    ['without a cookie', {}],
    ['with a cookie that was never given', { cookie: 'tinghao-window-1=x' }],
  ])('are refused %s', async (_, options) => {
    expect(await opens(locked, options)).toBe(false);
  });

  it.each([
    ['another origin', { origin: 'http://hall.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['no origin', { origin: null }],
    ['an empty origin', { origin: '' }],
    ['another host', { host: 'hall.example', origin: 'http://hall.example' }],
  ])('are refused from %s, with the cookie or in a demonstration', async (_, options) => {
    expect(await opens(locked, { ...options, cookie: await enter(locked) })).toBe(false);
    expect(await opens(open, options)).toBe(false);
  });

  it('are refused for a protocol that is not spoken here', async () => {
    expect(await opens(open, { protocol: 99 })).toBe(false);
  });

  it('are cut for a message over 64 KB', async () => {
    const socket = await connected(openPage(open.origin));
    sockets.push(socket);
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    socket.emit(wire.command, { name: 'x', commandId: 'c-1', payload: 'x'.repeat(70_000) });
    expect(await cut).toBe('transport close');
    expect(hall.heard).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('is fetched once for each version and outlives the hall', async () => {
    hall.http.set('/api/v1/catalogue/current', { version: 7 });
    hall.http.set('/api/v1/catalogue/7', { zones: [] });
    hall.http.set('/api/v1/catalogue/7/matters', [{ id: 'm' }]);
    const ask = (path: string) => get(`${open.origin}/api/v1/catalogue/${path}`);
    for (let times = 1; times <= 2; times += 1) {
      expect(JSON.parse((await ask('current')).body)).toEqual({ version: 7 });
      expect(JSON.parse((await ask('7')).body)).toEqual({ zones: [] });
      expect(JSON.parse((await ask('7/matters')).body)).toEqual([{ id: 'm' }]);
    }
    expect((await ask('7')).headers['cache-control']).toContain('immutable');
    expect((await ask('8')).status).toBe(404);
    expect((await ask('latest')).status).toBe(404);
    await hall.goAway();
    expect(JSON.parse((await ask('current')).body)).toEqual({ version: 7 });
    expect((await ask('7')).status).toBe(200);
    expect([(await ask('9')).status, codeOf(await ask('9'))]).toEqual([503, 'hall-unreachable']);
    await hall.comeBack();
    hall.http.set('/api/v1/catalogue/9', { zones: [] });
    expect((await ask('9')).status).toBe(200);
    expect(hall.httpPaths.filter((path) => path.endsWith('/7'))).toHaveLength(1);
  });
});

describe('the log', () => {
  it('holds no token of the entry and no cookie', async () => {
    const url = locked.mintEntryUrl();
    const cookie = await enter(locked);
    await get(url);
    await get(`${url}&again`);
    await get(`${locked.origin}/%zz`, { cookie });
    const text = lines.join('\n');
    expect(text).not.toContain(url.split('=')[1]);
    expect(text).not.toContain(cookie.split('=')[1]);
  });
});
