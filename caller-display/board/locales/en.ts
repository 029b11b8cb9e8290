import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'Board' },
  board: {
    wholeHall: 'Whole hall',
    waitingNow: 'People waiting',
    longestNow: 'Longest wait now',
    averageWait: 'Average wait',
    averageHandling: 'Average handling',
    handledWithin10: 'Done within 10 min',
    openCounters: 'Open counters',
    ofThemBusy: '{count} busy',
    groupWait: 'Waiting (minutes)',
    groupHandling: 'Handling (minutes)',
    groupCounters: 'Counters',
    waiting: 'people',
    longest: 'longest',
    average: 'average',
    within5: '≤ 5 min',
    within10: '≤ 10 min',
    open: 'open',
    busy: 'busy',
    paused: 'paused',
    warning: '10 min or more',
    alarm: '30 min or more',
  },
  definition: {
    waiting: 'People: legs that queue now and have not been called',
    longest: 'Longest now: who has waited longest, from joining the queue to now',
    averageWait: 'Average wait: joining a queue to first call, all of today, sum over count',
    waitShare: 'Wait shares: of these waits, those of at most 5 and 10 minutes',
    averageHandling: 'Average handling: from start to finish, all of today, sum over count',
    handleShare: 'Handling shares: of these, those of at most 5 and 10 minutes',
    counters: 'Counters: open (not paused); busy: calling or serving somebody; paused',
  },
};
