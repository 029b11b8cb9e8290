import { watch } from 'vue';
import { createI18n, useI18n } from 'vue-i18n';
import type { Text } from '#domain/catalogue/schema.ts';
import { common as commonEn } from './locales/en.ts';
import { common as commonZhCN } from './locales/zh-CN.ts';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Words of a page: nested, the leaves are sentences. `common` is taken by the words that all pages share. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** The same keys as `W`, any sentences: the type that an en.ts declares against its zh-CN.ts. */
export type SameKeys<W> = { readonly [K in keyof W]: W[K] extends string ? string : SameKeys<W[K]> };

/** `page.title` becomes the document's title. */
export interface PageWords extends Words {
  readonly page: { readonly title: string };
}

export interface ScreenI18nOptions {
  readonly messages: Readonly<Record<Language, PageWords>>;
  /** The page's name, under which its language is remembered. Absent: every start is zh-CN (a kiosk). */
  readonly rememberAs?: string;
  /** Throw on a missing key; otherwise zh-CN stands in. Default: on in development and tests. */
  readonly strict?: boolean;
}

const storageKey = (page: string): string => `tinghao.language.${page}`;

const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

/** Private windows and locked-down browsers refuse storage: the page then starts in zh-CN each time. */
function rememberedLanguage(page: string | undefined): Language | undefined {
  if (page === undefined) return undefined;
  try {
    const stored = localStorage.getItem(storageKey(page));
    return isLanguage(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

function rememberLanguage(page: string | undefined, language: Language): void {
  if (page === undefined) return;
  try {
    localStorage.setItem(storageKey(page), language);
  } catch {
    // The choice holds until the page is closed, which is what such a browser was set up for.
  }
}

/**
 * vue-i18n with the page's words and the shared ones under `common`. Keeps <html lang> and the title in step.
 * @throws on a key that is missing in the current language, when strict.
 */
export function createScreenI18n(options: ScreenI18nOptions) {
  const strict = options.strict ?? import.meta.env.DEV;
  const i18n = createI18n({
    legacy: false,
    locale: rememberedLanguage(options.rememberAs) ?? 'zh-CN',
    fallbackLocale: 'zh-CN',
    missingWarn: false,
    fallbackWarn: false,
    missing: (locale, key) => {
      if (strict) throw new Error(`Missing words: ${key} (${locale})`);
    },
    messages: {
      'zh-CN': { ...options.messages['zh-CN'], common: commonZhCN },
      en: { ...options.messages.en, common: commonEn },
    },
  });
  const { locale, t } = i18n.global;
  if (typeof document !== 'undefined') {
    watch(
      locale,
      (language) => {
        document.documentElement.lang = language;
        document.title = t('page.title');
        if (isLanguage(language)) rememberLanguage(options.rememberAs, language);
      },
      { immediate: true },
    );
  }
  return i18n;
}

/** The language of the page: `t`, the text of a catalogue entry, and the switch. For setup functions. */
export function useLanguage() {
  const { t, locale } = useI18n();
  const language = (): Language => (locale.value === 'en' ? 'en' : 'zh-CN');
  return {
    t,
    language,
    /** A text of the catalogue, or of a refusal, in the current language. */
    textOf: (text: Text): string => (language() === 'en' ? text.en : text.zh),
    setLanguage: (next: Language): void => {
      locale.value = next;
    },
    /** Back to zh-CN: a kiosk does so for each visitor. */
    resetLanguage: (): void => {
      locale.value = 'zh-CN';
    },
  };
}
