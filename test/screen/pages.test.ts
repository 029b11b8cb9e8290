import { describe, expect, test } from 'vitest';
import { htmlSources, localeModules, pageFolder, pageSources, vueSources } from './sources.ts';

const pages = Object.entries(htmlSources).map(([path, html]) => [pageFolder(path), html] as const);

const attribute = (html: string, name: string): string | undefined =>
  new RegExp(`<html[^>]* ${name}="([^"]+)"`).exec(html)?.[1];
const option = (main: string, name: string): string | undefined =>
  new RegExp(`${name}: '([^']+)'`).exec(main)?.[1];

test('there are eleven pages', () => {
  expect(pages).toHaveLength(11);
});

describe.each(pages)('%s', (folder, html) => {
  const main = pageSources[`${folder}/main.ts`] ?? '';

  test('is put together of the same parts as the others', () => {
    expect(main).toContain('createScreenApp(App');
    expect(vueSources[`${folder}/App.vue`]).toBeDefined();
    expect(localeModules[`${folder}/locales/zh-CN.ts`]).toBeDefined();
    expect(localeModules[`${folder}/locales/en.ts`]).toBeDefined();
  });

  test('paints its first frame in the colours and sizes that the page then keeps', () => {
    expect(attribute(html, 'data-surface')).toBe(option(main, 'surface'));
    expect(attribute(html, 'data-theme')).toBe(option(main, 'theme') ?? 'light');
  });

  test('starts in Chinese, under the title of its locale', () => {
    const zhCN = localeModules[`${folder}/locales/zh-CN.ts`]?.['zhCN'];
    const title = /<title>(.*)<\/title>/.exec(html)?.[1];
    expect(attribute(html, 'lang')).toBe('zh-CN');
    expect(zhCN).toMatchObject({ page: { title } });
  });

  test('loads nothing from outside and runs no inline script', () => {
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });
});

test('only the desk pages carry Element Plus', () => {
  const users = Object.entries({ ...vueSources, ...pageSources })
    .filter(([, source]) =>
      /from '(?:element-plus|#screen\/element)|import '(?:element-plus|#screen\/element)/.test(source),
    )
    .map(([path]) => pageFolder(path))
    .filter((folder) => !/shared\/screen$|\/caller$|\/reception$|\/admin$/.test(folder));
  expect(users).toEqual([]);
});
