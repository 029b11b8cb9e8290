import type { Text } from '#domain/catalogue/schema.ts';
import type { SlipFacts } from '#domain/views/ticket.ts';
import type { TerminalCatalogue } from '#terminal/catalogue-cache.ts';
import type { Slip } from './slip/slip.ts';

/** A ticket: all that its slip needs beside the catalogue. */
export interface TakenTicket extends SlipFacts {
  readonly visitKey: string;
  /** Counted when the number was taken; by the time of a reprint it would say something false, and nobody knows it. */
  readonly peopleAhead?: number;
}

/** What a ticket's slip says; undefined where the catalogue does not know its service. */
export function slipOf(
  ticket: TakenTicket,
  { hall, rules, services, zones, counters }: TerminalCatalogue,
  { publicUrl, reprint }: { readonly publicUrl: string; readonly reprint: boolean },
): Slip | undefined {
  const service = services.find(({ id }) => id === ticket.serviceId);
  const zone = zones.find(({ id }) => id === service?.zoneId);
  if (!service || !zone) return undefined;
  return {
    hallName: hall.name,
    number: ticket.number,
    offline: false,
    reprint,
    zone: zone.name,
    floor: zone.floor,
    counters: counters
      .filter(({ skills }) => skills.some(({ serviceId }) => serviceId === service.id))
      .map(({ label }) => label),
    service: service.name,
    takenAtMs: ticket.takenAt,
    businessDate: ticket.businessDate,
    peopleAhead: reprint ? undefined : ticket.peopleAhead,
    bring: service.bring,
    missedCallRule: missedCallRule(rules.returnBehind),
    visitUrl: new URL(`/v/${ticket.visitKey}`, publicUrl).href,
    language: ticket.language,
    hotline: hall.hotline,
    timeZone: hall.timeZone,
  };
}

/** The hall's return rule in a sentence for visitors. */
export function missedCallRule(returnBehind: TerminalCatalogue['rules']['returnBehind']): Text {
  if (returnBehind === 'end') {
    return {
      zh: '过号请到窗口或总服务台恢复，排在队尾。',
      en: 'Missed your call? Ask at a counter or the service desk: you go to the end of the queue.',
    };
  }
  if (returnBehind === 0) {
    return {
      zh: '过号请到窗口或总服务台恢复，下一个办理。',
      en: 'Missed your call? Ask at a counter or the service desk: you are next.',
    };
  }
  return {
    zh: `过号请到窗口或总服务台恢复，排在 ${returnBehind} 人之后。`,
    en: `Missed your call? Ask at a counter or the service desk: you go behind ${returnBehind} of those waiting.`,
  };
}
