import './without-eval.ts';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import type { Component } from 'vue';
import '@fontsource-variable/noto-sans-sc/wght.css';
import './tokens.css';
import './base.css';
import { createScreenClock, provideScreenClock } from './clock.ts';
import type { ScreenClock } from './clock.ts';
import { createScreenI18n } from './i18n.ts';
import type { ScreenI18nOptions } from './i18n.ts';

export interface ScreenAppOptions extends ScreenI18nOptions {
  /** Which ladder of sizes the page stands on; its index.html says the same, for the first paint. */
  readonly surface: 'kiosk' | 'desk' | 'display' | 'phone';
  /** Default 'light'. */
  readonly theme?: 'light' | 'dark';
  /** Default: the machine's own clock. */
  readonly clock?: ScreenClock;
}

/** Puts a page together (Pinia, words, clock, tokens) and mounts it on #app. */
export function createScreenApp(root: Component, options: ScreenAppOptions) {
  const { dataset } = document.documentElement;
  dataset['surface'] = options.surface;
  dataset['theme'] = options.theme ?? 'light';

  const app = createApp(root);
  const pinia = createPinia();
  const i18n = createScreenI18n(options);
  provideScreenClock(app, options.clock ?? createScreenClock());
  app.use(pinia).use(i18n).mount('#app');
  return {
    app,
    pinia,
    i18n,
    close: () => {
      app.unmount();
      i18n.dispose();
    },
  };
}
