import type { HallEvent } from '../events/schemas.ts';
import { createCounterState, type CounterState, type Hall } from './state.ts';

type CounterEvent = Extract<
  HallEvent,
  { type: 'counter.opened' | 'counter.paused' | 'counter.resumed' | 'counter.closed' }
>;

export function counterOf(hall: Hall, counterId: string): CounterState {
  let counter = hall.countersById.get(counterId);
  if (!counter) {
    counter = createCounterState(counterId);
    hall.countersById.set(counterId, counter);
  }
  return counter;
}

export function applyCounterEvent(hall: Hall, event: CounterEvent): void {
  const counter = counterOf(hall, event.body.counterId);
  counter.revision = event.revision;
  switch (event.type) {
    case 'counter.opened':
      counter.status = 'open';
      counter.clerkId = event.body.clerkId;
      hall.counterIdsByClerk.set(event.body.clerkId, counter.id);
      break;
    case 'counter.paused':
      counter.status = 'paused';
      counter.pauseReason = event.body.reason;
      break;
    case 'counter.resumed':
      counter.status = 'open';
      counter.pauseReason = undefined;
      break;
    case 'counter.closed':
      closeCounterState(hall, counter, event.revision);
      break;
  }
}

export function closeCounterState(hall: Hall, counter: CounterState, revision: number): void {
  if (counter.clerkId) hall.counterIdsByClerk.delete(counter.clerkId);
  counter.status = 'closed';
  counter.clerkId = undefined;
  counter.pauseReason = undefined;
  counter.activeTicketId = undefined;
  counter.revision = revision;
}
