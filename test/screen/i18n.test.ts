import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createScreenI18n } from '#screen/i18n.ts';
import type { ScreenI18nOptions } from '#screen/i18n.ts';

const messages = {
  'zh-CN': { page: { title: '接待台' }, only: { here: '只有中文' } },
  en: { page: { title: 'Reception' } },
} as const;

const screenI18n = (options: Partial<ScreenI18nOptions> = {}) => createScreenI18n({ messages, ...options });

function fakeBrowser(stored: Record<string, string> = {}) {
  const storage = new Map(Object.entries(stored));
  const page = { title: '', documentElement: { lang: '' } };
  vi.stubGlobal('document', page);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
  });
  return { storage, page };
}

let browser: ReturnType<typeof fakeBrowser>;
beforeEach(() => {
  browser = fakeBrowser();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** The title and the memory follow the language after Vue's next flush. */
const settled = () => new Promise<void>((done) => setTimeout(done));

describe('language', () => {
  test('is zh-CN at first, with the shared words beside those of the page', () => {
    const { t } = screenI18n().global;
    expect(t('page.title')).toBe('接待台');
    expect(t('common.act.callNext')).toBe('呼叫下一位');
    expect(t('common.counterNamed', { label: 'A12' })).toBe('A12 窗口');
  });

  test('is kept for the page that asks for it, and for no other', async () => {
    screenI18n({ rememberAs: 'reception' }).global.locale.value = 'en';
    await settled();
    expect(screenI18n({ rememberAs: 'reception' }).global.locale.value).toBe('en');
    expect(screenI18n({ rememberAs: 'caller' }).global.locale.value).toBe('zh-CN');
  });

  test('of a kiosk is kept nowhere', async () => {
    screenI18n().global.locale.value = 'en';
    await settled();
    expect(browser.storage.size).toBe(0);
    expect(screenI18n().global.locale.value).toBe('zh-CN');
  });

  test('that was stored and is not one of ours counts as none', () => {
    fakeBrowser({ 'tinghao.language.reception': 'fr' });
    expect(screenI18n({ rememberAs: 'reception' }).global.locale.value).toBe('zh-CN');
  });

  test('can be switched where the browser refuses storage', async () => {
    const refuse = () => {
      throw new Error('SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    const i18n = screenI18n({ rememberAs: 'reception' });
    i18n.global.locale.value = 'en';
    await settled();
    expect(i18n.global.t('page.title')).toBe('Reception');
  });

  test('is told to the document: lang for fonts and screen readers, and the title', async () => {
    const i18n = screenI18n();
    expect(browser.page).toMatchObject({ title: '接待台', documentElement: { lang: 'zh-CN' } });
    i18n.global.locale.value = 'en';
    await settled();
    expect(browser.page).toMatchObject({ title: 'Reception', documentElement: { lang: 'en' } });
  });
});

describe('a missing key', () => {
  test('throws while we develop and test', () => {
    expect(() => screenI18n().global.t('only.there')).toThrow('Missing words: only.there');
  });

  test('throws in the language that lacks it, though the other has it', () => {
    const i18n = screenI18n();
    i18n.global.locale.value = 'en';
    expect(() => i18n.global.t('only.here')).toThrow('Missing words: only.here (en)');
  });

  test('becomes zh-CN in a hall: words, never a bare key', () => {
    const i18n = screenI18n({ strict: false });
    i18n.global.locale.value = 'en';
    expect(i18n.global.t('only.here')).toBe('只有中文');
  });
});
