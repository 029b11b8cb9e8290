import { describe, expect, it } from 'vitest';
import { askHttp, postJson } from '#test/support/hall-client.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';
import { openLine } from '#test/support/raw-line.ts';
import { expectUnharmed, KB, nested, take } from './unharmed.ts';

describe('over HTTP', () => {
  const post = (hall: TestHall, body: string | Buffer, headers = {}, name = 'ticket.take') =>
    postJson(hall.url, `/api/v1/commands/${name}`, { token: hall.enrol('kiosk'), body, headers });

  it('what is no command of the protocol is malformed', async () => {
    const hall = await startHall();
    const revision = await hall.revision();
    const bodies = [
      '',
      '{',
      'null',
      '7',
      '"text"',
      '[]',
      '{}',
      '\u0000',
      '{"commandId":"c-1"}',
      '{"commandId":"c-1","payload":null}',
      JSON.stringify({ commandId: 7, payload: take }),
      JSON.stringify({ commandId: 'c 1', payload: take }),
      JSON.stringify({ commandId: 'x'.repeat(65), payload: take }),
      JSON.stringify({ commandId: 'c-1', payload: { ...take, serviceId: { $ne: 1 } } }),
      JSON.stringify({ commandId: 'c-1', payload: { ...take, visitKey: 'short' } }),
      JSON.stringify({ commandId: 'c-1', payload: { ...take, more: true } }),
      JSON.stringify({ commandId: 'c-1', payload: take, role: 'hall' }),
      JSON.stringify({ commandId: 'c-1', payload: take, by: { device: 'hall-server', via: 'hall' } }),
      `{"commandId":"c-1","payload":${nested(10_000)}}`,
      nested(10_000),
      `{"commandId":"c-1","payload":${JSON.stringify(take)},"__proto__":{"session":"x"}}`,
      `{"commandId":"c-1","payload":{"__proto__":${JSON.stringify(take)}}}`,
      `{"commandId":"c-1","payload":{"constructor":{"prototype":{"ok":true}}}}`,
    ];
    for (const body of bodies) {
      const answer = await post(hall, body);
      expect([answer.status, answer.body], body.slice(0, 80)).toEqual([
        400,
        { ok: false, code: 'malformed', retryable: false },
      ]);
    }
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'x',
    ]) {
      expect((await post(hall, 'a=b', { 'content-type': type })).body.code, type).toBe('malformed');
    }
    expect(({} as { session?: string }).session).toBeUndefined();
    const counted =
      (await hall.metric('tinghao_refused_messages_total', { via: 'http', code: 'malformed' })) +
      (await hall.metric('tinghao_commands_total', { name: 'ticket.take', result: 'malformed' }));
    expect(counted).toBe(bodies.length + 4);
    await expectUnharmed(hall, revision);
  });

  it('a name that is none, or a property of every object, is unknown', async () => {
    const hall = await startHall();
    const revision = await hall.revision();
    const token = hall.enrol('kiosk');
    const names = [
      'ticket.steal',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'ticket.take%00',
      'x'.repeat(60),
    ];
    for (const name of names) {
      const command = await postJson(hall.url, `/api/v1/commands/${name}`, {
        token,
        body: { commandId: 'c-1', payload: {} },
      });
      expect([command.status, command.body.code], name).toEqual([404, 'unknown-command']);
      const query = await postJson(hall.url, `/api/v1/queries/${name}`, { token, body: { payload: {} } });
      expect([query.status, query.body.code], name).toEqual([404, 'unknown-query']);
    }
    for (const path of [
      '/api/v1/commands/',
      '/api/v1/commands',
      '/api/v2/commands/ticket.take',
      '/%ff',
      '/assets/..%2f..%2fhall.sqlite',
      '/assets/../../etc/passwd',
    ]) {
      expect((await askHttp(hall.url, path)).status, path).toBeGreaterThanOrEqual(400);
    }
    expect(await hall.metric('tinghao_commands_total', { name: 'unknown', result: 'unknown-command' })).toBe(
      names.length,
    );
    await expectUnharmed(hall, revision);
  });

  it('more than 64 KB is too large, 64 KB is not', async () => {
    const hall = await startHall();
    const revision = await hall.revision();
    const padded = (bytes: number): string =>
      JSON.stringify({ commandId: 'c-1', payload: 0 }).padEnd(bytes, ' ');
    const [fits, over, far] = [
      await post(hall, padded(64 * KB)),
      await post(hall, padded(64 * KB + 1)),
      await post(hall, padded(900 * KB)),
    ];
    expect([fits.status, fits.body.code]).toEqual([400, 'malformed']);
    for (const answer of [over, far]) expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'http', code: 'too-large' })).toBe(2);
    await expectUnharmed(hall, revision);
  });

  it('without a device, from another site, or under another name nobody is heard', async () => {
    const hall = await startHall();
    const revision = await hall.revision();
    const token = hall.enrol('kiosk');
    const { port } = new URL(hall.url);
    const send = (headers: Record<string, string>) =>
      postJson(hall.url, '/api/v1/commands/ticket.take', {
        body: { commandId: 'c-1', payload: take },
        headers,
      });
    expect((await send({})).body.code).toBe('not-authenticated');
    expect((await send({ 'x-device-token': '' })).body.code).toBe('not-authenticated');
    expect((await send({ cookie: 'tinghao_device=' })).body.code).toBe('not-authenticated');
    const strangers = [
      { host: 'evil.example' },
      { host: `evil.example:${port}` },
      { host: `127.0.0.1.evil.example:${port}` },
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:1` },
      { origin: `http://127.0.0.1:${port}.evil.example` },
    ];
    for (const headers of strangers) {
      const answer = await send({ 'x-device-token': token, ...headers });
      expect([answer.status, answer.body.code], JSON.stringify(headers)).toEqual([403, 'origin-refused']);
      await expect(hall.connect({ token }, { headers }), JSON.stringify(headers)).rejects.toThrow(
        'origin-refused',
      );
    }
    for (const path of ['/metrics', '/kiosk/', '/api/v1/hall', '/healthz']) {
      expect((await askHttp(hall.url, path, { headers: { host: 'evil.example' } })).body.code).toBe(
        'origin-refused',
      );
    }
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'http', code: 'origin-refused' })).toBe(
      strangers.length + 4,
    );
    expect(await hall.metric('tinghao_refused_connections_total', { code: 'origin-refused' })).toBe(
      strangers.length,
    );
    await expectUnharmed(hall, revision);
  });

  it('is heard under a name that is allowed, however it is written in the settings', async () => {
    const hall = await startHall({ settings: { allowedHosts: ['Hall-PC.example'] } });
    const answer = await askHttp(hall.url, '/api/v1/hall', { headers: { host: 'hall-pc.example' } });
    expect(answer.status).toBe(200);
  });

  it('garbage on the port gets 400 or a closed connection, and is counted', async () => {
    const hall = await startHall();
    const revision = await hall.revision();
    for (const garbage of [
      '\u0016\u0003\u0001\u0002\u0000',
      'GET\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: x\r\n${'a'.repeat(40_000)}: b\r\n\r\n`,
      'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
    ]) {
      const line = await openLine(hall.url);
      line.write(garbage);
      await line.closed;
      expect(line.heard()).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    }
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'http', code: 'malformed' })).toBe(4);
    await expectUnharmed(hall, revision);
  });
});
