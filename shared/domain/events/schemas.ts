import { z } from 'zod';
import { catalogueIdSchema } from '../catalogue/schema.ts';
import {
  businessDateSchema,
  callReasons,
  cancelReasons,
  holdKinds,
  idSchema,
  languages,
  numberSchema,
  outcomes,
  pauseReasons,
} from '../commands/schemas.ts';

const count = z.int().min(0);

/** How a day's tickets ended: issued = finished + noShow + cancelled + voided. */
export const dayTotalsSchema = z.strictObject({
  issued: count,
  finished: count,
  noShow: count,
  cancelled: count,
  voided: count,
});
export type DayTotals = z.infer<typeof dayTotalsSchema>;

export const whyRules = ['first-come', 'priority', 'overtake-cap', 'by-hand'] as const;

/** Why this ticket and no other: kept with the call, at most 1 kB. */
export const whySchema = z.strictObject({
  rule: z.enum(whyRules),
  /** How many could have been called here, and how many of them hold a priority class. */
  eligible: count,
  priority: count,
  /**
   * The first five of them in order of place: number, class, milliseconds waited, and how many later-come tickets their queue
   * has seen called by priority past somebody.
   */
  considered: z
    .array(
      z.strictObject({ number: numberSchema, classId: catalogueIdSchema, waitedMs: count, overtaken: count }),
    )
    .max(5),
  reason: z.enum(callReasons).optional(),
});
export type Why = z.infer<typeof whySchema>;

const onTicket = { ticketId: idSchema, number: numberSchema, leg: z.int().min(0) };
const atCounter = { ...onTicket, counterId: catalogueIdSchema };
const onService = { serviceId: catalogueIdSchema };
const place = z.number();

/** One schema per event type, version 1. Newer versions of a type are reached through `upcast`. */
export const eventSchemas = {
  'catalogue.published': z.strictObject({ version: z.int().min(1) }),
  'day.opened': z.strictObject({ businessDate: businessDateSchema, catalogueVersion: z.int().min(1) }),
  'day.closed': z.strictObject({ businessDate: businessDateSchema, totals: dayTotalsSchema }),
  'day.rolledOver': z.strictObject({
    from: businessDateSchema,
    to: businessDateSchema,
    catalogueVersion: z.int().min(1),
    /** Of the day left behind, when it had not been closed before. */
    totals: dayTotalsSchema.optional(),
  }),

  'counter.opened': z.strictObject({ counterId: catalogueIdSchema, clerkId: idSchema }),
  'counter.paused': z.strictObject({ counterId: catalogueIdSchema, reason: z.enum(pauseReasons) }),
  'counter.resumed': z.strictObject({ counterId: catalogueIdSchema }),
  'counter.closed': z.strictObject({ counterId: catalogueIdSchema }),

  'ticket.taken': z.strictObject({
    ticketId: idSchema,
    number: numberSchema,
    seriesId: catalogueIdSchema,
    count: z.int().min(1),
    serviceId: catalogueIdSchema,
    classId: catalogueIdSchema,
    language: z.enum(languages),
    place,
  }),
  'ticket.called': z.strictObject({
    ...atCounter,
    ...onService,
    callId: idSchema,
    why: whySchema,
    /** Services in whose queues somebody who came earlier was passed over by the priority of this ticket. */
    overtook: z.array(catalogueIdSchema),
  }),
  'ticket.recalled': z.strictObject({ ...atCounter, callId: idSchema, times: z.int().min(2) }),
  'call.shown': z.strictObject({ ...atCounter, callId: idSchema, displayId: idSchema }),
  'ticket.servingStarted': z.strictObject({ ...atCounter, ...onService }),
  'ticket.finished': z.strictObject({ ...atCounter, ...onService, outcome: z.enum(outcomes) }),
  'ticket.reopened': z.strictObject({ ...atCounter, ...onService }),
  'ticket.held': z.strictObject({ ...atCounter, ...onService, kind: z.enum(holdKinds) }),
  'ticket.resumed': z.strictObject({
    ...onTicket,
    ...onService,
    place,
    onlyCounterId: catalogueIdSchema.optional(),
  }),
  'ticket.transferred': z.strictObject({
    ...atCounter,
    fromServiceId: catalogueIdSchema,
    toServiceId: catalogueIdSchema,
    onlyCounterId: catalogueIdSchema.optional(),
    place,
  }),
  'ticket.requeued': z.strictObject({ ...atCounter, ...onService, place }),
  'ticket.noShowMarked': z.strictObject({ ...atCounter, ...onService }),
  'ticket.reinstated': z.strictObject({ ...onTicket, ...onService, place, notBefore: z.int() }),
  'ticket.cancelled': z.strictObject({
    ...onTicket,
    ...onService,
    counterId: catalogueIdSchema.optional(),
    reason: z.enum(cancelReasons),
  }),
} as const;

export type EventType = keyof typeof eventSchemas;
export type EventBody<Type extends EventType> = z.infer<(typeof eventSchemas)[Type]>;

/** An event that has been decided but not yet recorded. */
export type NewEvent = {
  [Type in EventType]: { readonly type: Type; readonly date: string; readonly body: EventBody<Type> };
}[EventType];

/** Who caused an event: a device, perhaps a clerk, and by which way the command came. */
export const bySchema = z.strictObject({
  device: idSchema,
  clerk: idSchema.optional(),
  via: z.enum(['socket', 'http', 'hall']),
});
export type By = z.infer<typeof bySchema>;

/** What every recorded event carries beside its own body. `date` is the business date that it belongs to. */
export interface Recorded {
  readonly revision: number;
  /** Type version. */
  readonly v: number;
  /** Epoch milliseconds, the hall-server's clock. */
  readonly at: number;
  readonly by: By;
  readonly commandId?: string;
}

/** A row of the log: one event under one revision. */
export type HallEvent = NewEvent & Recorded;

export const recordedSchema = z.object({
  revision: z.int().min(1),
  type: z.enum(Object.keys(eventSchemas) as [EventType, ...EventType[]]),
  v: z.int().min(1),
  at: z.int(),
  date: businessDateSchema,
  by: bySchema,
  commandId: idSchema.optional(),
  body: z.unknown(),
});
