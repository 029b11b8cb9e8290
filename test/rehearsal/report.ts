import type { ZoneFigures } from '#domain/views/board.ts';
import { timeOfDayAt } from '#domain/time.ts';
import { refusals as errorCatalogue, type RefusalCode } from '#protocol/errors.ts';
import type { CommandName } from '#protocol/commands.ts';
import type { TicketView } from '#domain/views/ticket.ts';
import type { Day } from './day.ts';
import {
  calledTwice,
  differences,
  displayFaults,
  issuedTwice,
  recount,
  sharedRevisions,
  type Handling,
} from './ledger.ts';
import { mean, quantile, shareWithin } from './quantiles.ts';
import { isUnderstood } from './refusals.ts';
import type { Played } from './rehearsal.ts';

export interface Report {
  readonly lines: readonly string[];
  /** Why the rehearsal has failed; empty when all is well. */
  readonly failures: readonly string[];
}

const MINUTE_MS = 60_000;
const AVERAGE_WAIT_LIMIT_MS = 10 * MINUTE_MS;
const LONG_WAITS_SHOWN = 5;

const minutes = (ms: number): string => `${(ms / MINUTE_MS).toFixed(1)} min`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function progressLine({ clock, catalogue, records }: Day, board: readonly ZoneFigures[]): string {
  const sum = (pick: (zone: ZoneFigures) => number): number =>
    board.reduce((total, zone) => total + pick(zone), 0);
  const called = sum(({ tally }) => tally.called);
  const average = called === 0 ? '–' : minutes(sum(({ tally }) => tally.waitSumMs) / called);
  const time = timeOfDayAt(Math.round(clock.now()), catalogue.catalogue.hall.timeZone);
  const taken = records.facts.filter(({ name }) => name === 'ticket.take').length;
  return [
    time,
    `taken ${taken}`,
    `waiting ${sum(({ waiting }) => waiting)}`,
    `called ${called}`,
    `finished ${sum(({ tally }) => tally.finished)}`,
    `counters ${sum(({ openCounters }) => openCounters)} open, ${sum(({ busyCounters }) => busyCounters)} busy, ${sum(({ pausedCounters }) => pausedCounters)} paused`,
    `average wait ${average}`,
  ].join('  ');
}

/** Looks every ticket up, recounts the day, and says what does not agree. */
export async function reportOn(played: Played, residentBytes: number): Promise<Report> {
  const { day, board } = played;
  const { tickets, unknown } = await lookUp(played);
  const handlings = tickets.flatMap(handlingsOf);
  const failures = [...unknown, ...faultsOf(played, handlings)];
  const { records } = day;
  const waitsMs = [...records.waits.values()].map(({ waitedMs }) => waitedMs);
  const handledMs = handlings.map(({ startedAt, endedAt }) => endedAt - startedAt);
  if (mean(waitsMs) > AVERAGE_WAIT_LIMIT_MS)
    failures.push(`average wait ${minutes(mean(waitsMs))}: the hall promises 10 min`);
  const count = (name: CommandName): number => records.facts.filter((fact) => fact.name === name).length;
  const lines = [
    `tickets ${count('ticket.take')}, calls ${count('ticket.callNext') + count('ticket.callTicket')} (${count('ticket.callTicket')} by hand), recalls ${count('ticket.recall')}, finished ${count('ticket.finish')}`,
    `no-shows ${count('ticket.markNoShow')}, reinstated ${count('ticket.reinstate')}, held ${count('ticket.hold')}, resumed ${count('ticket.resume')}, transferred ${count('ticket.transfer')}, put back ${count('ticket.requeue')}, reopened ${count('ticket.reopen')}, gone ${count('ticket.cancel')}, pauses ${count('counter.pause')}`,
    `waiting:  average ${minutes(mean(waitsMs))}, within 5 min ${percent(shareWithin(waitsMs, 5 * MINUTE_MS))}, within 10 min ${percent(shareWithin(waitsMs, 10 * MINUTE_MS))}, P90 ${minutes(quantile(waitsMs, 0.9))}, longest ${minutes(Math.max(0, ...waitsMs))}`,
    `handling: average ${minutes(mean(handledMs))}, within 5 min ${percent(shareWithin(handledMs, 5 * MINUTE_MS))}, within 10 min ${percent(shareWithin(handledMs, 10 * MINUTE_MS))}`,
    ...longWaits(day),
    ...refusalLines(day),
    answerLine(
      'answers',
      records.answers.map(({ ms }) => ms),
    ),
    answerLine('  of takes', answersOf(day, 'ticket.take')),
    answerLine('  of calls', answersOf(day, 'ticket.callNext')),
    `memory of the server: ${Math.round(residentBytes / 1024 / 1024)} MB resident`,
    `${tickets.length} tickets looked up, ${played.displays.length} displays, ${board.length} zones of the board recounted`,
  ];
  return { lines, failures };
}

function answersOf({ records }: Day, name: CommandName): readonly number[] {
  return records.answers.filter((answer) => answer.name === name).map(({ ms }) => ms);
}

function answerLine(what: string, ms: readonly number[]): string {
  const at = (share: number): string => quantile(ms, share).toFixed(1);
  return `${what}: ${ms.length}, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms`;
}

/** Every ticket that was answered must still be known under its number. */
async function lookUp({ day, reception }: Played): Promise<{ tickets: TicketView[]; unknown: string[] }> {
  const tickets: TicketView[] = [];
  const unknown: string[] = [];
  for (const [ticketId, number] of day.records.numbersByTicket) {
    const reply = await reception.query('ticket.find', { number });
    if (reply.ok && reply.answer.ticketId === ticketId) tickets.push(reply.answer);
    else
      unknown.push(
        `ticket ${number} is not known any more: ${reply.ok ? `${number} is another ticket` : reply.code}`,
      );
  }
  return { tickets, unknown };
}

function handlingsOf({ legs }: TicketView): readonly Handling[] {
  return legs.flatMap(({ serviceId, status, startedAt, endedAt }) =>
    status === 'finished' && startedAt !== undefined && endedAt !== undefined
      ? [{ serviceId, startedAt, endedAt }]
      : [],
  );
}

function faultsOf({ day, board, displays }: Played, handlings: readonly Handling[]): string[] {
  const { records, catalogue } = day;
  const { facts } = records;
  const zoneOf = (serviceId: string): string => catalogue.servicesById.get(serviceId)?.zoneId ?? '';
  const tallies = new Map(board.map(({ zoneId, tally }) => [zoneId, tally]));
  const calls = facts.filter(({ callId, name }) => callId !== undefined && name !== 'ticket.recall');
  return [
    ...issuedTwice(facts),
    ...calledTwice(facts),
    ...sharedRevisions(facts),
    ...differences(tallies, recount(records.waits.values(), handlings, zoneOf)),
    ...finishedFault(day, handlings.length),
    ...displays.flatMap(({ zoneId, sightings }) => {
      const own = calls.filter(
        ({ counterId = '' }) => zoneId === 'all' || catalogue.countersById.get(counterId)?.zoneId === zoneId,
      );
      return displayFaults(zoneId, own, sightings);
    }),
    ...leftOver(board),
    ...misunderstood(day),
  ];
}

/** What the clerks pressed is a third count of the finished, besides the board's and the look-ups'. */
function finishedFault({ records }: Day, finishedLegs: number): readonly string[] {
  const count = (name: string): number => records.facts.filter((fact) => fact.name === name).length;
  const pressed = count('ticket.finish') - count('ticket.reopen');
  return pressed === finishedLegs ? [] : [`clerks finished ${pressed}, the tickets say ${finishedLegs}`];
}

function leftOver(board: readonly ZoneFigures[]): readonly string[] {
  return board.flatMap(({ zoneId, waiting, openCounters, busyCounters }) => [
    ...(waiting > 0 ? [`${zoneId}: ${waiting} still wait`] : []),
    ...(openCounters + busyCounters > 0 ? [`${zoneId}: ${openCounters} counters are still open`] : []),
  ]);
}

function misunderstood({ records }: Day): readonly string[] {
  return [...records.refusals].flatMap(([key, times]) => {
    const [name, code] = key.split(' ') as [CommandName, RefusalCode];
    return isUnderstood(name, code)
      ? []
      : [`${name} was refused ${times} times: ${code}, "${errorCatalogue[code].text.en}"`];
  });
}

function refusalLines({ records }: Day): readonly string[] {
  if (records.refusals.size === 0) return ['refusals: none'];
  return [...records.refusals].map(([key, times]) => `refused: ${key}, ${times} times`);
}

/** Who waited longest, and where they were called at last: where routing or staffing starves. */
function longWaits({ catalogue, records }: Day): readonly string[] {
  const { timeZone } = catalogue.catalogue.hall;
  return [...records.waits.values()]
    .sort((a, b) => b.waitedMs - a.waitedMs)
    .slice(0, LONG_WAITS_SHOWN)
    .map(({ number, serviceId, waitedMs, counterId, calledAt }) => {
      const duty = catalogue.countersById
        .get(counterId)
        ?.skills.find((skill) => skill.serviceId === serviceId);
      return `  waited ${minutes(waitedMs)}: ${number} for ${serviceId}, called ${timeOfDayAt(calledAt, timeZone)} at ${counterId} (duty ${duty?.preference})`;
    });
}
