import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayLayout, type Panel } from '#caller-display/display/display-layout.ts';
import { textEms } from '#screen/display/text-ems.ts';

const aPanel = (changes: Partial<Panel> = {}): Panel => ({
  widthPx: 1920,
  heightPx: 1080,
  diagonalInches: 55,
  distanceM: 15,
  numberEms: textEms('AF001'),
  counterEms: textEms('A12'),
  ...changes,
});

describe('how many rows a panel carries', () => {
  test.each([
    [55, 15, 3],
    [55, 10, 4],
    [55, 8, 5],
    [65, 15, 3],
    [75, 15, 4],
    [98, 15, 5],
    [55, 25, 1],
    [55, 3, 8],
  ])('%i inches at %i m: %i', (diagonalInches, distanceM, rows) => {
    expect(displayLayout(aPanel({ diagonalInches, distanceM })).rows).toBe(rows);
  });

  test('55 inches of 1080p at 15 m: at most 4, and the digits a ninetieth of the distance', () => {
    const { rows, digitMm } = displayLayout(aPanel());
    expect(rows).toBeLessThanOrEqual(4);
    expect(digitMm).toBeGreaterThanOrEqual(15_000 / 90);
  });

  test('4K at scale 1 or 2 is the same board', () => {
    const fullHd = displayLayout(aPanel());
    const ultraHd = displayLayout(aPanel({ widthPx: 3840, heightPx: 2160 }));
    expect(ultraHd.rows).toBe(fullHd.rows);
    expect(ultraHd.digitMm).toBeCloseTo(fullHd.digitMm, 6);
  });

  test('portrait puts the counter under the number', () => {
    const layout = displayLayout(aPanel({ widthPx: 1080, heightPx: 1920, numberEms: textEms('A001') }));
    expect(layout).toMatchObject({ stacked: true, rows: 3 });
    expect(layout.digitMm).toBeGreaterThanOrEqual(15_000 / 90);
  });

  test('a panel too small for its hall shows one row, as large as it can be', () => {
    const layout = displayLayout(aPanel({ diagonalInches: 10, distanceM: 30 }));
    expect(layout.rows).toBe(1);
    expect(layout.digitMm).toBeLessThan(layout.neededMm);
    expect(layout.numberPx).toBeGreaterThan(300);
  });
});

const anyPanel = fc.record({
  widthPx: fc.integer({ min: 800, max: 3840 }),
  heightPx: fc.integer({ min: 480, max: 3840 }),
  diagonalInches: fc.integer({ min: 10, max: 110 }),
  distanceM: fc.integer({ min: 2, max: 40 }),
  numberEms: fc.double({ min: 2, max: 5, noNaN: true }),
  counterEms: fc.double({ min: 0.6, max: 5.5, noNaN: true }),
});

test('what the layout promises fits on the panel', () => {
  fc.assert(
    fc.property(anyPanel, (panel) => {
      const { rows, stacked, numberPx, counterPx } = displayLayout(panel);
      const widthPx = stacked
        ? Math.max(numberPx * panel.numberEms, counterPx * panel.counterEms)
        : numberPx * panel.numberEms + counterPx * panel.counterEms;
      expect(widthPx).toBeLessThan(panel.widthPx);
      expect(rows * numberPx * 0.734).toBeLessThan(panel.heightPx);
      expect(counterPx).toBeGreaterThanOrEqual(numberPx * 0.4 - 1e-6);
    }),
  );
});

test('more than one row only where each digit is high enough, unless the panel is too narrow for the number', () => {
  fc.assert(
    fc.property(anyPanel, (panel) => {
      const { rows, stacked, digitMm, neededMm, numberPx, counterPx } = displayLayout(panel);
      const besideNumber = 0.6 + panel.counterEms * (counterPx / numberPx);
      const widthEms = stacked ? Math.max(panel.numberEms, besideNumber) : panel.numberEms + besideNumber;
      const isFull = widthEms * numberPx > panel.widthPx * 0.8;
      if (rows > 1 && !isFull) expect(digitMm).toBeGreaterThanOrEqual(neededMm - 1e-6);
    }),
  );
});

test('rows never fall when the hall gets smaller', () => {
  fc.assert(
    fc.property(anyPanel, (panel) => {
      const near = displayLayout({ ...panel, distanceM: panel.distanceM / 2 });
      if (near.stacked === displayLayout(panel).stacked)
        expect(near.rows).toBeGreaterThanOrEqual(displayLayout(panel).rows);
    }),
  );
});

test('letters are wider than digits, W and M wider still, Chinese a full em', () => {
  expect(textEms('001')).toBeCloseTo(1.8, 5);
  expect(textEms('A01')).toBeGreaterThan(textEms('001'));
  expect(textEms('W01')).toBeGreaterThan(textEms('A01'));
  expect(textEms('综1')).toBeCloseTo(1.6, 5);
});
