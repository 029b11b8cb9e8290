import type { Text } from '#domain/catalogue/schema.ts';
import type { CommandPayload } from '#domain/commands/schemas.ts';
import type { CommandAnswers } from '#protocol/commands.ts';
import type { TerminalCatalogue } from '#terminal/catalogue-cache.ts';
import type { Slip } from './slip/slip.ts';

/** A ticket as this terminal took it: all that its slip needs beside the catalogue. */
export interface TakenTicket {
  readonly answer: CommandAnswers['ticket.take'];
  readonly language: CommandPayload<'ticket.take'>['language'];
  readonly visitKey: string;
}

/** What a ticket's slip says; undefined where the catalogue does not know its service. */
export function slipOf(
  { answer, language, visitKey }: TakenTicket,
  { hall, rules, services, zones, counters }: TerminalCatalogue,
  { publicUrl, reprint }: { readonly publicUrl: string; readonly reprint: boolean },
): Slip | undefined {
  const service = services.find(({ id }) => id === answer.serviceId);
  const zone = zones.find(({ id }) => id === service?.zoneId);
  if (!service || !zone) return undefined;
  return {
    hallName: hall.name,
    number: answer.number,
    offline: false,
    reprint,
    zone: zone.name,
    floor: zone.floor,
    counters: counters
      .filter(({ skills }) => skills.some(({ serviceId }) => serviceId === service.id))
      .map(({ label }) => label),
    service: service.name,
    takenAtMs: answer.takenAt,
    businessDate: answer.businessDate,
    // Counted when the number was taken: by the time of a reprint it says something false.
    peopleAhead: reprint ? undefined : answer.peopleAhead,
    bring: service.bring,
    missedCallRule: missedCallRule(rules.returnBehind),
    visitUrl: new URL(`/v/${visitKey}`, publicUrl).href,
    language,
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
