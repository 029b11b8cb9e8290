import type { Why } from '../events/schemas.ts';
import { timesOvertaken } from '../hall/queue.ts';
import type { CallReason, Day, Waiting } from '../hall/state.ts';
import { ORDINARY } from '../catalogue/schema.ts';
import type { Candidate } from './candidates.ts';

export interface Choice {
  readonly chosen: Candidate;
  readonly rule: Why['rule'];
  /** Services in whose queues the chosen one passes over somebody who came earlier. */
  readonly overtook: readonly string[];
}

/**
 * First come, first served, but a priority class may pass people who came earlier while each of them has been overtaken
 * fewer than that class's `maxOvertakes` times.
 *
 * The bound: nobody is ever passed over more than the largest `maxOvertakes` times in favour of a later-come priority
 * ticket. It is enough to look at the heads: whoever stands behind a head came later, so every ticket that
 * overtakes him has overtaken the head as well.
 */
export function choose(day: Day, candidates: readonly Candidate[]): Choice | undefined {
  const byRank = [...candidates].sort(
    (a, b) => a.priorityClass.rank - b.priorityClass.rank || a.leg.place - b.leg.place,
  );
  let capReached = false;
  for (const chosen of byRank) {
    const passed = candidates.filter((other) => other.leg.place < chosen.leg.place);
    const cap = chosen.priorityClass.maxOvertakes;
    if (passed.every((other) => timesOvertaken(day, other.leg) < cap)) {
      const rule = passed.length > 0 ? 'priority' : capReached ? 'overtake-cap' : 'first-come';
      return { chosen, rule, overtook: [...new Set(passed.map((other) => other.leg.serviceId))] };
    }
    capReached = true;
  }
  return undefined;
}

const CONSIDERED = 5;

/** The reason for a call, as the log keeps it: counts and the first five by arrival, no more. */
export function explain(
  day: Day,
  candidates: readonly Candidate[],
  rule: Why['rule'],
  nowMs: number,
  reason?: CallReason,
): Why {
  const services = [...new Set(candidates.map(({ leg }) => leg.serviceId))];
  let eligible = 0;
  let ordinary = 0;
  const first: Waiting[] = [];
  for (const serviceId of services) {
    const queue = day.queues.get(serviceId);
    eligible += queue?.count ?? 0;
    ordinary += queue?.byClass.get(ORDINARY)?.length ?? 0;
    for (const list of queue?.byClass.values() ?? []) first.push(...list.slice(0, CONSIDERED));
  }
  first.sort((a, b) => a.leg.place - b.leg.place);
  const considered = first.slice(0, CONSIDERED).map(({ ticket, leg }) => ({
    number: ticket.number,
    classId: ticket.classId,
    waitedMs: Math.max(0, nowMs - leg.waitingSince),
    overtaken: timesOvertaken(day, leg),
  }));
  const why = { rule, eligible, priority: eligible - ordinary, considered };
  return reason === undefined ? why : { ...why, reason };
}
