import type { ServiceView } from '#domain/views/terminal.ts';
import { midnightOf } from '#domain/time.ts';
import type { HallNow } from '#kiosk/screens/hall-now.ts';
import type { ScreenCatalogue } from '#screen/hall/hall-store.ts';
import { aCatalogue, MINUTE_MS } from '#test/support/builders.ts';
import type { CatalogueChanges } from '#test/support/builders.ts';

/** A Monday, on which the small hall is open 08:30–12:00 and 13:30–17:30. */
export const MONDAY = '2026-11-23';

export function at(timeOfDay: string, date = MONDAY): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return midnightOf(date, 'Asia/Shanghai') + (hours * 60 + minutes) * MINUTE_MS;
}

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

export function aScreenCatalogue(changes: CatalogueChanges = {}): ScreenCatalogue {
  const catalogue = aCatalogue(changes);
  return {
    version: 1,
    catalogue,
    zonesById: byId(catalogue.zones),
    unitsById: byId(catalogue.units),
    servicesById: byId(catalogue.services),
    countersById: byId(catalogue.counters),
    classesById: byId(catalogue.priorityClasses),
  };
}

export function aServiceView(changes: Partial<ServiceView> = {}): ServiceView {
  return { serviceId: 'deeds', waiting: {}, openCounters: 2, ...changes };
}

/** Monday 09:00, the day open, the line to the hall good, a printer with paper. */
export function aHallNow(changes: Partial<HallNow> = {}): HallNow {
  return {
    catalogue: aScreenCatalogue(),
    day: { businessDate: MONDAY, status: 'open', catalogueVersion: 1 },
    views: { 'service:deeds': aServiceView({ waiting: { ordinary: 3 } }) },
    devices: {
      printer: { state: 'answering', online: true, paper: 'ok', coverOpen: false, error: 'none' },
    },
    health: 'well',
    minuteMs: at('09:00'),
    ...changes,
  };
}
