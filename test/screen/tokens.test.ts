import { describe, expect, test } from 'vitest';
import { TOKENS, cssSource, cssSources, vueSources } from './sources.ts';

const COLOUR_NAMES = 'white|black|red|green|blue|gray|grey|orange|yellow|silver|teal|navy';
const RAW_COLOUR = new RegExp(
  String.raw`#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|:\s[^;]*(?<![\w-])(?:${COLOUR_NAMES})(?![\w-])`,
  'i',
);

const withoutComments = (css: string): string => css.replaceAll(/\/\*[\s\S]*?\*\//g, '');
const styleOf = (vue: string): string =>
  [...vue.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => css).join('');
const templateOf = (vue: string): string => /<template>[\s\S]*<\/template>/.exec(vue)?.[0] ?? '';

const styles: readonly (readonly [string, string])[] = [
  ...Object.keys(cssSources).map((path) => [path, withoutComments(cssSource(path))] as const),
  ...Object.entries(vueSources).map(([path, vue]) => [path, withoutComments(styleOf(vue))] as const),
];
const outsideTokens = styles.filter(([path]) => path !== TOKENS);

test('the pattern knows a raw colour from a token', () => {
  expect('color: #fff').toMatch(RAW_COLOUR);
  expect('background: rgb(0 0 0 / 10%)').toMatch(RAW_COLOUR);
  expect('border: 1px solid white').toMatch(RAW_COLOUR);
  expect('color: var(--color-white-space); white-space: nowrap').not.toMatch(RAW_COLOUR);
});

describe('no colour outside tokens.css', () => {
  test.each(outsideTokens)('%s', (_path, css) => {
    expect(css).not.toMatch(RAW_COLOUR);
  });

  test.each(Object.entries(vueSources))('template of %s', (_path, vue) => {
    expect(templateOf(vue)).not.toMatch(/(?:fill|stroke|color)="(?!none|currentColor)[^"]/);
  });
});

describe('every custom property that is used exists', () => {
  const isDefined = (name: string, css: string): boolean =>
    new RegExp(`${name}['"]?\\s*:`).test(css) || new RegExp(`${name}:`).test(cssSource(TOKENS));

  test.each(styles)('%s', (path, css) => {
    const whole = vueSources[path] ?? css;
    const used = [...css.matchAll(/var\((--[\w-]+)/g)]
      .map(([, name]) => name!)
      .filter((name) => !name.startsWith('--el-'));
    expect(used.filter((name) => !isDefined(name, whole))).toEqual([]);
  });
});

test('a kiosk has targets of 96 px, 120 in elder mode, and text of 28 px, 40 in elder mode', () => {
  const css = cssSource(TOKENS);
  const block = (selector: string): string => {
    const start = css.indexOf(`\n${selector} {`);
    return css.slice(start, css.indexOf('}', start));
  };
  const px = (selector: string, name: string): number =>
    Number(new RegExp(`${name}: (\\d+)px`).exec(block(selector))?.[1] ?? NaN);
  const kiosk = "[data-surface='kiosk']";
  const elder = "[data-surface='kiosk'][data-mode='elder']";
  expect(px(kiosk, '--target')).toBeGreaterThanOrEqual(96);
  expect(px(elder, '--target')).toBeGreaterThanOrEqual(120);
  expect(px(kiosk, '--text-small')).toBeGreaterThanOrEqual(28);
  expect(px(elder, '--text-small')).toBeGreaterThanOrEqual(40);
  expect(px(kiosk, '--space-2')).toBeGreaterThanOrEqual(16);
});

test('motion stays under 200 ms', () => {
  const durations = [...cssSource(TOKENS).matchAll(/--motion[\w-]*: (\d+)ms/g)].map(([, ms]) => Number(ms));
  expect(durations.length).toBeGreaterThan(1);
  expect(Math.max(...durations)).toBeLessThan(200);
});
