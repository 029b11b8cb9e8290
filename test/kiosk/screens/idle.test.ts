import { expect, test } from 'vitest';
import { IDLE_S, WARNING_S, idlePhaseOf } from '#kiosk/screens/idle.ts';

test('after a minute comes a question of at least 20 seconds, then everything is wiped', () => {
  expect(IDLE_S).toBe(60);
  expect(WARNING_S).toBeGreaterThanOrEqual(20);
  expect(idlePhaseOf(59)).toEqual({ kind: 'present' });
  expect(idlePhaseOf(60)).toEqual({ kind: 'warning', leftS: WARNING_S });
  expect(idlePhaseOf(60 + WARNING_S - 1)).toEqual({ kind: 'warning', leftS: 1 });
  expect(idlePhaseOf(60 + WARNING_S)).toEqual({ kind: 'gone' });
});
