import { describe, expect, test } from 'vitest';
import { pageAt, pageTops } from '#kiosk/screens/page-tops.ts';
import type { Block } from '#kiosk/screens/page-tops.ts';

const block = (top: number, height: number, changes: Partial<Block> = {}): Block => ({
  top,
  bottom: top + height,
  leads: false,
  under: 0,
  ...changes,
});
/** Ten rows of 100. */
const rows = Array.from({ length: 10 }, (_, index) => block(index * 100, 100));

describe('pages of a tall content', () => {
  test('one that fits is one page', () => {
    expect(pageTops(rows, 1000, 1000)).toEqual([0]);
  });

  test('begin with the row that the page before would cut', () => {
    expect(pageTops(rows, 450, 1000)).toEqual([0, 400, 800]);
  });

  test('a heading moves on with its first row', () => {
    const heading = block(300, 100, { leads: true });
    expect(pageTops([...rows.slice(0, 3), heading, ...rows.slice(4)], 450, 1000)).toEqual([0, 300, 700]);
  });

  test('a heading that stays above leaves room for itself', () => {
    const under = rows.map((row, index) => (index === 0 ? { ...row, leads: true } : { ...row, under: 100 }));
    expect(pageTops(under, 450, 1000)).toEqual([0, 300, 600]);
  });

  test('a block taller than a page is passed in pages, and nothing stands still', () => {
    expect(pageTops([block(0, 1000)], 300, 1000)).toEqual([0, 300, 600, 900]);
    expect(pageTops([block(0, 50), block(50, 950, { under: 50 })], 300, 1000)).toEqual([0, 300, 600, 900]);
    expect(pageTops([], 300, 700)).toEqual([0, 300, 600]);
  });

  test('a page without height is not divided by', () => {
    expect(pageTops(rows, 0, 1000)).toEqual([0]);
  });
});

test('the last page is reached where scrolling ends', () => {
  expect(pageAt([0, 400, 800], 0, 550)).toBe(0);
  expect(pageAt([0, 400, 800], 399.5, 550)).toBe(1);
  expect(pageAt([0, 400, 800], 550, 550)).toBe(2);
});
