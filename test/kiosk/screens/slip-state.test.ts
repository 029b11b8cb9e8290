import { expect, test } from 'vitest';
import { canPrintAgain, isPrinterReady, slipStateOf, stayS } from '#kiosk/screens/slip-state.ts';

const shown = (shownForS: number, hasDevices = true) => ({ hasDevices, shownForS });

test('paper is printed only when the terminal says so', () => {
  expect(slipStateOf({ status: 'printing' }, shown(30))).toEqual({ kind: 'printing' });
  expect(slipStateOf({ status: 'printed' }, shown(0))).toEqual({ kind: 'printed' });
  expect(slipStateOf({ status: 'not-printed', reason: 'paper-out' }, shown(0))).toEqual({
    kind: 'not-printed',
    reason: 'paper-out',
  });
});

test('a terminal that says nothing has no printer; where there is no terminal, that is known at once', () => {
  expect(slipStateOf(undefined, shown(3))).toEqual({ kind: 'awaited' });
  expect(slipStateOf(undefined, shown(4))).toEqual({ kind: 'not-printed', reason: 'none' });
  expect(slipStateOf(undefined, shown(0, false))).toEqual({ kind: 'not-printed', reason: 'none' });
});

test('without paper the number stays long enough to be written down', () => {
  expect(stayS({ kind: 'printed' })).toBe(15);
  expect(stayS({ kind: 'not-printed', reason: 'gone' })).toBeGreaterThanOrEqual(45);
  expect(stayS({ kind: 'printing' })).toBeGreaterThanOrEqual(45);
});

test('printing again is offered where it can help', () => {
  expect(canPrintAgain({ kind: 'not-printed', reason: 'paper-out' })).toBe(true);
  expect(canPrintAgain({ kind: 'not-printed', reason: 'none' })).toBe(false);
  expect(canPrintAgain({ kind: 'printed' })).toBe(false);
});

test('a printer is ready when nothing at all is amiss', () => {
  const fine = {
    state: 'answering',
    online: true,
    paper: 'near-end',
    coverOpen: false,
    error: 'none',
  } as const;
  expect(isPrinterReady(fine)).toBe(true);
  expect(isPrinterReady({ ...fine, paper: 'out' })).toBe(false);
  expect(isPrinterReady({ ...fine, coverOpen: true })).toBe(false);
  expect(isPrinterReady({ ...fine, error: 'cutter' })).toBe(false);
  expect(isPrinterReady({ ...fine, online: false })).toBe(false);
  expect(isPrinterReady({ state: 'none' })).toBe(false);
  expect(isPrinterReady(undefined)).toBe(false);
});
