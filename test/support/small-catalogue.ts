import type { Catalogue } from '#domain/catalogue/schema.ts';

const text = (zh: string, en: string) => ({ zh, en });
/** A hall of one service and three counters, as GET /api/v1/catalogue/<version> answers it. */
export const smallCatalogue: Omit<Catalogue, 'matters'> = {
  hall: {
    id: 'hall',
    name: text('驻马店市民中心', 'Zhumadian Citizens’ Centre'),
    timeZone: 'Asia/Shanghai',
    hotline: '0396-12345',
    openingDays: [],
  },
  rules: {
    maxRecalls: 3,
    noShowAfterMs: 60_000,
    noShowBlockMs: 60_000,
    returnBehind: 3,
    preferenceYieldsAfterMs: 600_000,
    reopenWithinMs: 60_000,
    rollOverAt: '03:00',
  },
  zones: [{ id: 'estate', name: text('不动产登记区', 'Real estate'), floor: '2F', sort: 1 }],
  units: [{ id: 'bureau', name: text('自然资源局', 'Natural resources'), zoneId: 'estate' }],
  series: [{ id: 'a', prefix: 'A', digits: 3 }],
  services: [
    {
      id: 'transfer',
      name: text('二手房转移登记', 'Transfer of a resale home'),
      unitId: 'bureau',
      zoneId: 'estate',
      seriesId: 'a',
      demand: 1,
      bring: [text('身份证原件', 'Identity card')],
      quotas: [],
      hours: [],
    },
  ],
  counters: ['A01', 'A02', 'A03'].map((label) => ({
    id: label.toLowerCase(),
    label,
    zoneId: 'estate',
    unitId: 'bureau',
    skills: [{ serviceId: label === 'A03' ? 'other' : 'transfer', preference: 1 }],
  })),
  priorityClasses: [
    { id: 'ordinary', name: text('普通', 'Ordinary'), rank: 5, maxOvertakes: 0, selfService: true },
  ],
};
