import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'Reception' },
};
