import { counterRanges } from '#domain/catalogue/counter-ranges.ts';
import type { Service, Text, Unit, Zone } from '#domain/catalogue/schema.ts';
import type { ScreenCatalogue } from '#screen/hall/hall-store.ts';

/** Services of the home screen, in the order that the catalogue gives them. */
export function frequentServices({ catalogue }: ScreenCatalogue): readonly Service[] {
  return catalogue.services
    .filter(({ frequent }) => frequent !== undefined)
    .sort((a, b) => (a.frequent ?? 0) - (b.frequent ?? 0));
}

/** The zones in which something can be done, in the hall's own order. */
export function zonesInOrder({ catalogue }: ScreenCatalogue): readonly Zone[] {
  const inUse = new Set(catalogue.services.map(({ zoneId }) => zoneId));
  return catalogue.zones.filter(({ id }) => inUse.has(id)).sort((a, b) => a.sort - b.sort);
}

export interface UnitServices {
  readonly unit: Unit;
  readonly services: readonly Service[];
}

/** The services of a zone under the units that do them; of each unit the one in most demand first. */
export function servicesByUnit({ catalogue }: ScreenCatalogue, zoneId: string): readonly UnitServices[] {
  const inZone = catalogue.services.filter((service) => service.zoneId === zoneId);
  return catalogue.units.flatMap((unit) => {
    const services = inZone.filter(({ unitId }) => unitId === unit.id).sort((a, b) => b.demand - a.demand);
    return services.length === 0 ? [] : [{ unit, services }];
  });
}

/** '3F' → '3': the words around it already say that it is a floor. 'B1' and 'G' stay as they are. */
export function floorLabel(floor: string): string {
  return /^\d+F$/.test(floor) ? floor.slice(0, -1) : floor;
}

export interface Place {
  readonly zone: Text;
  readonly floor: string;
  /** As on the slip: 'A01-A06 B3'. */
  readonly counters: string;
}

/** Where a service is done; undefined where the catalogue does not know its zone. */
export function placeOf({ catalogue, zonesById }: ScreenCatalogue, service: Service): Place | undefined {
  const zone = zonesById.get(service.zoneId);
  if (!zone) return undefined;
  const labels = catalogue.counters
    .filter(({ skills }) => skills.some(({ serviceId }) => serviceId === service.id))
    .map(({ label }) => label);
  return { zone: zone.name, floor: floorLabel(zone.floor), counters: counterRanges(labels).join(' ') };
}
