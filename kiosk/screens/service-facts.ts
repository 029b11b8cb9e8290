import type { Service } from '#domain/catalogue/schema.ts';
import { placeOf } from './directory.ts';
import type { Place } from './directory.ts';
import { printerOf, viewOf } from './hall-now.ts';
import type { HallNow } from './hall-now.ts';
import { vainBecause } from './health.ts';
import { issuingOf, obstacleOf, peopleAhead } from './offer.ts';
import type { Issuing, Obstacle } from './offer.ts';
import { isPrinterReady } from './slip-state.ts';

/** All that a visitor is told before taking a number. */
export interface ServiceFacts {
  readonly place: Place | undefined;
  readonly issuing: Issuing;
  /** undefined until the hall has said it, and for a number of another day. */
  readonly ahead: number | undefined;
  /** Numbers left today, where they are counted. */
  readonly left: number | undefined;
  readonly hasCounter: boolean;
  readonly hasPaper: boolean;
  /** Why no number can be taken now. */
  readonly obstacle: Obstacle | 'cut' | 'hall-away' | undefined;
}

export function factsOf(
  hall: HallNow,
  service: Service,
  { classId, hallDidNotAnswer }: { readonly classId: string; readonly hallDidNotAnswer: boolean },
): ServiceFacts {
  const view = viewOf(hall, service.id);
  const issuing = issuingOf(hall.catalogue, hall.day, service, hall.minuteMs);
  const isToday = issuing.kind === 'now';
  return {
    place: placeOf(hall.catalogue, service),
    issuing,
    ahead: isToday && view ? peopleAhead(view, hall.catalogue, classId) : undefined,
    left: isToday ? view?.left : undefined,
    hasCounter: !isToday || view === undefined || view.openCounters > 0,
    hasPaper: isPrinterReady(printerOf(hall)),
    obstacle: obstacleOf(issuing, view) ?? vainBecause(hall.health, hallDidNotAnswer),
  };
}
