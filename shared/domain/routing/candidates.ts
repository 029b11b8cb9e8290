import type { CatalogueIndex } from '../catalogue/index.ts';
import { ORDINARY, type PriorityClass } from '../catalogue/schema.ts';
import type { Day, Hall, Waiting } from '../hall/state.ts';

/** The first of a priority class in a service's queue whom a counter may call now. */
export interface Candidate extends Waiting {
  readonly priorityClass: PriorityClass;
}

/**
 * Whom a counter may choose from: the head of every (service, class) among its first duty that has anybody. Lesser
 * duties count only when no greater one has anybody, except for a line whose head has waited so long that preference yields:
 * looking at the heads alone, a call costs the same however long the lines are.
 */
export function candidatesOf(
  hall: Hall,
  day: Day,
  catalogue: CatalogueIndex,
  counterId: string,
  nowMs: number,
): Candidate[] {
  const tiers = catalogue.tiersByCounter.get(counterId) ?? [];
  const heads = tiers.map((services) =>
    services.flatMap((serviceId) => headsOf(hall, day, catalogue, serviceId, counterId, nowMs)),
  );
  const first = heads.findIndex((tier) => tier.length > 0);
  if (first < 0) return [];
  const yieldsAfterMs = catalogue.catalogue.rules.preferenceYieldsAfterMs;
  return heads.flatMap((tier, index) =>
    index <= first ? tier : tier.filter(({ leg }) => nowMs - leg.waitingSince >= yieldsAfterMs),
  );
}

function headsOf(
  hall: Hall,
  day: Day,
  catalogue: CatalogueIndex,
  serviceId: string,
  counterId: string,
  nowMs: number,
): Candidate[] {
  const queue = day.queues.get(serviceId);
  if (!queue || queue.count === 0) return [];
  const heads: Candidate[] = [];
  for (const [classId, list] of queue.byClass) {
    // Whoever holds a class that a new catalogue version left out goes on as ordinary, rather than wait for ever.
    const priorityClass = catalogue.classesById.get(classId) ?? catalogue.classesById.get(ORDINARY);
    const head = list.find((waiting) => mayBeCalled(hall, waiting, counterId, nowMs));
    if (head && priorityClass) heads.push({ ...head, priorityClass });
  }
  return heads;
}

/** A ticket kept for one counter is offered elsewhere once that counter is closed: nobody waits for an empty desk. */
export function mayBeCalled(hall: Hall, { leg }: Waiting, counterId: string, nowMs: number): boolean {
  if (leg.notBefore !== undefined && leg.notBefore > nowMs) return false;
  if (leg.onlyCounterId === undefined || leg.onlyCounterId === counterId) return true;
  return (hall.countersById.get(leg.onlyCounterId)?.status ?? 'closed') === 'closed';
}
