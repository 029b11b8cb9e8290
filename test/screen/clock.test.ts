import { createApp, effectScope, h } from 'vue';
import { describe, expect, test } from 'vitest';
import { createScreenClock, formatDate, formatTime, provideScreenClock, useNow } from '#screen/clock.ts';

/** 2026-11-23 07:05:09 in the hall, one hour before midnight in London. */
const MORNING_MS = Date.UTC(2026, 10, 22, 23, 5, 9);

describe('time on a screen', () => {
  test('is the hall’s, with 24 hours', () => {
    expect(formatTime(MORNING_MS)).toBe('07:05');
    expect(formatTime(MORNING_MS + 13 * 3_600_000)).toBe('20:05');
    expect(formatTime(Date.UTC(2026, 10, 22, 16, 0, 0))).toBe('00:00');
  });

  test('has its date in both languages', () => {
    expect(formatDate(MORNING_MS, 'zh-CN')).toBe('11月23日 星期一');
    expect(formatDate(MORNING_MS, 'en')).toBe('Monday 23 November');
  });

  test('goes by the hall’s clock when the machine’s is wrong', () => {
    const machine = createScreenClock();
    const hall = createScreenClock(() => 86_400_000);
    expect(Math.round((hall.nowMs() - machine.nowMs()) / 3_600_000)).toBe(24);
  });
});

test('useNow moves with the clock it was given and lets go of it with its scope', () => {
  let nowMs = MORNING_MS;
  const ticks = new Set<() => void>();
  const app = createApp(() => h('div'));
  provideScreenClock(app, {
    nowMs: () => nowMs,
    every: (_periodMs, tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
  });
  const scope = effectScope();
  const shown = app.runWithContext(() => scope.run(() => useNow()))!;

  nowMs += 60_000;
  expect(shown.value).toBe(MORNING_MS);
  for (const tick of ticks) tick();
  expect(shown.value).toBe(MORNING_MS + 60_000);

  scope.stop();
  expect(ticks.size).toBe(0);
});
