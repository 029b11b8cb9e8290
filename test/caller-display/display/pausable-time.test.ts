import { expect, test } from 'vitest';
import { createPausableTime } from '#caller-display/display/pausable-time.ts';

function aTime() {
  let machineMs = 1_000;
  const time = createPausableTime(() => machineMs);
  return { time, pass: (ms: number) => void (machineMs += ms) };
}

test('stands still while paused and goes on from there', () => {
  const { time, pass } = aTime();
  pass(100);
  time.pause();
  pass(60_000);
  expect(time.now()).toBe(1_100);
  time.resume();
  expect(time.now()).toBe(1_100);
  pass(50);
  expect(time.now()).toBe(1_150);
});

test('pausing or resuming twice is once', () => {
  const { time, pass } = aTime();
  time.pause();
  pass(10);
  time.pause();
  pass(10);
  time.resume();
  time.resume();
  pass(5);
  expect(time.now()).toBe(1_005);
});
