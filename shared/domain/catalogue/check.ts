import { Temporal } from 'temporal-polyfill';
import { ORDINARY } from './schema.ts';
import type { Catalogue, Service, Text } from './schema.ts';

/** The parts of a catalogue that other parts refer to, or that have an order of their own. */
export type CatalogueCollection =
  | 'hall'
  | 'openingDays'
  | 'zones'
  | 'units'
  | 'series'
  | 'services'
  | 'matters'
  | 'counters'
  | 'priorityClasses';

/** What the rules look at. Without `timeZone` (an importer that could not read it) that rule is passed over. */
export type CheckedCatalogue = Omit<Catalogue, 'hall' | 'rules'> & {
  readonly hall: Pick<Catalogue['hall'], 'openingDays'> & { readonly timeZone?: string };
};

export type CatalogueProblemCode =
  | 'duplicate-id'
  | 'duplicate-label'
  | 'duplicate-prefix'
  | 'duplicate-skill'
  | 'duplicate-weekday'
  | 'unknown-reference'
  | 'service-without-first-duty'
  | 'no-ordinary-class'
  | 'backward-span'
  | 'overlapping-spans'
  | 'unknown-time-zone';

/** A rule broken between parts that are each well-formed. Texts are for the administrator. */
export interface CatalogueProblem extends Text {
  readonly code: CatalogueProblemCode;
  readonly collection: CatalogueCollection;
  /** Position in the collection; absent where the collection as a whole is meant. */
  readonly index?: number;
  /** Field of the schema at fault, e.g. 'unitId'. */
  readonly field?: string;
  /** What a broken reference names. */
  readonly target?: { readonly collection: CatalogueCollection; readonly id: string };
  /** For duplicates: position of the one that was there first. */
  readonly firstIndex?: number;
}

type Span = Service['hours'][number];
type Problems = readonly CatalogueProblem[];

/** The rules between the parts of a catalogue; what one row alone must satisfy is in the schema. All breaches, in order. */
export function checkCatalogue(catalogue: CheckedCatalogue): Problems {
  return [
    ...timeZoneProblems(catalogue.hall.timeZone),
    ...openingProblems(catalogue.hall.openingDays),
    ...duplicateProblems(catalogue),
    ...referenceProblems(catalogue),
    ...skillProblems(catalogue),
    ...serviceTimeProblems(catalogue.services),
    ...ordinaryProblems(catalogue),
  ];
}

function timeZoneProblems(timeZone: string | undefined): Problems {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  return [
    {
      code: 'unknown-time-zone',
      collection: 'hall',
      index: 0,
      field: 'timeZone',
      zh: `没有时区“${timeZone}”`,
      en: `There is no time zone "${timeZone}"`,
    },
  ];
}

function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function openingProblems(days: Catalogue['hall']['openingDays']): Problems {
  return [
    ...repeated('openingDays', days, 'weekday', 'duplicate-weekday', (day) => String(day.weekday)),
    ...days.flatMap((day, index) => spanProblems('openingDays', index, 'spans', day.spans)),
  ];
}

function duplicateProblems(catalogue: CheckedCatalogue): Problems {
  const { zones, units, series, services, matters, counters, priorityClasses } = catalogue;
  const parts = { zones, units, series, services, matters, counters, priorityClasses };
  return [
    ...keysOf(parts).flatMap((part) =>
      repeated<{ readonly id: string }>(part, parts[part], 'id', 'duplicate-id', ({ id }) => id),
    ),
    ...repeated('counters', counters, 'label', 'duplicate-label', ({ label }) => label),
    ...repeated('series', series, 'prefix', 'duplicate-prefix', ({ prefix }) => prefix),
  ];
}

function keysOf<T extends object>(parts: T): readonly (keyof T)[] {
  return Object.keys(parts) as (keyof T)[];
}

function repeated<T>(
  collection: CatalogueCollection,
  rows: readonly T[],
  field: string,
  code: CatalogueProblemCode,
  valueOf: (row: T) => string,
): Problems {
  const firstByValue = new Map<string, number>();
  return rows.flatMap((row, index) => {
    const value = valueOf(row);
    const firstIndex = firstByValue.get(value);
    if (firstIndex === undefined) {
      firstByValue.set(value, index);
      return [];
    }
    const zh = `“${value}”重复`;
    return [{ code, collection, index, field, firstIndex, zh, en: `"${value}" is used twice` }];
  });
}

function referenceProblems(catalogue: CheckedCatalogue): Problems {
  const zones = known('zones', catalogue.zones);
  const units = known('units', catalogue.units);
  const series = known('series', catalogue.series);
  const services = known('services', catalogue.services);
  return [
    ...catalogue.units.flatMap((unit, i) => zones('units', i, 'zoneId', unit.zoneId)),
    ...catalogue.services.flatMap((service, i) => [
      ...units('services', i, 'unitId', service.unitId),
      ...zones('services', i, 'zoneId', service.zoneId),
      ...series('services', i, 'seriesId', service.seriesId),
    ]),
    ...catalogue.matters.flatMap((matter, i) => [
      ...services('matters', i, 'serviceId', matter.serviceId),
      ...units('matters', i, 'unitId', matter.unitId),
    ]),
    ...catalogue.counters.flatMap((counter, i) => [
      ...zones('counters', i, 'zoneId', counter.zoneId),
      ...units('counters', i, 'unitId', counter.unitId),
      ...counter.skills.flatMap(({ serviceId }) => services('counters', i, 'skills', serviceId)),
    ]),
  ];
}

const partNames: Readonly<Record<'zones' | 'units' | 'series' | 'services', Text>> = {
  zones: { zh: '区域', en: 'zone' },
  units: { zh: '进驻单位', en: 'unit' },
  series: { zh: '号段', en: 'series' },
  services: { zh: '业务', en: 'service' },
};

/** Asks of each reference whether the collection knows it. */
function known(part: keyof typeof partNames, rows: readonly { readonly id: string }[]) {
  const ids = new Set(rows.map((row) => row.id));
  const name = partNames[part];
  return (collection: CatalogueCollection, index: number, field: string, id: string): Problems => {
    if (ids.has(id)) return [];
    const target = { collection: part, id };
    const texts = { zh: `没有编号为“${id}”的${name.zh}`, en: `There is no ${name.en} "${id}"` };
    return [{ code: 'unknown-reference', collection, index, field, target, ...texts }];
  };
}

function skillProblems({ counters, services }: CheckedCatalogue): Problems {
  const firstDuties = new Set(
    counters.flatMap((counter) =>
      counter.skills.filter(({ preference }) => preference === 1).map(({ serviceId }) => serviceId),
    ),
  );
  return [
    ...counters.flatMap((counter, index) => {
      const repeats = repeated('counters', counter.skills, 'skills', 'duplicate-skill', (s) => s.serviceId);
      // Both stand in the same row, so there is no earlier place to name.
      return repeats.map(({ code, collection, zh, en }) => ({
        code,
        collection,
        index,
        field: 'skills',
        zh,
        en,
      }));
    }),
    ...services.flatMap((service, index) => (firstDuties.has(service.id) ? [] : [orphan(service.id, index)])),
  ];
}

function orphan(id: string, index: number): CatalogueProblem {
  return {
    code: 'service-without-first-duty',
    collection: 'services',
    index,
    field: 'id',
    zh: `没有窗口主办业务“${id}”（优先级 1）`,
    en: `No counter has the service "${id}" as its first duty (preference 1)`,
  };
}

function serviceTimeProblems(services: readonly Service[]): Problems {
  return services.flatMap((service, index) => [
    ...spanProblems('services', index, 'hours', service.hours),
    // Quotas may overlap: forty in the morning and sixty in the day are two limits, both held.
    ...service.quotas.flatMap(({ span }) =>
      span ? backwardProblems('services', index, 'quotas', [span]) : [],
    ),
  ]);
}

function spanProblems(
  collection: CatalogueCollection,
  index: number,
  field: string,
  spans: readonly Span[],
): Problems {
  const backward = backwardProblems(collection, index, field, spans);
  // 'HH:MM' compares as text.
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));
  const isOverlapping = sorted.some((span, i) => span.from < (sorted[i - 1]?.to ?? ''));
  if (backward.length > 0 || !isOverlapping) return backward;
  const texts = { zh: '时段互相重叠', en: 'The spans overlap' };
  return [{ code: 'overlapping-spans', collection, index, field, ...texts }];
}

function backwardProblems(
  collection: CatalogueCollection,
  index: number,
  field: string,
  spans: readonly Span[],
): Problems {
  return spans
    .filter(({ from, to }) => from >= to)
    .map(({ from, to }) => ({
      code: 'backward-span',
      collection,
      index,
      field,
      zh: `时段“${from}-${to}”的结束不晚于开始`,
      en: `The span "${from}-${to}" does not end after it starts`,
    }));
}

function ordinaryProblems({ priorityClasses }: CheckedCatalogue): Problems {
  if (priorityClasses.some(({ id }) => id === ORDINARY)) return [];
  return [
    {
      code: 'no-ordinary-class',
      collection: 'priorityClasses',
      field: 'id',
      zh: `缺少优先类别“${ORDINARY}”（普通）`,
      en: `The priority class "${ORDINARY}" is missing`,
    },
  ];
}
