import type { CommandPayload } from '../commands/schemas.ts';
import type { DayTotals, NewEvent } from '../events/schemas.ts';
import { currentLeg, type Day, type Hall, type LegStatus } from '../hall/state.ts';
import { refuse } from '../refusal.ts';
import { addDays, businessDateAt } from '../time.ts';
import { accept, newEvent, type Context, type Decision } from './context.ts';

export function publishCatalogue(
  hall: Hall,
  { version }: CommandPayload<'catalogue.publish'>,
  context: Context,
): Decision {
  let index;
  try {
    index = hall.catalogueOf(version);
  } catch {
    return refuse('unknown-catalogue', { version });
  }
  const left = servicesWithPeople(hall).filter((serviceId) => !index.servicesById.has(serviceId));
  if (left.length > 0) return refuse('people-waiting', { serviceIds: left });
  const { timeZone } = index.catalogue.hall;
  const date =
    hall.current?.businessDate ?? businessDateAt(context.now, timeZone, index.catalogue.rules.rollOverAt);
  return accept([newEvent('catalogue.published', date, { version })]);
}

/** Of those who wait and of those who may wait again: a held or called ticket goes back into the queue of its service. */
function servicesWithPeople(hall: Hall): string[] {
  const tickets = [hall.current, hall.next].flatMap((day) => [...(day?.ticketsById.values() ?? [])]);
  const legs = tickets.map(currentLeg).filter(({ status }) => stillHere.has(status));
  return [...new Set(legs.map(({ serviceId }) => serviceId))];
}

const stillHere: ReadonlySet<LegStatus> = new Set(['waiting', 'called', 'serving', 'held']);

/** A hall may be shut for a long holiday; a clock that claims more than this by itself has lost its battery. */
const LONGEST_PAUSE_DAYS = 31;

/** Opens the current date when none is open, else the next one, ahead of time, for numbers taken after closing. */
export function openNewDay(hall: Hall, { businessDate }: CommandPayload<'day.open'>): Decision {
  if (!hall.catalogue) return refuse('unknown-catalogue');
  if (hall.current && businessDate <= hall.current.businessDate) {
    return refuse(businessDate === hall.current.businessDate ? 'day-already-open' : 'date-goes-back', {
      current: hall.current.businessDate,
    });
  }
  if (hall.next)
    return refuse('day-already-open', { current: hall.current?.businessDate, next: hall.next.businessDate });
  return accept([
    newEvent('day.opened', businessDate, { businessDate, catalogueVersion: hall.catalogue.version }),
  ]);
}

export function closeDay(hall: Hall, { businessDate }: CommandPayload<'day.close'>): Decision {
  const day = hall.current;
  if (!day || day.status !== 'open' || day.businessDate !== businessDate)
    return refuse('day-not-open', { businessDate });
  for (const counter of hall.countersById.values()) {
    if (counter.activeTicketId) return refuse('counter-busy', { counterId: counter.id });
  }
  return accept([newEvent('day.closed', businessDate, { businessDate, totals: totalsAtSeal(day) })]);
}

/** One step, once: the same date again is refused, and a date never goes back. */
export function rollOver(hall: Hall, { to }: CommandPayload<'day.rollOver'>, { role }: Context): Decision {
  if (!hall.catalogue) return refuse('unknown-catalogue');
  if (!hall.current) return openNewDay(hall, { businessDate: to });
  const from = hall.current.businessDate;
  if (to <= from) return refuse(to === from ? 'day-already-open' : 'date-goes-back', { current: from });
  if (role === 'hall' && to > addDays(from, LONGEST_PAUSE_DAYS))
    return refuse('clock-doubtful', { from, to });
  const { next } = hall;
  const { version } = hall.catalogue;
  if (!next || next.businessDate >= to) return accept([rolledOver(hall.current, to, version)]);
  // The server was off on the date opened ahead: that date is gone through, so that its tickets are counted too.
  return accept([rolledOver(hall.current, next.businessDate, version), rolledOver(next, to, version)]);
}

function rolledOver(day: Day, to: string, catalogueVersion: number): NewEvent {
  const totals = day.status === 'open' ? { totals: totalsAtSeal(day) } : {};
  return newEvent('day.rolledOver', to, { from: day.businessDate, to, catalogueVersion, ...totals });
}

/** What the totals will be once everybody still in the house has been let go: the log keeps the sum, not only the fold. */
function totalsAtSeal(day: Day): DayTotals {
  const totals = { ...day.totals };
  for (const ticket of day.ticketsById.values()) {
    const { status } = currentLeg(ticket);
    if (status === 'serving') totals.finished += 1;
    else if (status === 'waiting' || status === 'called' || status === 'held') totals.voided += 1;
  }
  return totals;
}
