import { describe, expect, it } from 'vitest';
import { askHttp, postJson, type HallClient } from '#test/support/hall-client.ts';
import { startHall, type TestHall } from '#test/support/hall-server.ts';
import { binaryFrame, commandFrame, openLine, openRawSocket, textFrame } from '#test/support/raw-line.ts';

const take = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: 'v'.repeat(22) };
const KB = 1024;

/** Whatever happened: nothing is changed, and the next good command is carried out, on the same connection and on a new one. */
async function expectUnharmed(hall: TestHall, revision: number, client?: HallClient): Promise<void> {
  expect(await hall.revision()).toBe(revision);
  const again = await hall.connect('kiosk');
  for (const kiosk of client ? [client, again] : [again]) {
    expect(await kiosk.send('ticket.take', take)).toMatchObject({ ok: true });
  }
  expect(await hall.revision()).toBe(revision + (client ? 2 : 1));
  expect((await askHttp(hall.url, '/healthz')).body).toEqual({ ok: true });
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

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
      expect([answer.status, answer.body], body.slice(0, 80)).toEqual([400, { ok: false, code: 'malformed', retryable: false }]);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'x']) {
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
    const names = ['ticket.steal', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'ticket.take%00', 'x'.repeat(60)];
    for (const name of names) {
      const command = await postJson(hall.url, `/api/v1/commands/${name}`, { token, body: { commandId: 'c-1', payload: {} } });
      expect([command.status, command.body.code], name).toEqual([404, 'unknown-command']);
      const query = await postJson(hall.url, `/api/v1/queries/${name}`, { token, body: { payload: {} } });
      expect([query.status, query.body.code], name).toEqual([404, 'unknown-query']);
    }
    for (const path of ['/api/v1/commands/', '/api/v1/commands', '/api/v2/commands/ticket.take', '/%ff', '/assets/..%2f..%2fhall.sqlite', '/assets/../../etc/passwd']) {
      expect((await askHttp(hall.url, path)).status, path).toBeGreaterThanOrEqual(400);
    }
    expect(await hall.metric('tinghao_commands_total', { name: 'unknown', result: 'unknown-command' })).toBe(names.length);
    await expectUnharmed(hall, revision);
  });

  it('more than 64 KB is too large, 64 KB is not', async () => {
    const hall = await startHall();
    const revision = await hall.revision();
    const padded = (bytes: number): string => JSON.stringify({ commandId: 'c-1', payload: 0 }).padEnd(bytes, ' ');
    const [fits, over, far] = [await post(hall, padded(64 * KB)), await post(hall, padded(64 * KB + 1)), await post(hall, padded(900 * KB))];
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
      postJson(hall.url, '/api/v1/commands/ticket.take', { body: { commandId: 'c-1', payload: take }, headers });
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
      await expect(hall.connect({ token }, { headers }), JSON.stringify(headers)).rejects.toThrow('origin-refused');
    }
    for (const path of ['/metrics', '/kiosk/', '/api/v1/hall', '/healthz']) {
      expect((await askHttp(hall.url, path, { headers: { host: 'evil.example' } })).body.code).toBe('origin-refused');
    }
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'http', code: 'origin-refused' })).toBe(strangers.length + 4);
    expect(await hall.metric('tinghao_refused_connections_total', { code: 'origin-refused' })).toBe(strangers.length);
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
    for (const garbage of ['\u0016\u0003\u0001\u0002\u0000', 'GET\r\n\r\n', `GET / HTTP/1.1\r\nHost: x\r\n${'a'.repeat(40_000)}: b\r\n\r\n`, 'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n']) {
      const line = await openLine(hall.url);
      line.write(garbage);
      await line.closed;
      expect(line.heard()).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    }
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'http', code: 'malformed' })).toBe(4);
    await expectUnharmed(hall, revision);
  });
});

describe('over the socket', () => {
  it('what is no command of the protocol is refused with a code, on a connection that goes on', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    const revision = await hall.revision();
    const envelope = { name: 'ticket.take', commandId: 'c-1', payload: take };
    const bodies: [unknown, string][] = [
      [null, 'malformed'],
      [7, 'malformed'],
      ['text', 'malformed'],
      [[], 'malformed'],
      [{}, 'malformed'],
      [{ ...envelope, name: 7 }, 'malformed'],
      [{ ...envelope, name: 'x'.repeat(61) }, 'malformed'],
      [{ ...envelope, commandId: undefined }, 'malformed'],
      [{ ...envelope, payload: undefined }, 'malformed'],
      [{ ...envelope, session: {} }, 'malformed'],
      [{ ...envelope, role: 'hall' }, 'malformed'],
      [JSON.parse(`{"name":"ticket.take","commandId":"c-1","payload":{},"__proto__":{"x":1}}`), 'malformed'],
      [{ ...envelope, name: '__proto__' }, 'unknown-command'],
      [{ ...envelope, name: 'constructor' }, 'unknown-command'],
      [{ ...envelope, payload: Buffer.from('binary') }, 'malformed'],
      [{ ...envelope, payload: JSON.parse(nested(1_000)) }, 'malformed'],
    ];
    for (const [body, code] of bodies) expect(await kiosk.raw('command', body), JSON.stringify(body)?.slice(0, 80)).toMatchObject({ ok: false, code });
    for (const body of [null, 7, {}, { name: 'ticket.find' }]) expect(await kiosk.raw('query', body)).toMatchObject({ ok: false });
    for (const body of [null, {}, { feed: 7, key: 'x' }, { feed: 'terminal', key: 'hall', resume: {} }]) {
      expect(await kiosk.raw('join', body)).toMatchObject({ code: 'malformed' });
    }
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'malformed' })).toBe(4);
    await expectUnharmed(hall, revision, kiosk);
  });

  it('10,000 levels of JSON are refused or end the connection', async () => {
    const hall = await startHall();
    const revision = await hall.revision();
    const line = await openRawSocket(hall.url, hall.enrol('kiosk'));
    line.write(textFrame(`421["command",{"name":"ticket.take","commandId":"c-1","payload":${nested(10_000)}}]`));
    await line.until('431[{"ok":false,"code":"malformed"');
    // With a binary part the library walks through all levels, and gives up.
    line.write(Buffer.concat([textFrame(`451-2["command",${nested(10_000)},{"_placeholder":true,"num":0}]`), binaryFrame(Buffer.from([1]))]));
    line.write(commandFrame(3, { name: 'ticket.take', commandId: 'c-2', payload: {} }));
    await Promise.race([line.closed, line.until('433[')]);
    line.end();
    await expectUnharmed(hall, revision);
  });

  it('between 64 KB and 1 MB a message is too large and the connection goes on; above, it is cut', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    const revision = await hall.revision();
    const sized = (bytes: number) => ({ name: 'ticket.take', commandId: 'c-1', payload: { ...take, pad: 'x'.repeat(bytes) } });
    expect(await kiosk.raw('command', sized(63 * KB))).toMatchObject({ code: 'malformed' });
    for (const bytes of [64 * KB, 200 * KB, 1_000 * KB]) {
      expect(await kiosk.raw('command', sized(bytes))).toMatchObject({ ok: false, code: 'too-large' });
      expect(await kiosk.raw('query', sized(bytes))).toMatchObject({ ok: false, code: 'too-large' });
      expect(await kiosk.raw('join', { feed: 'x'.repeat(bytes) })).toMatchObject({ ok: false, code: 'too-large' });
    }
    // Characters of three bytes count as what they are on the line.
    expect(await kiosk.raw('command', { ...sized(0), payload: '号'.repeat(23 * KB) })).toMatchObject({ code: 'too-large' });
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'too-large' })).toBe(10);
    kiosk.socket.emit('command', sized(1_100 * KB), () => undefined);
    expect(await kiosk.ended).toMatch(/transport/);
    await expectUnharmed(hall, revision);
  });

  it('a large message and a small one in the same piece are told apart, in either order', async () => {
    const hall = await startHall();
    const line = await openRawSocket(hall.url, hall.enrol('kiosk'));
    const small = (id: string) => ({ name: 'ticket.take', commandId: id, payload: { ...take, visitKey: id.padEnd(22, 'v') } });
    const large = (id: string) => ({ ...small(id), payload: 'x'.repeat(100 * KB) });
    line.write(Buffer.concat([commandFrame(1, small('first')), commandFrame(2, large('second')), commandFrame(3, small('third'))]));
    for (const id of [1, 2, 3]) await line.until(`43${id}[`);
    const answers = [...line.heard().matchAll(/43(\d)\[\{"ok":(true|false)(?:,"code":"([a-z-]+)")?/g)].map((match) => match.slice(1, 4));
    expect(answers.sort()).toEqual([['1', 'true', undefined], ['2', 'false', 'too-large'], ['3', 'true', undefined]]);
    line.end();
  });

  it('without an acknowledgement nothing is done, and it is counted', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    const revision = await hall.revision();
    const envelope = { name: 'ticket.take', commandId: 'c-1', payload: take };
    for (const rest of [[], ['not a function'], [{}]]) kiosk.socket.emit('command', envelope, ...rest);
    kiosk.socket.emit('command');
    kiosk.socket.emit('format-disk', 1);
    kiosk.socket.emit('leave', 7);
    kiosk.socket.emit('telemetry', { kind: 'shown', ticketId: 'a', callId: 'b', times: 'many' });
    await expectUnharmed(hall, revision, kiosk);
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'malformed' })).toBe(6);
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'unknown-command' })).toBe(1);
  });

  it.each([
    ['text that is no packet', textFrame('hello')],
    ['a packet that is cut off', textFrame('42["command",{')],
    ['a packet of an unknown type', textFrame('49[]')],
    ['bytes out of nowhere', binaryFrame(Buffer.from([1, 2, 3]))],
    ['an event named like the library’s own', textFrame('42["disconnect",1]')],
    ['a reserved bit', Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
    ['no frame at all', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a namespace of its own', textFrame('40/admin,{"token":"x"}')],
    ['more than the line takes', textFrame(`42["command","${'x'.repeat(1_100 * KB)}"]`)],
  ])('%s ends the connection or is let be, and nobody else notices', async (_what, bytes) => {
    const hall = await startHall();
    const bystander = await hall.connect('kiosk');
    const revision = await hall.revision();
    const line = await openRawSocket(hall.url, hall.enrol('kiosk'));
    line.write(bytes);
    line.write(commandFrame(9, { name: 'no.such', commandId: 'c-9', payload: {} }));
    await Promise.race([line.closed, line.until('439[')]);
    line.end();
    await expectUnharmed(hall, revision, bystander);
  });

  it('a protocol that is too old or too new is refused by its code', async () => {
    const hall = await startHall();
    for (const protocol of [0, -1, 2, 1_000]) await expect(hall.connect('kiosk', { protocol })).rejects.toThrow('protocol-unsupported');
    await expect(hall.connect('kiosk', { protocol: 1.5 })).rejects.toThrow('malformed');
    expect(await hall.metric('tinghao_refused_connections_total', { code: 'protocol-unsupported' })).toBe(4);
    await expectUnharmed(hall, await hall.revision());
  });

  it('a line that is broken by garbage is counted', async () => {
    const hall = await startHall();
    const line = await openRawSocket(hall.url, hall.enrol('kiosk'));
    line.write(textFrame('xyz'));
    await line.closed;
    expect(await hall.metric('tinghao_ended_connections_total', { reason: 'parse error' })).toBe(1);
  });
});
