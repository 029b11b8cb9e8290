import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import type { HallEvent } from '#domain/events/schemas.ts';

interface Standing {
  readonly number: string;
  readonly classId: string;
  readonly date: string;
  serviceId: string;
  place: number;
  waitingSince: number;
  notBefore: number;
  onlyCounterId: string | undefined;
  isWaiting: boolean;
  passed: number;
}

export interface Unfairness {
  /** The most often that one waiting ticket was passed by later-come tickets of another class. */
  readonly mostPassed: number;
  /** Calls by rule that passed an earlier ticket of the same class in the same reach. */
  readonly outOfOrder: readonly string[];
}

/**
 * Measures who was passed over, from the log alone: it shares no code with the rules. A call by rule at a counter passes everybody
 * who stands in a line that the counter was choosing from and whose place is before that of the one called.
 */
export function measureOvertakes(
  events: readonly HallEvent[],
  catalogueOf: (version: number) => CatalogueIndex,
): Unfairness {
  const standing = new Map<string, Standing>();
  const openCounters = new Set<string>();
  let catalogue = catalogueOf(1);
  let today = '';
  let mostPassed = 0;
  const outOfOrder: string[] = [];

  const onCalled = (event: Extract<HallEvent, { type: 'ticket.called' }>): void => {
    const chosen = standing.get(event.body.ticketId);
    if (!chosen) throw new Error(`${event.body.number} was called and never taken`);
    if (event.body.why.rule !== 'by-hand') {
      for (const other of inReach(event.body.counterId, event.at)) {
        if (other === chosen || other.place >= chosen.place) continue;
        if (other.classId === chosen.classId) outOfOrder.push(`${chosen.number} before ${other.number}`);
        else other.passed += 1;
        mostPassed = Math.max(mostPassed, other.passed);
      }
    }
    chosen.isWaiting = false;
  };

  const inReach = (counterId: string, at: number): Standing[] => {
    const offered = [...standing.values()].filter((one) => isOffered(one, counterId, at));
    const heads = new Map<string, Standing>();
    for (const one of offered) {
      const line = lineOf(one);
      const head = heads.get(line);
      if (!head || one.place < head.place) heads.set(line, one);
    }
    const first = Math.min(...offered.map((one) => preferenceOf(counterId, one.serviceId)));
    const yields = catalogue.catalogue.rules.preferenceYieldsAfterMs;
    return offered.filter((one) => {
      const head = heads.get(lineOf(one)) ?? one;
      return preferenceOf(counterId, one.serviceId) === first || at - head.waitingSince >= yields;
    });
  };

  const isOffered = (one: Standing, counterId: string, at: number): boolean =>
    one.isWaiting &&
    one.date === today &&
    preferenceOf(counterId, one.serviceId) < Infinity &&
    one.notBefore <= at &&
    (one.onlyCounterId === undefined ||
      one.onlyCounterId === counterId ||
      !openCounters.has(one.onlyCounterId));

  const preferenceOf = (counterId: string, serviceId: string): number =>
    catalogue.countersById.get(counterId)?.skills.find((skill) => skill.serviceId === serviceId)
      ?.preference ?? Infinity;

  for (const event of events) {
    switch (event.type) {
      case 'catalogue.published':
        catalogue = catalogueOf(event.body.version);
        break;
      case 'counter.opened':
        openCounters.add(event.body.counterId);
        break;
      case 'counter.closed':
        openCounters.delete(event.body.counterId);
        break;
      case 'day.closed':
        sendHome(event.body.businessDate);
        break;
      case 'day.rolledOver':
        sendHome(event.body.from);
        today = event.body.to;
        break;
      case 'day.opened':
        today ||= event.body.businessDate;
        break;
      case 'ticket.taken': {
        const { ticketId, number, classId, serviceId, place } = event.body;
        const fresh = {
          waitingSince: event.at,
          notBefore: 0,
          onlyCounterId: undefined,
          isWaiting: true,
          passed: 0,
        };
        standing.set(ticketId, { number, classId, date: event.date, serviceId, place, ...fresh });
        break;
      }
      case 'ticket.called':
        onCalled(event);
        break;
      case 'ticket.transferred': {
        const { toServiceId: serviceId, place, onlyCounterId } = event.body;
        update(event.body.ticketId, {
          serviceId,
          place,
          onlyCounterId,
          waitingSince: event.at,
          notBefore: 0,
          passed: 0,
        });
        break;
      }
      case 'ticket.requeued':
        update(event.body.ticketId, { onlyCounterId: undefined, notBefore: 0 });
        break;
      case 'ticket.resumed':
        update(event.body.ticketId, { onlyCounterId: event.body.onlyCounterId, notBefore: 0 });
        break;
      case 'ticket.reinstated': {
        const { place, notBefore } = event.body;
        update(event.body.ticketId, { place, notBefore, onlyCounterId: undefined, passed: 0 });
        break;
      }
      case 'ticket.cancelled':
        standing.delete(event.body.ticketId);
        break;
      default:
        break;
    }
  }
  return { mostPassed, outOfOrder };

  function sendHome(date: string): void {
    openCounters.clear();
    for (const [ticketId, one] of standing) if (one.date === date) standing.delete(ticketId);
  }

  function update(ticketId: string, changes: Partial<Standing>): void {
    const one = standing.get(ticketId);
    if (one) Object.assign(one, changes, { isWaiting: true });
  }
}

function lineOf({ serviceId, classId }: Standing): string {
  return `${serviceId} ${classId}`;
}
