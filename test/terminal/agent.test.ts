import { describe, expect, it } from 'vitest';
import { wire, type Envelope } from '#protocol/wire.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import type { AgentDeps } from '#terminal/agent.ts';
import { aHeartbeat } from '../support/fake-hall.ts';
import { createManualTimers } from '../support/manual-timers.ts';
import { eventually } from '../support/terminal.ts';
import { useAgents } from '../support/watched-agent.ts';

const { hall, start, watcher, online } = useAgents();

const aCall: Envelope = {
  name: 'ticket.callNext',
  commandId: 'command-1',
  payload: { counterId: 'a12', seenRevision: 7, extra: { kept: [1, null, '龘'] } },
  session: 'session-token',
};

describe('commands', () => {
  it('go to the hall unchanged, and their answer comes back unchanged', async () => {
    const accepted = { ok: true as const, revision: 9, answer: { number: 'A001' } };
    hall().answerCommand = () => accepted;
    const { socket } = await online(await start());
    expect(await socket.emitWithAck(wire.command, aCall)).toEqual(accepted);
    expect(hall().heard).toEqual([{ name: wire.command, message: aCall }]);
  });

  it('bring refusals back with their details', async () => {
    const refused = {
      ok: false as const,
      code: 'counter-moved' as const,
      retryable: false,
      details: { revision: 8 },
    };
    hall().answerCommand = () => refused;
    const { socket } = await online(await start());
    expect(await socket.emitWithAck(wire.command, aCall)).toEqual(refused);
  });

  it.each([
    ['no id', { name: 'ticket.take', payload: {} }],
    ['not an object', 'x'],
    ['a stranger key', { ...aCall, sudo: 1 }],
  ])('with %s are refused here and go no further', async (_, message) => {
    const { socket } = await online(await start());
    expect(await socket.emitWithAck(wire.command, message)).toMatchObject({ ok: false, code: 'malformed' });
    expect(hall().heard).toEqual([]);
  });

  it('are refused at once while the hall is away, and are not sent later', async () => {
    const { socket, device } = await online(await start());
    await hall().goAway();
    await eventually(() => !device().link.online);
    expect(await socket.emitWithAck(wire.command, aCall)).toMatchObject({
      ok: false,
      code: 'hall-unreachable',
      retryable: true,
    });
    await hall().comeBack();
    await eventually(() => device().link.online);
    expect(await socket.emitWithAck(wire.command, { ...aCall, commandId: 'command-2' })).toMatchObject({
      ok: true,
    });
    const commandIds = hall().heard.map(({ message }) => (message as Envelope).commandId);
    expect(commandIds).toEqual(['command-2']);
  });

  it('that the hall got and never answered are refused when the line breaks', async () => {
    hall().answerCommand = () => new Promise(() => {});
    const { socket } = await online(await start());
    const answer = socket.emitWithAck(wire.command, aCall);
    await eventually(() => hall().heard.length > 0);
    await hall().goAway();
    expect(await answer).toMatchObject({ ok: false, code: 'hall-unreachable' });
  });
});

describe('queries', () => {
  it('go to the hall unless the contract says they are the agent’s own', async () => {
    const { socket } = await online(await start());
    const query = { name: 'ticket.find', payload: { number: 'A001' }, session: 's' };
    expect(await socket.emitWithAck(wire.query, query)).toMatchObject({ ok: true });
    expect(hall().heard).toEqual([{ name: wire.query, message: query }]);
  });

  it('of the agent’s own are never forwarded', async () => {
    const printed: unknown[] = [];
    const equip: AgentDeps['equip'] = () => ({
      localQueries: {
        'slip.print': async (payload) => {
          printed.push(payload);
          return { printed: true };
        },
      },
      close: async () => {},
    });
    const { socket } = await online(await start({ equip }));
    const ask = (payload: unknown) => socket.emitWithAck(wire.query, { name: 'slip.print', payload });
    expect(await ask({ ticketId: 'ticket-1' })).toEqual({ ok: true, answer: { printed: true } });
    expect(await ask({ ticketId: '' })).toMatchObject({ ok: false, code: 'malformed' });
    expect(printed).toEqual([{ ticketId: 'ticket-1' }]);
    expect(hall().heard).toEqual([]);
  });
});

describe('the link', () => {
  it('passes heartbeats and telemetry on', async () => {
    const { socket, heartbeats } = await online(await start());
    hall().heartbeat(aHeartbeat(3));
    expect(await eventually(() => heartbeats[0])).toEqual(aHeartbeat(3));
    const shown = { kind: 'shown', ticketId: 'ticket-1', callId: 'call-1', times: 1 };
    socket.emit(wire.telemetry, { kind: 'nonsense' });
    socket.emit(wire.telemetry, shown);
    await eventually(() => hall().heard.length > 0);
    expect(hall().heard).toEqual([{ name: wire.telemetry, message: shown }]);
  });

  it('connects anew when the hall has been silent for 5 s', async () => {
    const timers = createManualTimers();
    const { device } = await online(await start({ system: { ...createNodeSystem(), timers } }));
    const since = device().link.since;
    await timers.advance(5_000);
    await eventually(() => device().link.online && device().link.since > since);
    expect(device().link.online).toBe(true);
  });

  it('comes back by itself from a hall that sent it away politely', async () => {
    const { device } = await online(await start());
    const since = device().link.since;
    hall().dismissAll();
    await eventually(() => device().link.online && device().link.since > since);
    expect(device().link.online).toBe(true);
  });

  it('says why the hall turned the terminal away, and asks again', async () => {
    const timers = createManualTimers();
    const rightToken = hall().token;
    hall().token = 'another-token-0123456789';
    const { device } = await watcher(await start({ system: { ...createNodeSystem(), timers } }));
    await eventually(() => device().link.code === 'not-authenticated');
    hall().token = rightToken;
    await timers.advance(5_000);
    await eventually(() => device().link.online);
    expect(device().link).not.toHaveProperty('code');
  });
});
