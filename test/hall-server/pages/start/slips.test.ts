import { describe, expect, test } from 'vitest';
import { fetchSlips } from '#hall-server/pages/start/adapters/fetch-slips.ts';
import { PAPER_DOTS, drawLine, headingOf, newestOf } from '#hall-server/pages/start/slips.ts';
import type { PrintedSlip, SlipLine } from '#hall-server/pages/start/slips.ts';

const aLine = (text: string, changes: Partial<SlipLine> = {}): SlipLine => ({
  text,
  width: 1,
  height: 1,
  bold: false,
  align: 'left',
  ...changes,
});
const aSlip = (bytes: number, ...lines: SlipLine[]): PrintedSlip => ({ bytes, lines, isCut: true });

describe('a line on the paper', () => {
  test('gives ASCII one column of 12 dots and everything else two', () => {
    expect(drawLine(aLine('业务  ID card')).runs).toEqual([
      { text: '业务', x: 0, width: 48 },
      { text: 'ID card', x: 72, width: 84 },
    ]);
    expect(drawLine(aLine('□ é')).runs).toEqual([
      { text: '□', x: 0, width: 24 },
      { text: 'é', x: 36, width: 24 },
    ]);
  });

  test('multiplies the cell by the size of the characters', () => {
    const { height, runs } = drawLine(aLine('B007', { width: 6, height: 3 }));
    expect(height).toBe(72);
    expect(runs).toEqual([{ text: 'B007', x: 0, width: 288 }]);
  });

  test('stands where the printer aligns it, the spaces within the line counted', () => {
    expect(drawLine(aLine('A1  B2', { align: 'center' })).runs[0]?.x).toBe((PAPER_DOTS - 72) / 2);
    const [, last] = drawLine(aLine('A1  B2', { align: 'right' })).runs;
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(PAPER_DOTS);
  });

  test('is empty paper when there is nothing on it', () => {
    expect(drawLine(aLine('')).runs).toEqual([]);
    expect(drawLine(aLine('   ')).runs).toEqual([]);
  });

  test('counts a character beyond the first plane once', () => {
    expect(drawLine(aLine('𠮷')).runs).toEqual([{ text: '𠮷', x: 0, width: 24 }]);
  });
});

test('the three newest are laid out', () => {
  expect(newestOf([5, 4, 3, 2].map((bytes) => aSlip(bytes))).map(({ bytes }) => bytes)).toEqual([5, 4, 3]);
});

test('a slip is named by its largest line', () => {
  expect(headingOf(aSlip(1, aLine('hall'), aLine(' B007 ', { height: 6 }), aLine('', { height: 8 })))).toBe(
    'B007',
  );
  expect(headingOf(aSlip(1))).toBe('');
});

test('what the server does not say leaves the page as it is', async () => {
  const slips = [aSlip(9, aLine('B007'))];
  expect(await fetchSlips(() => Promise.resolve(Response.json(slips)))).toEqual(slips);
  expect(await fetchSlips(() => Promise.resolve(Response.json({}, { status: 503 })))).toBeUndefined();
  expect(await fetchSlips(() => Promise.reject(new TypeError('cut')))).toBeUndefined();
});
