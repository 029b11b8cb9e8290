import type { CatalogueIndex } from '../catalogue/index.ts';
import { emptyTally } from '../hall/tally.ts';
import type { Hall, ZoneTally } from '../hall/state.ts';

/** A zone's figures on the wait-time board. The definitions stand beside each field and on the board itself. */
export interface ZoneFigures {
  readonly zoneId: string;
  /** Legs that wait now. */
  readonly waiting: number;
  /** Epoch ms since when the longest-waiting person waits now. */
  readonly longestSince?: number;
  readonly openCounters: number;
  readonly pausedCounters: number;
  readonly busyCounters: number;
  /** Sums over the business date: waits from joining a queue to its first call, handlings from start to finish. */
  readonly tally: ZoneTally;
}

export function zoneFiguresOf(hall: Hall, catalogue: CatalogueIndex, zoneId: string): ZoneFigures {
  const day = hall.current;
  let waiting = 0;
  let longestSince = Infinity;
  for (const [serviceId, queue] of day?.queues ?? []) {
    if (queue.count === 0 || catalogue.servicesById.get(serviceId)?.zoneId !== zoneId) continue;
    waiting += queue.count;
    for (const list of queue.byClass.values()) {
      for (const { leg } of list) longestSince = Math.min(longestSince, leg.waitingSince);
    }
  }
  const counters = catalogue.catalogue.counters
    .filter((counter) => counter.zoneId === zoneId)
    .map(({ id }) => hall.countersById.get(id));
  return {
    zoneId,
    waiting,
    ...(waiting > 0 ? { longestSince } : {}),
    openCounters: counters.filter((counter) => counter?.status === 'open').length,
    pausedCounters: counters.filter((counter) => counter?.status === 'paused').length,
    busyCounters: counters.filter((counter) => counter?.activeTicketId !== undefined).length,
    tally: { ...(day?.tallies.get(zoneId) ?? emptyTally()) },
  };
}
