import type { HallEvent } from '../events/schemas.ts';
import { applyEvent } from './apply.ts';
import { createDay, createHall, type CatalogueSource, type Hall } from './state.ts';

type DayMark = Extract<HallEvent, { type: 'day.opened' | 'day.rolledOver' }>;
type RollOver = Extract<HallEvent, { type: 'day.rolledOver' }>;

/**
 * Where the fold of a log may begin: at the last roll-over, or at the opening ahead of a date that is still to come. What was
 * before has no bearing on the hall any more, so a restart costs a day, not a year.
 */
export interface FoldBase {
  /** The fold reads on from here; 0 is the whole log. */
  readonly afterRevision: number;
  readonly rollOver: RollOver | undefined;
}

/** @param marks the latest openings and roll-overs of the log, in any order; enough of them to reach back a fortnight. */
export function foldBase(marks: readonly DayMark[]): FoldBase {
  const rollOver = marks
    .filter((mark) => mark.type === 'day.rolledOver')
    .reduce<RollOver | undefined>(
      (last, mark) => (last && last.revision > mark.revision ? last : mark),
      undefined,
    );
  if (!rollOver) return { afterRevision: 0, rollOver: undefined };
  const openedAhead = marks.filter(
    (mark) => mark.type === 'day.opened' && mark.body.businessDate >= rollOver.body.to,
  );
  const first = Math.min(rollOver.revision, ...openedAhead.map(({ revision }) => revision));
  return { afterRevision: first - 1, rollOver };
}

/** The hall as it must stand before the first event of the fold: an old date, closed, for the roll-over to leave. */
export function hallAtBase(catalogueOf: CatalogueSource, { afterRevision, rollOver }: FoldBase): Hall {
  const hall = createHall(catalogueOf);
  if (!rollOver) return hall;
  hall.revision = afterRevision;
  hall.current = { ...createDay(rollOver.body.from, 0), status: 'closed' };
  return hall;
}

/** Folds an event that was read after the base; one of a date that the roll-over left behind only moves the revision on. */
export function foldEvent(hall: Hall, event: HallEvent, { rollOver }: FoldBase): void {
  const isPast = rollOver && event.revision < rollOver.revision && event.date < rollOver.body.to;
  if (!isPast || event.type === 'catalogue.published') {
    applyEvent(hall, event);
    return;
  }
  if (event.revision !== hall.revision + 1) {
    throw new Error(`event ${event.revision} does not follow revision ${hall.revision}`);
  }
  hall.revision = event.revision;
  hall.lastAt = event.at;
}
