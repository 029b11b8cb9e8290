import { describe, expect, test } from 'vitest';
import { adviceOn, waysOut } from '#kiosk/screens/refusal-advice.ts';
import { commands } from '#protocol/commands.ts';
import { refusals } from '#protocol/errors.ts';

const fund = {
  quotas: [
    { limit: 60 },
    { limit: 35, span: { from: '08:30', to: '12:00' } },
    { limit: 25, span: { from: '13:30', to: '17:00' } },
  ],
};

describe('ways out', () => {
  test.each([...commands['ticket.take'].refusals, 'hall-unreachable', 'storage-unavailable'] as const)(
    '%s has one',
    (code) => {
      expect(waysOut({ code, retryable: refusals[code].retryable }).length).toBeGreaterThan(0);
    },
  );

  test('the same again is offered only where it may succeed', () => {
    expect(waysOut({ code: 'hall-unreachable', retryable: true })).toEqual(['retry', 'other-service']);
    expect(waysOut({ code: 'quota-reached', retryable: false })).toEqual(['other-service']);
  });

  test('a class that staff must check can be changed here', () => {
    expect(waysOut({ code: 'class-not-self-service', retryable: false })[0]).toBe('change-class');
  });
});

describe('until when', () => {
  const refused = (
    code: 'quota-reached' | 'service-closed-now',
    details: Readonly<Record<string, unknown>>,
  ) => adviceOn({ code, retryable: false, details }, fund);

  test('a service that opens later says when', () => {
    expect(refused('service-closed-now', { opensAt: '13:30' })).toEqual({ kind: 'opens-at', time: '13:30' });
  });

  test('a full morning leaves the afternoon, a full afternoon another day', () => {
    expect(refused('quota-reached', { span: { from: '08:30', to: '12:00' } })).toEqual({
      kind: 'next-span',
      time: '13:30',
    });
    expect(refused('quota-reached', { span: { from: '13:30', to: '17:00' } })).toEqual({
      kind: 'another-day',
    });
    expect(refused('quota-reached', { limit: 60 })).toEqual({ kind: 'another-day' });
  });

  test('details that this version does not know are passed over', () => {
    expect(refused('quota-reached', { span: 'am' })).toEqual({ kind: 'another-day' });
    expect(refused('service-closed-now', {})).toEqual({ kind: 'opening-hours' });
  });

  test('what may pass is waited for, the rest goes to the desk', () => {
    expect(adviceOn({ code: 'server-stopping', retryable: true }, undefined)).toEqual({ kind: 'wait' });
    expect(adviceOn({ code: 'malformed', retryable: false }, undefined)).toEqual({ kind: 'desk' });
  });
});
