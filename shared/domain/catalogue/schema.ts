import { z } from 'zod';

/** An identifier of the catalogue: lower-case letters, digits and hyphens, 1–40 characters. */
export const catalogueIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** A text shown to people, in both languages. zh-CN comes first and is never empty. */
export const textSchema = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(300) });
export type Text = z.infer<typeof textSchema>;

/** A time of day, 'HH:MM', 24 hours. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const timeSpanSchema = z.strictObject({ from: timeOfDaySchema, to: timeOfDaySchema });

export const zoneSchema = z.strictObject({
  id: catalogueIdSchema,
  name: textSchema,
  floor: z.string().min(1).max(8),
  sort: z.int(),
});
export type Zone = z.infer<typeof zoneSchema>;

export const unitSchema = z.strictObject({
  id: catalogueIdSchema,
  name: textSchema,
  zoneId: catalogueIdSchema,
});
export type Unit = z.infer<typeof unitSchema>;

/** Letters in front of numbers, with a count of its own: prefix 'A', digits 3 → A001. */
export const seriesSchema = z.strictObject({
  id: catalogueIdSchema,
  prefix: z.string().regex(/^[A-Z]{1,2}$/),
  digits: z.int().min(3).max(5),
});
export type Series = z.infer<typeof seriesSchema>;

/** At most `limit` tickets of a service in a day, or in a span of the day. */
export const quotaSchema = z.strictObject({ limit: z.int().min(0), span: timeSpanSchema.optional() });
export type Quota = z.infer<typeof quotaSchema>;

export const serviceSchema = z.strictObject({
  id: catalogueIdSchema,
  name: textSchema,
  unitId: catalogueIdSchema,
  zoneId: catalogueIdSchema,
  seriesId: catalogueIdSchema,
  /** Offered on the kiosk's home screen; smaller comes first. */
  frequent: z.int().optional(),
  /** Share of the hall's demand, any positive scale: used by the rehearsal and for sorting. */
  demand: z.number().positive(),
  bring: z.array(textSchema).max(12),
  quotas: z.array(quotaSchema).max(8),
  /** Spans of issuing on a working day; empty means the hall's own opening hours. */
  hours: z.array(timeSpanSchema).max(4),
});
export type Service = z.infer<typeof serviceSchema>;

export const matterSchema = z.strictObject({
  id: catalogueIdSchema,
  name: textSchema,
  serviceId: catalogueIdSchema,
  unitId: catalogueIdSchema,
});
export type Matter = z.infer<typeof matterSchema>;

/** A service that a counter can do. Preference 1 is its first duty; larger ones help out. */
export const skillSchema = z.strictObject({
  serviceId: catalogueIdSchema,
  preference: z.int().min(1).max(9),
});

export const counterSchema = z.strictObject({
  id: catalogueIdSchema,
  /** What the sign says, e.g. 'A12'. */
  label: z.string().min(1).max(8),
  zoneId: catalogueIdSchema,
  unitId: catalogueIdSchema,
  skills: z.array(skillSchema).min(1).max(64),
});
export type Counter = z.infer<typeof counterSchema>;

/**
 * What moves a ticket forward. Smaller rank goes first. A ticket of this class may be called before a ticket
 * that came earlier only while that ticket has been overtaken fewer than `maxOvertakes` times.
 */
export const priorityClassSchema = z.strictObject({
  id: catalogueIdSchema,
  name: textSchema,
  rank: z.int().min(0).max(9),
  maxOvertakes: z.int().min(0).max(20),
  /** Offered for the visitor's own choice at a kiosk. */
  selfService: z.boolean(),
});
export type PriorityClass = z.infer<typeof priorityClassSchema>;

export const rulesSchema = z.strictObject({
  /** A call may be repeated so many times; a ticket that was put back and is called anew starts from the first. */
  maxRecalls: z.int().min(0).max(9),
  /** From the (first or repeated) call, after which a no-show may be marked. */
  noShowAfterMs: z.int().min(0),
  /** A reinstated ticket is not offered before this long after it was marked. */
  noShowBlockMs: z.int().min(0),
  /** A reinstated ticket goes behind this many waiting tickets of its service; 'end' is the end of the queue. */
  returnBehind: z.union([z.int().min(0), z.literal('end')]),
  /** A ticket that has waited this long competes at a counter's first preference. */
  preferenceYieldsAfterMs: z.int().min(0),
  /** Finished by mistake can be reopened within this time. */
  reopenWithinMs: z.int().min(0),
  rollOverAt: timeOfDaySchema,
});
export type Rules = z.infer<typeof rulesSchema>;

export const openingDaySchema = z.strictObject({
  /** ISO weekday, 1 is Monday. */
  weekday: z.int().min(1).max(7),
  spans: z.array(timeSpanSchema).max(4),
});

export const hallSchema = z.strictObject({
  id: catalogueIdSchema,
  name: textSchema,
  timeZone: z.string().min(1),
  hotline: z.string().min(1).max(20),
  openingDays: z.array(openingDaySchema).max(7),
});

/** Everything about a hall that an administrator decides, as one immutable version. */
export const catalogueSchema = z.strictObject({
  hall: hallSchema,
  rules: rulesSchema,
  zones: z.array(zoneSchema).min(1),
  units: z.array(unitSchema).min(1),
  series: z.array(seriesSchema).min(1),
  services: z.array(serviceSchema).min(1),
  matters: z.array(matterSchema),
  counters: z.array(counterSchema).min(1),
  priorityClasses: z.array(priorityClassSchema).min(1),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

/** The class of everybody who claims no priority; every catalogue has it. */
export const ORDINARY = 'ordinary';
