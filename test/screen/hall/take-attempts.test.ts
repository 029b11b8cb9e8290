import { expect, test } from 'vitest';
import type { RefusalCode } from '#protocol/errors.ts';
import { createTakeAttempts } from '#screen/hall/take-attempts.ts';

const deeds = { serviceId: 'deeds', classId: 'ordinary', language: 'zh' } as const;
const refused = (code: RefusalCode) => ({ ok: false, code, retryable: false }) as const;

function attempts() {
  let keys = 0;
  return createTakeAttempts(() => `key-${(keys += 1)}`);
}

test.each(['hall-unreachable', 'storage-unavailable'] as const)(
  'after %s the next try is the same command, whatever became of the first',
  (code) => {
    const takes = attempts();
    const first = takes.begin(deeds);
    expect(takes.heard(first, refused(code))).toBe(true);
    expect(takes.begin(deeds)).toBe(first);
    expect(takes.begin({ ...deeds, serviceId: 'fund' }).commandId).not.toBe(first.commandId);
  },
);

test('after an answer that was heard, and for the next person, it is another', () => {
  const takes = attempts();
  const first = takes.begin(deeds);
  takes.heard(first, refused('quota-reached'));
  const second = takes.begin(deeds);
  takes.heard(second, { ok: true, revision: 1, answer: {} });
  const third = takes.begin(deeds);
  takes.forget();
  expect(takes.heard(third, refused('quota-reached'))).toBe(false);
  const fourth = takes.begin(deeds);
  expect(new Set([first, second, third, fourth].map(({ commandId }) => commandId)).size).toBe(4);
  expect(new Set([first, second, third, fourth].map(({ payload }) => payload.visitKey)).size).toBe(4);
});
