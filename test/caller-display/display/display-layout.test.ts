import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayLayout, type Panel } from '#caller-display/display/display-layout.ts';

const aPanel = (changes: Partial<Panel> = {}): Panel => ({
  widthPx: 1920,
  heightPx: 1080,
  diagonalInches: 55,
  distanceM: 15,
  numberGlyphs: 5,
  counterGlyphs: 3,
  ...changes,
});

describe('how many rows a panel carries', () => {
  test.each([
    [55, 15, 3],
    [55, 10, 4],
    [55, 8, 5],
    [65, 15, 3],
    [75, 15, 4],
    [98, 15, 6],
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
    const layout = displayLayout(aPanel({ widthPx: 1080, heightPx: 1920 }));
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
  numberGlyphs: fc.integer({ min: 4, max: 7 }),
  counterGlyphs: fc.integer({ min: 1, max: 8 }),
});

test('more than one row only where every digit is high enough, unless the width forbids it', () => {
  fc.assert(
    fc.property(anyPanel, (panel) => {
      const layout = displayLayout(panel);
      const rowPx = layout.numberPx * 0.734 * (layout.stacked ? 2.05 : 1.14);
      expect(layout.rows * rowPx).toBeLessThanOrEqual(panel.heightPx);
      const isNarrow = layout.rows * rowPx < panel.heightPx * 0.6;
      if (layout.rows > 1 && !isNarrow) expect(layout.digitMm).toBeGreaterThanOrEqual(layout.neededMm * 0.6);
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
