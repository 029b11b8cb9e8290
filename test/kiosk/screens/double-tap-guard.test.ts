import { effectScope, ref } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useDoubleTapGuard } from '#kiosk/screens/use-double-tap-guard.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function aGuard() {
  const page = ref('taking');
  const scope = effectScope();
  const guard = scope.run(() => useDoubleTapGuard(() => page.value))!;
  const tap = (): boolean => {
    const event = new Event('click', { cancelable: true });
    guard.swallow(event);
    return event.defaultPrevented;
  };
  return { page, tap, close: () => scope.stop() };
}

test('a tap is swallowed only shortly after the page has turned under it', () => {
  const { page, tap, close } = aGuard();
  expect(tap()).toBe(false);
  page.value = 'number';
  expect(tap()).toBe(true);
  vi.advanceTimersByTime(399);
  expect(tap()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(tap()).toBe(false);
  close();
});

test('nothing runs on after the page is gone', () => {
  const { page, close } = aGuard();
  page.value = 'number';
  close();
  expect(vi.getTimerCount()).toBe(0);
});
