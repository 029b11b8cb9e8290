import type { HallEvent } from '../events/schemas.ts';
import { applyDayEvent } from './apply-day.ts';
import { applyCounterEvent } from './apply-counter.ts';
import { applyTicketEvent } from './apply-ticket.ts';
import type { Hall } from './state.ts';

/**
 * Folds one recorded event into the hall. Deterministic and total for a log that `decide` has written; throws on a gap
 * in the revisions or an event that contradicts the state, because going on would hide a damaged log.
 */
export function applyEvent(hall: Hall, event: HallEvent): void {
  if (event.revision !== hall.revision + 1) {
    throw new Error(`event ${event.revision} does not follow revision ${hall.revision}`);
  }
  switch (event.type) {
    case 'catalogue.published':
      hall.catalogue = hall.catalogueOf(event.body.version);
      break;
    case 'day.opened':
    case 'day.closed':
    case 'day.rolledOver':
      applyDayEvent(hall, event);
      break;
    case 'counter.opened':
    case 'counter.paused':
    case 'counter.resumed':
    case 'counter.closed':
      applyCounterEvent(hall, event);
      break;
    default:
      applyTicketEvent(hall, event);
  }
  hall.revision = event.revision;
  hall.lastAt = event.at;
}
