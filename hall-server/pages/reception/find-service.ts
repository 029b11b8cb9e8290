import type { Series, Service, Unit, Zone } from '#domain/catalogue/schema.ts';
import { numberSchema } from '#domain/commands/schemas.ts';

/** A service with what it is found by. */
export interface FindableService {
  readonly service: Service;
  readonly unit: Unit | undefined;
  readonly zone: Zone | undefined;
  readonly prefix: string;
  /** Names, unit and zone in both languages, folded as a search term is. */
  readonly words: Readonly<Record<'names' | 'unit' | 'zone', string>>;
}

export interface FindableCatalogue {
  readonly catalogue: { readonly services: readonly Service[]; readonly series: readonly Series[] };
  readonly unitsById: ReadonlyMap<string, Unit>;
  readonly zonesById: ReadonlyMap<string, Zone>;
}

/** Full-width letters and capitals read the same as plain ones: desks type with a Chinese keyboard on. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
const bothOf = (name: Unit['name'] | undefined): string => folded(name ? `${name.zh}\n${name.en}` : '');

/** Every service in the order of the hall: zone by zone, the ones asked for most first. */
export function findableServices({
  catalogue,
  unitsById,
  zonesById,
}: FindableCatalogue): readonly FindableService[] {
  const prefixes = new Map(catalogue.series.map(({ id, prefix }) => [id, prefix]));
  return catalogue.services
    .map((service): FindableService => {
      const unit = unitsById.get(service.unitId);
      const zone = zonesById.get(service.zoneId);
      const words = { names: bothOf(service.name), unit: bothOf(unit?.name), zone: bothOf(zone?.name) };
      return { service, unit, zone, prefix: prefixes.get(service.seriesId) ?? '', words };
    })
    .sort((a, b) => (a.zone?.sort ?? 0) - (b.zone?.sort ?? 0) || b.service.demand - a.service.demand);
}

/** Smaller is nearer; undefined is no match. */
function distance({ words, prefix }: FindableService, term: string): number | undefined {
  if (folded(prefix) === term) return 0;
  if (words.names.split('\n').some((name) => name.startsWith(term))) return 1;
  if (words.names.includes(` ${term}`)) return 2;
  if (words.names.includes(term)) return 3;
  if (words.unit.includes(term)) return 5;
  if (words.zone.includes(term)) return 8;
  return undefined;
}

/** The services in which every term of the query is found, nearest first; all of them for an empty query. */
export function findServices(all: readonly FindableService[], query: string): readonly FindableService[] {
  const terms = folded(query)
    .split(/\s+/)
    .filter((term) => term !== '');
  if (terms.length === 0) return all;
  return all
    .flatMap((found) => {
      const distances = terms.map((term) => distance(found, term));
      if (distances.includes(undefined)) return [];
      return [{ found, far: distances.reduce<number>((sum, next) => sum + (next ?? 0), 0) }];
    })
    .sort((a, b) => a.far - b.far || b.found.service.demand - a.found.service.demand)
    .map(({ found }) => found);
}

/** 'a12', 'A-012' or 'Ａ０１２' → 'A012', where the hall has that series; undefined for anything that is no number. */
export function ticketNumberIn(query: string, series: readonly Series[]): string | undefined {
  const [, letters = '', digits = ''] = /^([a-z]{1,2})[\s-]*(\d{1,5})$/.exec(folded(query).trim()) ?? [];
  const own = series.find(({ prefix }) => folded(prefix) === letters);
  if (own === undefined) return undefined;
  const number = own.prefix + digits.padStart(own.digits, '0');
  return numberSchema.safeParse(number).success ? number : undefined;
}
