import { describe, expect, it } from 'vitest';
import type { CallView } from '#domain/views/sign.ts';
import type { Telemetry } from '#protocol/wire.ts';
import { createDisplay } from './display.ts';
import { createHallClock } from './hall-clock.ts';
import { readOptions } from './options.ts';
import { isUnderstood } from './refusals.ts';

const call = (callId: string, order: number, times = 1): CallView => ({
  callId,
  ticketId: `ticket-${callId}`,
  number: 'A001',
  serviceId: 'deeds',
  status: 'called',
  order,
  times,
  calledAt: 0,
  lastCalledAt: 0,
});

function message(...calls: readonly (CallView | undefined)[]) {
  const entries = Object.fromEntries(
    calls.map((one, index) => [
      `counter:c${index}`,
      { counterId: `c${index}`, status: 'open', ...(one ? { call: one } : {}) },
    ]),
  );
  return { feed: 'zone', key: 'tax', after: 0, upTo: 1, whole: false, entries: { day: {}, ...entries } };
}

describe('a display', () => {
  it('shows and acknowledges each call once, oldest first, and each repetition', () => {
    const display = createDisplay('tax');
    const shown: Telemetry[] = [];
    const terminal = { telemetry: (one: Telemetry) => void shown.push(one) };
    display.show(message(call('b', 2), call('a', 1), undefined), terminal);
    display.show(message(call('b', 2), call('a', 1, 2)), terminal);
    expect(display.sightings.map(({ callId }) => callId)).toEqual(['a', 'b']);
    expect(shown).toEqual([
      { kind: 'shown', ticketId: 'ticket-a', callId: 'a', times: 1 },
      { kind: 'shown', ticketId: 'ticket-b', callId: 'b', times: 1 },
      { kind: 'shown', ticketId: 'ticket-a', callId: 'a', times: 2 },
    ]);
  });
});

describe("the hall's clock at a terminal", () => {
  it('runs as fast as the hall and is never ahead of it', () => {
    let elapsed = 1_000;
    const clock = createHallClock(() => elapsed);
    clock.set(50_000, 60);
    elapsed += 100;
    expect(clock.now()).toBe(56_000);
    clock.heard(55_000);
    expect(clock.now()).toBe(56_000);
    clock.heard(56_600);
    expect(clock.now()).toBe(56_600);
    expect(clock.realUntil(62_600)).toBe(100);
    expect(clock.realUntil(1)).toBe(0);
  });

  it('goes slower from where it stands', () => {
    const elapsed = 0;
    const clock = createHallClock(() => elapsed);
    clock.set(50_000, 60);
    clock.set(50_000, 1);
    expect(clock.realUntil(50_500)).toBe(500);
  });
});

describe('the options', () => {
  it('have a default each', () => {
    expect(readOptions([])).toEqual({ url: 'http://127.0.0.1:8100', speed: 60, seed: 1, arrivals: 2_000 });
  });

  it('are read from the command line', () => {
    const args = [
      '--url',
      'http://hall:8300/',
      '--speed',
      '300',
      '--seed',
      '7',
      '--arrivals',
      '500',
      '--until',
      '10:30',
    ];
    expect(readOptions(args)).toEqual({
      url: 'http://hall:8300',
      speed: 300,
      seed: 7,
      arrivals: 500,
      until: '10:30',
    });
  });

  it.each([
    [['--speed', 'fast']],
    [['--until', '08:00']],
    [['--until', '25:00']],
    [['--arrivals', '0']],
    [['--url', 'hall']],
  ])('name what is wrong in %j', (args) => {
    expect(() => readOptions(args)).toThrow(args[0]);
  });
});

describe('refusals', () => {
  it('are understood where a person sees why, and nowhere else', () => {
    expect(isUnderstood('ticket.callNext', 'nobody-waiting')).toBe(true);
    expect(isUnderstood('ticket.callNext', 'counter-moved')).toBe(false);
    expect(isUnderstood('ticket.finish', 'nobody-waiting')).toBe(false);
    expect(isUnderstood('ticket.markNoShow', 'too-early-for-no-show')).toBe(false);
  });
});
