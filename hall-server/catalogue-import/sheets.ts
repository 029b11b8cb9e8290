import type { z } from 'zod';
import type { CatalogueCollection } from '#domain/catalogue/check.ts';
import {
  counterSchema,
  hallSchema,
  matterSchema,
  openingDaySchema,
  priorityClassSchema,
  rulesSchema,
  seriesSchema,
  serviceSchema,
  unitSchema,
  zoneSchema,
} from '#domain/catalogue/schema.ts';
import * as cell from './cells.ts';
import type { CellKind } from './cells.ts';

export interface Column {
  readonly name: string;
  readonly kind: CellKind;
  /** Where the value goes in the schema's object; '*' is one place for each item of the cell. */
  readonly path: readonly string[];
  readonly isOptional: boolean;
}

/** One CSV file: its columns and the schema of a row. */
export interface Sheet<Row = unknown> {
  readonly file: string;
  readonly collection: CatalogueCollection;
  readonly columns: readonly Column[];
  readonly schema: z.ZodType<Row>;
  readonly needsRows: boolean;
}

function column(name: string, kind: CellKind, path = name): Column {
  return { name, kind, path: path.split('.'), isOptional: false };
}

function optional(name: string, kind: CellKind, path = name): Column {
  return { ...column(name, kind, path), isOptional: true };
}

const names = [column('name.zh', cell.text), column('name.en', cell.text)];

export const zonesSheet: Sheet<z.infer<typeof zoneSchema>> = {
  file: 'zones.csv',
  collection: 'zones',
  schema: zoneSchema,
  needsRows: true,
  columns: [
    column('id', cell.id),
    ...names,
    column('floor', cell.label),
    column('sort', cell.anyWholeNumber),
  ],
};

export const unitsSheet: Sheet<z.infer<typeof unitSchema>> = {
  file: 'units.csv',
  collection: 'units',
  schema: unitSchema,
  needsRows: true,
  columns: [column('id', cell.id), ...names, column('zone', cell.id, 'zoneId')],
};

export const seriesSheet: Sheet<z.infer<typeof seriesSchema>> = {
  file: 'series.csv',
  collection: 'series',
  schema: seriesSchema,
  needsRows: true,
  columns: [column('id', cell.id), column('prefix', cell.prefix), column('digits', cell.wholeNumber(3, 5))],
};

export const servicesSheet: Sheet<z.infer<typeof serviceSchema>> = {
  file: 'services.csv',
  collection: 'services',
  schema: serviceSchema,
  needsRows: true,
  columns: [
    column('id', cell.id),
    ...names,
    column('unit', cell.id, 'unitId'),
    column('zone', cell.id, 'zoneId'),
    column('series', cell.id, 'seriesId'),
    optional('frequent', cell.anyWholeNumber),
    column('demand', cell.positiveNumber),
    optional('bring.zh', cell.textList, 'bring.*.zh'),
    optional('bring.en', cell.textList, 'bring.*.en'),
    optional('quotas', cell.quotas),
    optional('hours', cell.spans),
  ],
};

export const mattersSheet: Sheet<z.infer<typeof matterSchema>> = {
  file: 'matters.csv',
  collection: 'matters',
  schema: matterSchema,
  needsRows: false,
  columns: [
    column('id', cell.id),
    ...names,
    column('service', cell.id, 'serviceId'),
    column('unit', cell.id, 'unitId'),
  ],
};

export const countersSheet: Sheet<z.infer<typeof counterSchema>> = {
  file: 'counters.csv',
  collection: 'counters',
  schema: counterSchema,
  needsRows: true,
  columns: [
    column('id', cell.id),
    column('label', cell.label),
    column('zone', cell.id, 'zoneId'),
    column('unit', cell.id, 'unitId'),
    column('skills', cell.skills),
  ],
};

export const priorityClassesSheet: Sheet<z.infer<typeof priorityClassSchema>> = {
  file: 'priority-classes.csv',
  collection: 'priorityClasses',
  schema: priorityClassSchema,
  needsRows: true,
  columns: [
    column('id', cell.id),
    ...names,
    column('rank', cell.wholeNumber(0, 9)),
    column('max-overtakes', cell.wholeNumber(0, 20), 'maxOvertakes'),
    column('self-service', cell.yesNo, 'selfService'),
  ],
};

export const openingHoursSheet: Sheet<z.infer<typeof openingDaySchema>> = {
  file: 'opening-hours.csv',
  collection: 'openingDays',
  schema: openingDaySchema,
  needsRows: false,
  // An empty cell of hours is a day on which the hall is closed.
  columns: [column('weekday', cell.wholeNumber(1, 7)), optional('hours', cell.spans, 'spans')],
};

const hallAndRulesSchema = hallSchema.omit({ openingDays: true }).extend({ rules: rulesSchema });

export type HallSettings = z.infer<typeof hallAndRulesSchema>;

/** Turned on its side: a row is a setting, so that each can carry a note. The columns here are the keys. */
export const hallSheet: Sheet<HallSettings> = {
  file: 'hall.csv',
  collection: 'hall',
  schema: hallAndRulesSchema,
  needsRows: false,
  columns: [
    column('id', cell.id),
    ...names,
    column('time-zone', cell.text, 'timeZone'),
    column('hotline', cell.text),
    column('max-recalls', cell.wholeNumber(0, 9), 'rules.maxRecalls'),
    column('no-show-after', cell.duration, 'rules.noShowAfterMs'),
    column('no-show-block', cell.duration, 'rules.noShowBlockMs'),
    column('return-behind', cell.returnBehind, 'rules.returnBehind'),
    column('preference-yields-after', cell.duration, 'rules.preferenceYieldsAfterMs'),
    column('reopen-within', cell.duration, 'rules.reopenWithinMs'),
    column('roll-over-at', cell.timeOfDay, 'rules.rollOverAt'),
  ],
};

/** All files in the order in which their problems are told. */
export const sheets: readonly Sheet[] = [
  hallSheet,
  openingHoursSheet,
  zonesSheet,
  unitsSheet,
  seriesSheet,
  servicesSheet,
  mattersSheet,
  countersSheet,
  priorityClassesSheet,
];
