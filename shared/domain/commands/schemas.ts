import { z } from 'zod';
import { catalogueIdSchema } from '../catalogue/schema.ts';

/** Ids made by a sender or by the hall: UUIDs in practice, but any opaque token of 3–64 characters is accepted. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{3,64}$/);
export const businessDateSchema = z.iso.date();
export const numberSchema = z.string().regex(/^[A-Z]{1,2}\d{3,5}$/);

/** Why a counter is paused: a closed list, so that the log holds no free text. */
export const pauseReasons = ['break', 'meal', 'meeting', 'system-fault', 'back-office', 'other'] as const;
/** Why a ticket was called by hand, out of order. */
export const callReasons = ['visitor-request', 'accessibility', 'correction', 'follow-up', 'other'] as const;
export const cancelReasons = ['visitor-left', 'wrong-service', 'duplicate', 'other'] as const;
/** What became of the leg at the counter. */
export const outcomes = ['done', 'redirected', 'materials-missing'] as const;
/** Where a held ticket may go on: at any counter, at this one, or after a step elsewhere. */
export const holdKinds = ['any', 'same', 'outside'] as const;
export const languages = ['zh', 'en'] as const;

const atCounter = { counterId: catalogueIdSchema, seenRevision: z.int().min(0) };
const onTicket = { ...atCounter, ticketId: idSchema };

/** One schema per command: the payload that follows the command's name. */
export const commandSchemas = {
  'catalogue.publish': z.strictObject({ version: z.int().min(1) }),
  'day.open': z.strictObject({ businessDate: businessDateSchema }),
  'day.close': z.strictObject({ businessDate: businessDateSchema }),
  /** Makes `to` the current date, whether or not the date before was closed. */
  'day.rollOver': z.strictObject({ to: businessDateSchema }),

  'counter.open': z.strictObject({ counterId: catalogueIdSchema }),
  'counter.pause': z.strictObject({ counterId: catalogueIdSchema, reason: z.enum(pauseReasons) }),
  'counter.resume': z.strictObject({ counterId: catalogueIdSchema }),
  'counter.close': z.strictObject({ counterId: catalogueIdSchema }),

  'ticket.take': z.strictObject({
    serviceId: catalogueIdSchema,
    classId: catalogueIdSchema,
    language: z.enum(languages),
    /** Made by the terminal, at least 128 random bits; the visitor's handle. Kept out of the log. */
    visitKey: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/),
  }),
  'ticket.callNext': z.strictObject(atCounter),
  'ticket.callTicket': z.strictObject({
    ...atCounter,
    number: numberSchema,
    reason: z.enum(callReasons).optional(),
  }),
  'ticket.recall': z.strictObject(onTicket),
  'ticket.startServing': z.strictObject(onTicket),
  'ticket.finish': z.strictObject({ ...onTicket, outcome: z.enum(outcomes) }),
  'ticket.reopen': z.strictObject(onTicket),
  'ticket.hold': z.strictObject({ ...onTicket, kind: z.enum(holdKinds) }),
  'ticket.resume': z.strictObject({ ticketId: idSchema }),
  'ticket.transfer': z.strictObject({
    ...onTicket,
    toServiceId: catalogueIdSchema,
    toCounterId: catalogueIdSchema.optional(),
  }),
  'ticket.requeue': z.strictObject(onTicket),
  'ticket.markNoShow': z.strictObject(onTicket),
  'ticket.reinstate': z.strictObject({ ticketId: idSchema }),
  'ticket.cancel': z.strictObject({ ticketId: idSchema, reason: z.enum(cancelReasons) }),

  /** The first display that painted a call; made by the hall-server from the displays' telemetry. */
  'call.recordShown': z.strictObject({ ticketId: idSchema, callId: idSchema, displayId: idSchema }),
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandPayload<Name extends CommandName> = z.infer<(typeof commandSchemas)[Name]>;

/** A command as the rules see it: already parsed and authorised. */
export type Command = {
  [Name in CommandName]: { readonly name: Name; readonly payload: CommandPayload<Name> };
}[CommandName];
