import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'Counter sign' },
  listComma: ', ',
  asOf: 'as of {time}',
  advice: {
    come: 'Please come to this counter',
    serving: 'Being served',
    wait: 'Please wait to be called',
    return: 'Please wait',
    elsewhere: 'Please use another counter',
  },
  pauseReason: {
    break: 'Short break',
    meal: 'Meal',
    meeting: 'Meeting',
    'system-fault': 'System fault',
    'back-office': 'Back office',
    other: 'Briefly away',
  },
  noCounter: {
    title: 'No counter has been set',
    text: 'Add the id of the counter to the address, for example {example}',
  },
};
