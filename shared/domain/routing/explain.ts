import { ORDINARY } from '../catalogue/schema.ts';
import type { Why } from '../events/schemas.ts';
import { timesOvertaken } from '../hall/queue.ts';
import type { Day, Hall, ServiceQueue, Waiting } from '../hall/state.ts';
import { mayBeCalled, type Candidate } from './candidates.ts';

const CONSIDERED = 5;

/** The reason for a call at a counter, as the log keeps it: counts and the first five in order, no more. */
export function explain(
  hall: Hall,
  day: Day,
  candidates: readonly Candidate[],
  counterId: string,
  rule: Why['rule'],
  nowMs: number,
): Why {
  const isOffered = (waiting: Waiting): boolean => mayBeCalled(hall, waiting, counterId, nowMs);
  let eligible = 0;
  let ordinary = 0;
  const first: Waiting[] = [];
  for (const serviceId of new Set(candidates.map(({ leg }) => leg.serviceId))) {
    const queue = day.queues.get(serviceId);
    if (!queue) continue;
    for (const [classId, list] of queue.byClass) {
      const count = countOf(queue, list, isOffered);
      eligible += count;
      if (classId === ORDINARY) ordinary += count;
      first.push(...firstOf(list, isOffered));
    }
  }
  first.sort((a, b) => a.leg.place - b.leg.place);
  const considered = first.slice(0, CONSIDERED).map(({ ticket, leg }) => ({
    number: ticket.number,
    classId: ticket.classId,
    waitedMs: Math.max(0, nowMs - leg.waitingSince),
    overtaken: timesOvertaken(day, leg),
  }));
  return { rule, eligible, priority: eligible - ordinary, considered };
}

/** Counting one by one only where somebody is kept: a call must not cost more as a queue grows. */
function countOf(
  { kept }: ServiceQueue,
  list: readonly Waiting[],
  isOffered: (waiting: Waiting) => boolean,
): number {
  return kept === 0 ? list.length : list.filter(isOffered).length;
}

function firstOf(list: readonly Waiting[], isOffered: (waiting: Waiting) => boolean): Waiting[] {
  const first: Waiting[] = [];
  for (const waiting of list) {
    if (first.length === CONSIDERED) break;
    if (isOffered(waiting)) first.push(waiting);
  }
  return first;
}
