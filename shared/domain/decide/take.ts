import type { CatalogueIndex } from '../catalogue/index.ts';
import type { Catalogue, PriorityClass, Series, Service } from '../catalogue/schema.ts';
import type { CommandPayload } from '../commands/schemas.ts';
import { quotaLeft, quotasAt } from '../hall/quota.ts';
import type { Day, Hall } from '../hall/state.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { minuteOfDay, minutesOf, weekdayOf } from '../time.ts';
import { accept, newEvent, type Context, type Decision } from './context.ts';

export function takeTicket(hall: Hall, payload: CommandPayload<'ticket.take'>, context: Context): Decision {
  const { catalogue } = hall;
  if (!catalogue || !hall.current) return refuse('day-not-open');
  const service = catalogue.servicesById.get(payload.serviceId);
  if (!service) return refuse('unknown-service', { serviceId: payload.serviceId });
  const priorityClass = catalogue.classesById.get(payload.classId);
  if (!priorityClass) return refuse('unknown-class', { classId: payload.classId });
  if (context.role === 'kiosk' && !priorityClass.selfService) return refuse('class-not-self-service');
  const day = dayOfTaking(hall, catalogue, service, context.now);
  if ('ok' in day) return day;
  for (const quota of quotasAt(service, day, context.now)) {
    if (quotaLeft(day, service.id, quota) <= 0)
      return refuse('quota-reached', { serviceId: service.id, ...quota });
  }
  return accept(...taken(day, catalogue, service, priorityClass, payload, context));
}

function taken(
  day: Day,
  catalogue: CatalogueIndex,
  service: Service,
  priorityClass: PriorityClass,
  { language }: CommandPayload<'ticket.take'>,
  { now, newId }: Context,
): Parameters<typeof accept> {
  const series = catalogue.seriesById.get(service.seriesId);
  if (!series) throw new Error(`service ${service.id} names unknown series ${service.seriesId}`);
  const { count, number } = nextNumber(day, series);
  const ticket = {
    ticketId: newId(),
    number,
    serviceId: service.id,
    classId: priorityClass.id,
  };
  const place = day.lastPlace + 1;
  const event = newEvent('ticket.taken', day.businessDate, {
    ...ticket,
    seriesId: series.id,
    count,
    language,
    place,
  });
  const peopleAhead = countAhead(day, catalogue, service.id, priorityClass);
  return [[event], { ...ticket, businessDate: day.businessDate, takenAt: now, peopleAhead }];
}

/** The next of the series. A new catalogue version may have given letters in use to another series: those numbers are passed. */
function nextNumber(
  day: Day,
  { id, prefix, digits }: Series,
): { readonly count: number; readonly number: string } {
  let count = day.seriesCounts.get(id) ?? 0;
  let number;
  do {
    count += 1;
    number = prefix + String(count).padStart(digits, '0');
  } while (day.ticketIdsByNumber.has(number));
  return { count, number };
}

/** People waiting for the service who will be called before a newcomer of this class, as far as can be said now. */
export function countAhead(
  day: Day | undefined,
  catalogue: CatalogueIndex,
  serviceId: string,
  { rank }: PriorityClass,
): number {
  let ahead = 0;
  for (const [classId, list] of day?.queues.get(serviceId)?.byClass ?? []) {
    const other = catalogue.classesById.get(classId);
    if (other && other.rank <= rank) ahead += list.length;
  }
  return ahead;
}

/** Today while the service is issuing; after that the next date, if it has been opened ahead. */
function dayOfTaking(hall: Hall, catalogue: CatalogueIndex, service: Service, now: number): Day | Refusal {
  const { current, next } = hall;
  if (current?.status === 'open') {
    const spans = issuingSpans(catalogue, service, current.businessDate);
    const minute = minuteOfDay(now, current.midnightMs);
    if (spans.some(({ from, to }) => minutesOf(from) <= minute && minute < minutesOf(to))) return current;
    const later = spans.find(({ from }) => minute < minutesOf(from));
    if (later) return refuse('service-closed-now', { serviceId: service.id, opensAt: later.from });
  }
  if (next && issuingSpans(catalogue, service, next.businessDate).length > 0) return next;
  return refuse('hall-closed', { serviceId: service.id });
}

/** When numbers of a service are issued on a date: its own hours, else the hall's of that weekday; never while the hall is shut. */
export function issuingSpans(
  { catalogue: { hall } }: { readonly catalogue: Pick<Catalogue, 'hall'> },
  service: Service,
  date: string,
): readonly { readonly from: string; readonly to: string }[] {
  const opening = hall.openingDays.find(({ weekday }) => weekday === weekdayOf(date));
  if (!opening || opening.spans.length === 0) return [];
  return service.hours.length > 0 ? service.hours : opening.spans;
}
