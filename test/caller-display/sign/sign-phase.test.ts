import { describe, expect, test } from 'vitest';
import { isAnnouncement, nextPhaseAtMs, signPhase } from '#caller-display/sign/sign-phase.ts';
import { signOf, type SignView } from '#domain/views/sign.ts';
import { aHallDay, type HallDay } from '#test/support/hall-day.ts';

function aCalledHall(): HallDay {
  const hall = aHallDay();
  hall.open('c1');
  hall.take('deeds');
  hall.take('deeds');
  hall.callNext('c1');
  return hall;
}

const signAt = (hall: HallDay): SignView => signOf(hall.hall, 'c1');

describe('what a sign announces', () => {
  test('a call that was not there before', () => {
    const hall = aHallDay();
    hall.open('c1');
    hall.take('deeds');
    const before = signAt(hall);
    hall.callNext('c1');
    expect(isAnnouncement(before, signAt(hall))).toBe(true);
    expect(isAnnouncement(signAt(hall), signAt(hall))).toBe(false);
  });

  test('a recall, and the next call at the same counter', () => {
    const hall = aCalledHall();
    const called = signAt(hall);
    hall.recall('c1');
    const recalled = signAt(hall);
    expect(isAnnouncement(called, recalled)).toBe(true);
    hall.start('c1');
    expect(isAnnouncement(recalled, signAt(hall))).toBe(false);
    hall.finish('c1');
    hall.callNext('c1');
    expect(isAnnouncement(recalled, signAt(hall))).toBe(true);
  });

  test('nothing that stood there when the page opened', () => {
    expect(isAnnouncement(undefined, signAt(aCalledHall()))).toBe(false);
  });
});

describe('the phase of a sign', () => {
  test('a call flashes 5 s, is highlighted to 20 s, and then stands', () => {
    const sign = signAt(aCalledHall());
    const at = (nowMs: number) => signPhase(sign, 1_000, nowMs);
    expect([at(1_000), at(5_999), at(6_000), at(20_999), at(21_000)]).toEqual([
      'flashing',
      'flashing',
      'highlighted',
      'highlighted',
      'called',
    ]);
    expect([nextPhaseAtMs(1_000, 1_000), nextPhaseAtMs(1_000, 6_000), nextPhaseAtMs(1_000, 21_000)]).toEqual([
      6_000,
      21_000,
      undefined,
    ]);
  });

  test('a call from before the page opened stands without flashing', () => {
    expect(signPhase(signAt(aCalledHall()), undefined, 1_000)).toBe('called');
    expect(nextPhaseAtMs(undefined, 1_000)).toBeUndefined();
  });

  test('serving is calm at once; without a call the state of the counter stands', () => {
    const hall = aCalledHall();
    hall.start('c1');
    expect(signPhase(signAt(hall), 1_000, 1_001)).toBe('serving');
    hall.finish('c1');
    expect(signPhase(signAt(hall), 1_000, 1_001)).toBe('open');
    hall.pause('c1');
    expect(signPhase(signAt(hall), undefined, 0)).toBe('paused');
    hall.close('c1');
    expect(signPhase(signAt(hall), undefined, 0)).toBe('closed');
  });
});
