import { createScreenApp } from '#screen/app.ts';
import App from './App.vue';
import { en } from './locales/en.ts';
import { zhCN } from './locales/zh-CN.ts';
import { languageOf } from './visit.ts';

// Nothing is kept on the phone, so no rememberAs: the phone's own language decides at each start.
const { i18n } = createScreenApp(App, { surface: 'phone', messages: { 'zh-CN': zhCN, en } });
i18n.global.locale.value = languageOf(navigator.languages);
