import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { counterRanges } from '#domain/catalogue/counter-ranges.ts';
import { columnsOf, printable, wrapColumns } from '#kiosk/agent/slip/printer-columns.ts';

describe('printer columns', () => {
  it('counts what the printer draws, not what Unicode calls wide', () => {
    expect(columnsOf('A12')).toBe(3);
    expect(columnsOf('窗口')).toBe(4);
    expect(columnsOf('𠮷')).toBe(2);
    expect(columnsOf('·')).toBe(2);
    expect(columnsOf('“é”')).toBe(6);
  });

  it('agrees with the encoder: one byte is one column', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const clean = printable(text);
        const expected = Array.from(clean, (c) => (iconv.encode(c, 'gb18030').length === 1 ? 1 : 2));
        expect(columnsOf(clean)).toBe(expected.reduce((sum: number, n) => sum + n, 0));
      }),
    );
  });

  it('lets no command of the printer through in a name', () => {
    expect(printable('社保\x1b\x69区\n\x10\x04')).toBe('社保 i区 ');
    expect(printable('e\u0301\u200b\ufe0f')).toBe('é');
  });
});

describe('wrapping', () => {
  it('keeps words, and punctuation with what it belongs to', () => {
    expect(wrapColumns('Transfer of real estate', 12)).toEqual(['Transfer of', 'real estate']);
    expect(wrapColumns('一二三四，五', 8)).toEqual(['一二三', '四，五']);
    expect(wrapColumns('一二三（四）', 8)).toEqual(['一二三', '（四）']);
  });

  it('breaks what is longer than a line, never inside a double-width character', () => {
    expect(wrapColumns('𠮷𠮷𠮷', 5)).toEqual(['𠮷𠮷', '𠮷']);
    expect(wrapColumns('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('says with … that something is left out', () => {
    expect(wrapColumns('一二三四五六', 4, 2)).toEqual(['一二', '三…']);
  });

  it('never exceeds the columns and loses nothing but white space', () => {
    const word = fc.constantFrom('窗口', 'counter', '，', '（', '）', ' ', '𠮷', 'A12', '·', 'x'.repeat(40));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.integer({ min: 2, max: 48 }), (words, columns) => {
        const text = words.join('');
        const lines = wrapColumns(text, columns);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

describe('counter ranges', () => {
  it('joins three or more in a row', () => {
    expect(counterRanges(['A03', 'A01', 'A02', 'A10', 'A12', 'A11', 'B7'])).toEqual([
      'A01-A03',
      'A10-A12',
      'B7',
    ]);
    expect(counterRanges(['A1', 'A2', '总台'])).toEqual(['A1 A2', '总台']);
    expect(counterRanges(['9', '10', '11'])).toEqual(['9', '10 11']);
  });
});
