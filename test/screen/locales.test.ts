import { describe, expect, test } from 'vitest';
import { localeModules, pageFolder, pageSources, vueSources } from './sources.ts';

const SHARED = '../../shared/screen';
const folders = [...new Set(Object.keys(localeModules).map(pageFolder))];

/** Dotted keys and their sentences; `common` of shared/screen keeps its name, a page's own words stand at the top. */
function wordsOf(folder: string, language: 'zh-CN' | 'en'): ReadonlyMap<string, string> {
  const module = localeModules[`${folder}/locales/${language}.ts`];
  if (module === undefined) throw new Error(`${folder} has no ${language}`);
  const words = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') words.set(path.join('.'), value);
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, [...path, key]);
  };
  for (const [name, exported] of Object.entries(module)) walk(exported, name === 'common' ? ['common'] : []);
  return words;
}

/** Parameters in a sentence: {count}. */
const parametersOf = (sentence: string): string => (sentence.match(/\{\w+\}/g) ?? []).sort().join(' ');

/** Keys as they stand in the source; a key with ${…} in it is cut there and ends in a dot or a part of a name. */
function keysIn(source: string): readonly { readonly key: string; readonly whole: boolean }[] {
  const whole = [...source.matchAll(/(?<![\w.])\$?te?\(\s*(['"])([^'"]+)\1/g)].map(([, , key]) => ({
    key: key!,
    whole: true,
  }));
  const cut = [...source.matchAll(/(?<![\w.])\$?te?\(\s*`([^`$]+)\$\{/g)].map(([, key]) => ({
    key: key!,
    whole: false,
  }));
  return [...whole, ...cut];
}

function missingKeys(folder: string, source: string): readonly string[] {
  // Of a page's own words, shared code may count on the title only: the type PageWords asks for it.
  const own = folder === SHARED ? ['page.title'] : wordsOf(folder, 'zh-CN').keys();
  const known = [...wordsOf(SHARED, 'zh-CN').keys(), ...own];
  return keysIn(source)
    .filter(({ key, whole }) => !known.some((word) => (whole ? word === key : word.startsWith(key))))
    .map(({ key }) => key);
}

test('the words of all eleven pages and the shared ones are found', () => {
  expect(folders).toHaveLength(12);
});

describe.each(folders)('%s', (folder) => {
  const [zhCN, en] = [wordsOf(folder, 'zh-CN'), wordsOf(folder, 'en')];

  test('has the same keys in zh-CN and en', () => {
    expect(zhCN.size).toBeGreaterThan(0);
    expect([...en.keys()].sort()).toEqual([...zhCN.keys()].sort());
  });

  test('leaves nothing empty', () => {
    expect([...zhCN, ...en].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  test('takes the same parameters in both languages', () => {
    const differing = [...zhCN].filter(
      ([key, sentence]) => parametersOf(sentence) !== parametersOf(en.get(key) ?? ''),
    );
    expect(differing).toEqual([]);
  });

  test('writes English with straight quotes: the Chinese font draws the curly ones one em wide', () => {
    expect([...en].filter(([, sentence]) => /[‘’“”]/.test(sentence))).toEqual([]);
  });
});

describe('every key that a source asks for exists', () => {
  const sources = Object.entries({ ...vueSources, ...pageSources });

  test('a missing one is found, whole or cut', () => {
    expect(missingKeys(SHARED, "t('common.nothing')")).toEqual(['common.nothing']);
    expect(missingKeys(SHARED, 't(`common.nothing.${x}`)')).toEqual(['common.nothing.']);
    expect(missingKeys(SHARED, "t('common.counter') + t(`common.ticketStatus.${x}`)")).toEqual([]);
  });

  test.each(sources)('%s', (path, source) => {
    expect(missingKeys(pageFolder(path), source)).toEqual([]);
  });
});
