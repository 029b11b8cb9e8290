import { describe, expect, it } from 'vitest';
import { startHall } from '#test/support/hall-server.ts';
import { binaryFrame, commandFrame, openRawSocket, textFrame } from '#test/support/raw-line.ts';
import { expectUnharmed, KB, nested, take } from './unharmed.ts';

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
    for (const [body, code] of bodies)
      expect(await kiosk.raw('command', body), JSON.stringify(body)?.slice(0, 80)).toMatchObject({
        ok: false,
        code,
      });
    for (const body of [null, 7, {}, { name: 'ticket.find' }])
      expect(await kiosk.raw('query', body)).toMatchObject({ ok: false });
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
    line.write(
      textFrame(`421["command",{"name":"ticket.take","commandId":"c-1","payload":${nested(10_000)}}]`),
    );
    await line.until('431[{"ok":false,"code":"malformed"');
    // With a binary part the library walks through all levels, and gives up.
    line.write(
      Buffer.concat([
        textFrame(`451-2["command",${nested(10_000)},{"_placeholder":true,"num":0}]`),
        binaryFrame(Buffer.from([1])),
      ]),
    );
    line.write(commandFrame(3, { name: 'ticket.take', commandId: 'c-2', payload: {} }));
    await Promise.race([line.closed, line.until('433[')]);
    line.end();
    await expectUnharmed(hall, revision);
  });

  it('between 64 KB and 1 MB a message is too large and the connection goes on; above, it is cut', async () => {
    const hall = await startHall();
    const kiosk = await hall.connect('kiosk');
    const revision = await hall.revision();
    const sized = (bytes: number) => ({
      name: 'ticket.take',
      commandId: 'c-1',
      payload: { ...take, pad: 'x'.repeat(bytes) },
    });
    expect(await kiosk.raw('command', sized(63 * KB))).toMatchObject({ code: 'malformed' });
    for (const bytes of [64 * KB, 200 * KB, 1_000 * KB]) {
      expect(await kiosk.raw('command', sized(bytes))).toMatchObject({ ok: false, code: 'too-large' });
      expect(await kiosk.raw('query', sized(bytes))).toMatchObject({ ok: false, code: 'too-large' });
      expect(await kiosk.raw('join', { feed: 'x'.repeat(bytes) })).toMatchObject({
        ok: false,
        code: 'too-large',
      });
    }
    // Characters of three bytes count as what they are on the line.
    expect(await kiosk.raw('command', { ...sized(0), payload: '号'.repeat(23 * KB) })).toMatchObject({
      code: 'too-large',
    });
    expect(await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'too-large' })).toBe(
      10,
    );
    kiosk.socket.emit('command', sized(1_100 * KB), () => undefined);
    expect(await kiosk.ended).toMatch(/transport/);
    await expectUnharmed(hall, revision);
  });

  it('a large message and a small one in the same piece are told apart, in either order', async () => {
    const hall = await startHall();
    const line = await openRawSocket(hall.url, hall.enrol('kiosk'));
    const small = (id: string) => ({
      name: 'ticket.take',
      commandId: id,
      payload: { ...take, visitKey: id.padEnd(22, 'v') },
    });
    const large = (id: string) => ({ ...small(id), payload: 'x'.repeat(100 * KB) });
    line.write(
      Buffer.concat([
        commandFrame(1, small('first')),
        commandFrame(2, large('second')),
        commandFrame(3, small('third')),
      ]),
    );
    for (const id of [1, 2, 3]) await line.until(`43${id}[`);
    const answers = [...line.heard().matchAll(/43(\d)\[\{"ok":(true|false)(?:,"code":"([a-z-]+)")?/g)].map(
      (match) => match.slice(1, 4),
    );
    expect(answers.sort()).toEqual([
      ['1', 'true', undefined],
      ['2', 'false', 'too-large'],
      ['3', 'true', undefined],
    ]);
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
    expect(
      await hall.metric('tinghao_refused_messages_total', { via: 'socket', code: 'unknown-command' }),
    ).toBe(1);
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
    for (const protocol of [0, -1, 2, 1_000])
      await expect(hall.connect('kiosk', { protocol })).rejects.toThrow('protocol-unsupported');
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
