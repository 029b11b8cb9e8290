import type { CatalogueIndex } from '#domain/catalogue/index.ts';

export interface Staffing {
  /** Counters to open, in the catalogue's order. */
  readonly counterIds: readonly string[];
  /** Busy share of each at the given work, when it is spread as evenly as skills allow. */
  readonly loads: ReadonlyMap<string, number>;
}

/** Minutes of work that come in a minute, by service. */
export type WorkByService = ReadonlyMap<string, number>;

const SWEEPS = 12;

/**
 * The counters that keep every load at or under `targetLoad`, as far as the hall has counters for it: opened one by one, each time
 * the one that takes most from counters that have too much. Every service has at least one.
 */
export function staffFor(catalogue: CatalogueIndex, work: WorkByService, targetLoad: number): Staffing {
  const open = new Set<string>();
  for (;;) {
    const spread = spreadWork(catalogue, work, open);
    const next = mostNeeded(catalogue, work, spread, open, targetLoad);
    if (next === undefined) return staffing(catalogue, spread, open);
    open.add(next);
  }
}

/** Work by counter, and where the work of each service goes. */
interface Spread {
  readonly byCounter: Map<string, number>;
  readonly byService: Map<string, Map<string, number>>;
}

/** Work is split without limit here; what does not fit together evens out over some sweeps of levelling service by service. */
function spreadWork(catalogue: CatalogueIndex, work: WorkByService, open: ReadonlySet<string>): Spread {
  const byCounter = new Map([...open].map((id) => [id, 0]));
  const byService = new Map<string, Map<string, number>>();
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const [serviceId, minutes] of work) {
      const able = openCountersOf(catalogue, serviceId, open);
      const before = byService.get(serviceId);
      for (const id of able) byCounter.set(id, (byCounter.get(id) ?? 0) - (before?.get(id) ?? 0));
      const shares = levelled(able, byCounter, minutes);
      for (const [id, share] of shares) byCounter.set(id, (byCounter.get(id) ?? 0) + share);
      byService.set(serviceId, shares);
    }
  }
  return { byCounter, byService };
}

function openCountersOf(
  catalogue: CatalogueIndex,
  serviceId: string,
  open: ReadonlySet<string>,
): readonly string[] {
  return (catalogue.countersByService.get(serviceId) ?? []).map(({ id }) => id).filter((id) => open.has(id));
}

/** Pours `minutes` over the counters so that the least loaded fill up first, to one level. */
function levelled(
  able: readonly string[],
  loads: ReadonlyMap<string, number>,
  minutes: number,
): Map<string, number> {
  const sorted = [...able].sort((a, b) => (loads.get(a) ?? 0) - (loads.get(b) ?? 0));
  let sum = minutes;
  let filled = 0;
  let level = 0;
  for (const id of sorted) {
    const load = loads.get(id) ?? 0;
    if (filled > 0 && level <= load) break;
    sum += load;
    filled += 1;
    level = sum / filled;
  }
  return new Map(sorted.slice(0, filled).map((id) => [id, level - (loads.get(id) ?? 0)]));
}

/** The closed counter that would take over most work from nobody at all, or else from counters above the target. */
function mostNeeded(
  catalogue: CatalogueIndex,
  work: WorkByService,
  { byCounter, byService }: Spread,
  open: ReadonlySet<string>,
  targetLoad: number,
): string | undefined {
  let best: { readonly id: string; readonly relief: number } | undefined;
  for (const { id, skills } of catalogue.catalogue.counters) {
    if (open.has(id)) continue;
    let relief = 0;
    for (const { serviceId, preference } of skills) {
      const tooMuch = [...(byService.get(serviceId) ?? [])].filter(
        ([at]) => (byCounter.get(at) ?? 0) > targetLoad + 1e-6,
      );
      const unserved = openCountersOf(catalogue, serviceId, open).length === 0 && work.has(serviceId);
      const minutes = tooMuch.reduce((sum, [, share]) => sum + share, 0);
      relief += (unserved ? 1 + (work.get(serviceId) ?? 0) : minutes) / preference;
    }
    if (relief > (best?.relief ?? 1e-6)) best = { id, relief };
  }
  return best?.id;
}

function staffing({ catalogue }: CatalogueIndex, { byCounter }: Spread, open: ReadonlySet<string>): Staffing {
  const counterIds = catalogue.counters.map(({ id }) => id).filter((id) => open.has(id));
  return { counterIds, loads: new Map(counterIds.map((id) => [id, byCounter.get(id) ?? 0])) };
}
