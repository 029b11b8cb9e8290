import type { Day, Leg, ServiceQueue, Ticket, Waiting } from './state.ts';

export function queueOf(day: Day, serviceId: string): ServiceQueue {
  let queue = day.queues.get(serviceId);
  if (!queue) {
    queue = { byClass: new Map(), overtakers: [], count: 0, kept: 0 };
    day.queues.set(serviceId, queue);
  }
  return queue;
}

/** Puts a leg where its place says. Equal places keep the order of joining. */
export function joinQueue(day: Day, ticket: Ticket, leg: Leg): void {
  const queue = queueOf(day, leg.serviceId);
  let list = queue.byClass.get(ticket.classId);
  if (!list) {
    list = [];
    queue.byClass.set(ticket.classId, list);
  }
  list.splice(upperBound(list, leg.place, placeOf), 0, { ticket, leg });
  queue.count += 1;
  if (isKept(leg)) queue.kept += 1;
}

function isKept({ onlyCounterId, notBefore }: Leg): boolean {
  return onlyCounterId !== undefined || notBefore !== undefined;
}

export function leaveQueue(day: Day, ticket: Ticket, leg: Leg): void {
  const queue = queueOf(day, leg.serviceId);
  const list = queue.byClass.get(ticket.classId) ?? [];
  // The head leaves far more often than anybody else: look there before searching.
  let index = list[0]?.leg === leg ? 0 : upperBound(list, leg.place, placeOf) - 1;
  while (index >= 0 && list[index]?.leg !== leg) index -= 1;
  if (index < 0)
    throw new Error(`leg ${leg.index} of ticket ${ticket.id} is not in the queue of ${leg.serviceId}`);
  list.splice(index, 1);
  queue.count -= 1;
  if (isKept(leg)) queue.kept -= 1;
}

/** Everybody who waits for a service, in order of place. */
export function waitingInOrder(day: Day | undefined, serviceId: string): Waiting[] {
  const queue = day?.queues.get(serviceId);
  if (!queue) return [];
  return [...queue.byClass.values()].flat().sort((a, b) => a.leg.place - b.leg.place);
}

export function noteOvertaker(day: Day, serviceId: string, place: number): void {
  const { overtakers } = queueOf(day, serviceId);
  overtakers.splice(upperBound(overtakers, place, identity), 0, place);
}

/**
 * How many tickets of a later place the queue has seen called past somebody by priority. Who comes in with an early place (a
 * transfer) counts those of before too: so a head is never overtaken less than anybody behind it, and heads are all that
 * `choose` needs to ask.
 */
export function timesOvertaken(day: Day, leg: Leg): number {
  const overtakers = day.queues.get(leg.serviceId)?.overtakers;
  if (!overtakers) return 0;
  return overtakers.length - upperBound(overtakers, leg.place, identity);
}

/** The place for somebody who returns behind `behind` waiting people of the service, or at its end. */
export function placeBehind(day: Day, serviceId: string, behind: number | 'end'): number {
  const order = waitingInOrder(day, serviceId);
  const before = behind === 'end' ? undefined : order[behind - 1];
  const after = behind === 'end' ? undefined : order[behind];
  if (!after) return day.lastPlace + 1;
  const lower = before?.leg.place ?? after.leg.place - 1;
  return (lower + after.leg.place) / 2;
}

const placeOf = (waiting: Waiting): number => waiting.leg.place;
const identity = (place: number): number => place;

/** Index of the first element whose key is greater than `key`. */
function upperBound<T>(list: readonly T[], key: number, keyOf: (element: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(list[middle] as T) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}
