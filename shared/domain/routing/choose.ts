import type { Why } from '../events/schemas.ts';
import { timesOvertaken } from '../hall/queue.ts';
import type { Day } from '../hall/state.ts';
import type { Candidate } from './candidates.ts';

export interface Choice {
  readonly chosen: Candidate;
  readonly rule: Why['rule'];
  /** Services in whose queues the chosen one passes over somebody who came earlier. */
  readonly overtook: readonly string[];
}

/**
 * First come, first served, but a ticket of a priority class may pass people of lesser classes who came earlier while each of
 * them has been overtaken fewer than that class's `maxOvertakes` times.
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
    const { rank, maxOvertakes } = chosen.priorityClass;
    const passed = candidates.filter((other) => other.leg.place < chosen.leg.place);
    if (
      passed.every(
        (other) => other.priorityClass.rank > rank && timesOvertaken(day, other.leg) < maxOvertakes,
      )
    ) {
      const rule = passed.length > 0 ? 'priority' : capReached ? 'overtake-cap' : 'first-come';
      return { chosen, rule, overtook: [...new Set(passed.map((other) => other.leg.serviceId))] };
    }
    capReached = true;
  }
  return undefined;
}
