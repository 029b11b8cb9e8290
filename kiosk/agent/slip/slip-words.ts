import type { SlipLanguage } from './slip.ts';

/** The fixed words of a slip in one language. */
export interface SlipWords {
  readonly offlineMark: string;
  readonly reprintMark: string;
  readonly service: string;
  readonly counters: string;
  readonly day: string;
  readonly taken: string;
  readonly ahead: string;
  readonly wait: string;
  readonly people: (count: number) => string;
  /** Says what the two figures are; a bare '8-25 min' reads like a promise. */
  readonly estimate: (p50: number, p90: number) => string;
  readonly bring: string;
  readonly moreToBring: (count: number) => string;
  readonly scan: string;
  readonly offlineNote: string;
  readonly hotline: string;
}

// 58 mm paper has 32 columns: labels of two hanzi leave 26 of them for the value.
const zh: SlipWords = {
  offlineMark: '【离线号】',
  reprintMark: '【补打】',
  service: '业务',
  counters: '窗口',
  day: '日期',
  taken: '取号',
  ahead: '等候',
  wait: '预计',
  people: (count) => (count === 0 ? '本业务前面没有人' : `本业务前面 ${count} 人`),
  estimate: (p50, p90) => (p50 === p90 ? `约 ${p90} 分钟` : `半数人 ${p50} 分钟内，九成人 ${p90} 分钟内`),
  bring: '请准备',
  moreToBring: (count) => `另有 ${count} 项，请扫码查看`,
  scan: '扫码查看实时排队',
  offlineNote: '离线号同样有效，按取号时间排队。',
  hotline: '服务热线',
};

// The marks keep their Chinese words in English too: staff look for them.
const en: SlipWords = {
  offlineMark: '[OFFLINE 离线号]',
  reprintMark: '[REPRINT 补打]',
  service: 'Service',
  counters: 'Counter',
  day: 'Day',
  taken: 'Taken',
  ahead: 'Ahead',
  wait: 'Wait',
  people: (count) =>
    `${count === 0 ? 'nobody' : count === 1 ? '1 person' : `${count} people`} for this service`,
  estimate: (p50, p90) =>
    p50 === p90 ? `about ${p90} min` : `half within ${p50} min, 90% within ${p90} min`,
  bring: 'Have ready',
  moreToBring: (count) => `${count} more: scan the code`,
  scan: 'Scan for your live position',
  offlineNote: 'An offline number is fully valid and is called by the time it was taken.',
  hotline: 'Hotline',
};

export const slipWords: Readonly<Record<SlipLanguage, SlipWords>> = { zh, en };
