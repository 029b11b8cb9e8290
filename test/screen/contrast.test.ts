import { describe, expect, test } from 'vitest';
import { TOKENS, cssSource } from './sources.ts';

type Palette = ReadonlyMap<string, string>;

function palette(selector: string): Palette {
  const css = cssSource(TOKENS);
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--color-([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name!, hex!]),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function ratio(colors: Palette, text: string, ground: string): number {
  const [textHex, groundHex] = [colors.get(text), colors.get(ground)];
  if (textHex === undefined || groundHex === undefined) throw new Error(`No token ${text} or ${ground}`);
  return contrast(textHex, groundHex);
}

const GROUNDS = ['canvas', 'surface', 'sunken'];
const HUES = [
  'accent',
  'waiting',
  'called',
  'serving',
  'held',
  'no-show',
  'finished',
  'ok',
  'warning',
  'alarm',
];

/** Every pair in which something is read. */
const bodyPairs: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-soft', ...HUES].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...HUES.flatMap((hue) => [hue, 'ink', 'ink-soft'].map((text) => [text, `${hue}-wash`] as const)),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-warning-fill', 'warning-fill'],
  ['on-alarm-fill', 'alarm-fill'],
];

test('the formula gives the published extremes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe.each([
  ['light', ':root'],
  ['dark', "[data-theme='dark']"],
])('%s theme', (_theme, selector) => {
  const colors = palette(selector);

  test.each(bodyPairs)('%s on %s reads at 7:1', (text, ground) => {
    expect(ratio(colors, text, ground)).toBeGreaterThanOrEqual(7);
  });

  test.each(GROUNDS)('outlines of controls stand out from %s at 3:1', (ground) => {
    expect(ratio(colors, 'line-strong', ground)).toBeGreaterThanOrEqual(3);
  });

  test('has a colour of its own for every token', () => {
    expect([...colors.keys()].sort()).toEqual([...palette(':root').keys()].sort());
  });
});
