import type { HallEvent } from '../events/schemas.ts';
import { midnightOf } from '../time.ts';
import { closeCounterState } from './apply-counter.ts';
import { createDay, currentLeg, type Day, type Hall } from './state.ts';

type DayEvent = Extract<HallEvent, { type: 'day.opened' | 'day.closed' | 'day.rolledOver' }>;

export function applyDayEvent(hall: Hall, event: DayEvent): void {
  switch (event.type) {
    case 'day.opened': {
      hall.catalogue = hall.catalogueOf(event.body.catalogueVersion);
      const day = newDay(hall, event.body.businessDate);
      if (hall.current) hall.next = day;
      else hall.current = day;
      break;
    }
    case 'day.closed':
      if (hall.current) sealDay(hall.current);
      closeAllCounters(hall, event.revision);
      break;
    case 'day.rolledOver':
      if (hall.current?.status === 'open') sealDay(hall.current);
      hall.counterIdsByClerk.clear();
      hall.catalogue = hall.catalogueOf(event.body.catalogueVersion);
      hall.current = hall.next?.businessDate === event.body.to ? hall.next : newDay(hall, event.body.to);
      // Nothing of a counter outlives its date: the fold may begin here.
      // Friday's roll-over to Saturday leaves Monday's numbers alone.
      if (hall.next === hall.current) hall.next = undefined;
      hall.countersById.clear();
      break;
  }
}

function newDay(hall: Hall, businessDate: string): Day {
  if (!hall.catalogue) throw new Error('a day opened before any catalogue');
  return createDay(businessDate, midnightOf(businessDate, hall.catalogue.catalogue.hall.timeZone));
}

/** Everybody who is still in the house leaves it: waiting, called and held tickets are void; one being served counts as finished. */
function sealDay(day: Day): void {
  for (const ticket of day.ticketsById.values()) {
    const leg = currentLeg(ticket);
    if (leg.status === 'serving') {
      leg.status = 'finished';
      day.totals.finished += 1;
    } else if (leg.status === 'waiting' || leg.status === 'called' || leg.status === 'held') {
      leg.status = 'voided';
      day.totals.voided += 1;
    }
  }
  day.queues.clear();
  day.held.clear();
  day.status = 'closed';
}

function closeAllCounters(hall: Hall, revision: number): void {
  for (const counter of hall.countersById.values()) {
    if (counter.status !== 'closed') closeCounterState(hall, counter, revision);
  }
}
