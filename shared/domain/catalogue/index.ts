import type { Catalogue, Counter, PriorityClass, Series, Service, Unit, Zone } from './schema.ts';

/** A catalogue version with the look-ups that the rules need. Never changed once made. */
export interface CatalogueIndex {
  readonly version: number;
  readonly catalogue: Catalogue;
  readonly zonesById: ReadonlyMap<string, Zone>;
  readonly unitsById: ReadonlyMap<string, Unit>;
  readonly seriesById: ReadonlyMap<string, Series>;
  readonly servicesById: ReadonlyMap<string, Service>;
  readonly countersById: ReadonlyMap<string, Counter>;
  readonly classesById: ReadonlyMap<string, PriorityClass>;
  /** Counters by the services that they can do. */
  readonly countersByService: ReadonlyMap<string, readonly Counter[]>;
  /** Each counter's services, first duty first: one list of service ids per preference. */
  readonly tiersByCounter: ReadonlyMap<string, readonly (readonly string[])[]>;
}

export function indexCatalogue(version: number, catalogue: Catalogue): CatalogueIndex {
  return {
    version,
    catalogue,
    zonesById: byId(catalogue.zones),
    unitsById: byId(catalogue.units),
    seriesById: byId(catalogue.series),
    servicesById: byId(catalogue.services),
    countersById: byId(catalogue.counters),
    classesById: byId(catalogue.priorityClasses),
    countersByService: countersByService(catalogue.counters),
    tiersByCounter: new Map(catalogue.counters.map((counter) => [counter.id, tiersOf(counter)])),
  };
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function countersByService(counters: readonly Counter[]): Map<string, Counter[]> {
  const result = new Map<string, Counter[]>();
  for (const counter of counters) {
    for (const skill of counter.skills) {
      const list = result.get(skill.serviceId);
      if (list) list.push(counter);
      else result.set(skill.serviceId, [counter]);
    }
  }
  return result;
}

function tiersOf(counter: Counter): string[][] {
  const tiers = new Map<number, string[]>();
  for (const { serviceId, preference } of counter.skills) {
    const tier = tiers.get(preference);
    if (tier) tier.push(serviceId);
    else tiers.set(preference, [serviceId]);
  }
  return [...tiers].sort(([a], [b]) => a - b).map(([, services]) => services);
}
