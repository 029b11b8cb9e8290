import { createScreenApp } from '#screen/app.ts';
import { hallClock } from '#screen/hall/hall-store.ts';
import App from './App.vue';
import { en } from './locales/en.ts';
import { zhCN } from './locales/zh-CN.ts';

createScreenApp(App, {
  surface: 'display',
  theme: 'dark',
  rememberAs: 'display',
  messages: { 'zh-CN': zhCN, en },
  clock: hallClock,
});
