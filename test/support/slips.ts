import type { Slip } from '#kiosk/agent/slip/slip.ts';

/** A slip of the reference hall, taken on Monday 2026-11-23 at 08:31 in Shanghai. */
export function aSlip(change: Partial<Slip> = {}): Slip {
  return {
    hallName: { zh: '驻马店市民中心', en: 'Zhumadian Citizens’ Service Centre' },
    number: 'A012',
    offline: false,
    reprint: false,
    zone: { zh: '不动产登记区', en: 'Real estate registration' },
    floor: '2F',
    counters: ['A03', 'A01', 'A02', 'A12', 'A10'],
    service: { zh: '不动产转移登记（二手房）', en: 'Transfer of real estate (resale)' },
    takenAtMs: Date.UTC(2026, 10, 23, 0, 31),
    businessDate: '2026-11-23',
    peopleAhead: 12,
    estimateMinutes: { p50: 8, p90: 25 },
    bring: [
      { zh: '买卖双方身份证原件', en: 'Identity cards of both parties' },
      { zh: '不动产权证书原件', en: 'Certificate of title' },
      { zh: '网签买卖合同（免提交，可不带）', en: 'Contract signed online (need not be brought)' },
    ],
    missedCallRule: {
      zh: '过号请到总服务台恢复排队，恢复后排在 3 位之后；当日有效。',
      en: 'Missed your call? The front desk puts you back behind 3 people. Valid today only.',
    },
    visitUrl: 'http://10.20.0.5:8080/v/Zk3vQ8pLr2TnW6xYb1Hc9A',
    language: 'zh',
    hotline: '0396-12345',
    ...change,
  };
}
