import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'Hall display' },
  row: {
    calls: 'Numbers being called',
    goTo: 'Go to counter',
    serving: 'Being served',
    over: 'Ended',
    asOf: 'as of {time}',
  },
  footer: {
    nextIn: 'more to come, next in {seconds} s',
    silent: 'Numbers are shown, not spoken: please watch the screen',
    hotline: 'Hotline',
  },
  idle: {
    seat: 'Please take a seat. Called numbers appear here',
    closed: 'No numbers are being called now. Please note the opening hours',
    openCounters: '{count} counters open',
  },
};
