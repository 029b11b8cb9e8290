import { z } from 'zod';
import { catalogueIdSchema } from '#domain/catalogue/schema.ts';
import {
  businessDateSchema,
  commandSchemas,
  idSchema,
  numberSchema,
  type CommandName,
  type CommandPayload,
} from '#domain/commands/schemas.ts';
import { whyRules } from '#domain/events/schemas.ts';
import type { Role } from '#domain/decide/context.ts';
import type { Text } from '#domain/catalogue/schema.ts';
import type { RefusalCode } from './errors.ts';

/** One row of the contract: who may send a command, and what comes back. */
export interface CommandContract {
  readonly who: readonly Role[];
  readonly payload: z.ZodType;
  readonly answer: z.ZodType;
  readonly refusals: readonly RefusalCode[];
  readonly about: Text;
}

const nothing = z.strictObject({});
const callAnswer = z.strictObject({
  ticketId: idSchema,
  number: numberSchema,
  leg: z.int(),
  counterId: catalogueIdSchema,
  serviceId: catalogueIdSchema,
  callId: idSchema,
  classId: catalogueIdSchema,
  rule: z.enum(whyRules),
});
const takeAnswer = z.strictObject({
  ticketId: idSchema,
  number: numberSchema,
  serviceId: catalogueIdSchema,
  classId: catalogueIdSchema,
  businessDate: businessDateSchema,
  takenAt: z.int(),
  peopleAhead: z.int().min(0),
});

const ownCounter = ['day-not-open', 'unknown-counter', 'counter-not-open', 'not-your-counter'] as const;
const seenCounter = [...ownCounter, 'counter-moved'] as const;
const onTicket = [...seenCounter, 'unknown-ticket', 'ticket-not-here', 'ticket-wrong-status'] as const;
const aside = ['day-not-open', 'unknown-ticket', 'ticket-wrong-status'] as const;

function row<Name extends CommandName>(
  name: Name,
  about: [zh: string, en: string],
  who: readonly Role[],
  answer: z.ZodType,
  codes: readonly RefusalCode[],
): CommandContract {
  return {
    who,
    payload: commandSchemas[name],
    answer,
    refusals: codes,
    about: { zh: about[0], en: about[1] },
  };
}

/**
 * The contract: every command of a hall. Validation, authorisation, HTTP routes, the OpenAPI document and the protocol page are
 * derived from this table and nothing is written twice.
 */
export const commands: { readonly [Name in CommandName]: CommandContract } = {
  'catalogue.publish': row(
    'catalogue.publish',
    ['启用一个业务目录版本', 'Puts a stored catalogue version in force'],
    ['admin', 'hall'],
    nothing,
    ['unknown-catalogue', 'people-waiting'],
  ),
  'day.open': row('day.open', ['开启一个业务日', 'Opens a business date'], ['manager', 'hall'], nothing, [
    'unknown-catalogue',
    'day-already-open',
    'date-goes-back',
  ]),
  'day.close': row('day.close', ['结束当日业务', 'Closes the current date'], ['manager', 'hall'], nothing, [
    'day-not-open',
    'counter-busy',
  ]),
  'day.rollOver': row(
    'day.rollOver',
    ['日切', 'Makes the next date the current one'],
    ['manager', 'hall'],
    nothing,
    ['unknown-catalogue', 'day-already-open', 'date-goes-back', 'clock-doubtful'],
  ),
  'counter.open': row(
    'counter.open',
    ['开启窗口', 'Opens a counter for the clerk who signed in'],
    ['clerk'],
    nothing,
    ['day-not-open', 'unknown-counter', 'clerk-required', 'counter-occupied', 'clerk-elsewhere'],
  ),
  'counter.pause': row(
    'counter.pause',
    ['暂停窗口', 'Pauses a counter, with a reason'],
    ['clerk', 'manager'],
    nothing,
    [...ownCounter, 'counter-paused', 'counter-busy'],
  ),
  'counter.resume': row(
    'counter.resume',
    ['恢复窗口', 'Resumes a paused counter'],
    ['clerk', 'manager'],
    nothing,
    [...ownCounter, 'counter-moved'],
  ),
  'counter.close': row('counter.close', ['关闭窗口', 'Closes a counter'], ['clerk', 'manager'], nothing, [
    ...ownCounter,
    'counter-busy',
  ]),
  'ticket.take': row(
    'ticket.take',
    ['取号', 'Takes a number for a service'],
    ['kiosk', 'reception', 'manager'],
    takeAnswer,
    [
      'day-not-open',
      'unknown-service',
      'unknown-class',
      'class-not-self-service',
      'service-closed-now',
      'hall-closed',
      'quota-reached',
    ],
  ),
  'ticket.callNext': row(
    'ticket.callNext',
    ['呼叫下一位', 'Calls the first in order'],
    ['clerk'],
    callAnswer,
    [...seenCounter, 'counter-paused', 'counter-busy', 'nobody-waiting'],
  ),
  'ticket.callTicket': row(
    'ticket.callTicket',
    ['指呼', 'Calls a given number; out of order only with a reason'],
    ['clerk'],
    callAnswer,
    [
      ...seenCounter,
      'counter-paused',
      'counter-busy',
      'unknown-ticket',
      'ticket-wrong-status',
      'counter-cannot-serve',
      'reason-required',
    ],
  ),
  'ticket.recall': row(
    'ticket.recall',
    ['重呼', 'Calls the present ticket again'],
    ['clerk'],
    z.strictObject({ callId: idSchema, times: z.int() }),
    [...onTicket, 'recall-limit'],
  ),
  'ticket.startServing': row(
    'ticket.startServing',
    ['开始办理', 'The person is here'],
    ['clerk'],
    nothing,
    onTicket,
  ),
  'ticket.finish': row('ticket.finish', ['办结', 'The leg has an outcome'], ['clerk'], nothing, onTicket),
  'ticket.reopen': row(
    'ticket.reopen',
    ['撤销办结', 'Takes back a finish made by mistake'],
    ['clerk'],
    nothing,
    [...onTicket, 'counter-paused', 'counter-busy', 'reopen-too-late'],
  ),
  'ticket.hold': row('ticket.hold', ['挂起', 'Sets a ticket aside'], ['clerk'], nothing, onTicket),
  'ticket.resume': row(
    'ticket.resume',
    ['恢复', 'Puts a held ticket back into its place'],
    ['clerk', 'reception', 'manager'],
    nothing,
    aside,
  ),
  'ticket.transfer': row(
    'ticket.transfer',
    ['转办', 'On to another service or counter, with number and place'],
    ['clerk'],
    nothing,
    [...onTicket, 'unknown-service', 'counter-cannot-serve'],
  ),
  'ticket.requeue': row(
    'ticket.requeue',
    ['退回队列', 'Called by mistake: back to the same place'],
    ['clerk'],
    nothing,
    onTicket,
  ),
  'ticket.markNoShow': row('ticket.markNoShow', ['过号', 'Called and did not come'], ['clerk'], nothing, [
    ...onTicket,
    'too-early-for-no-show',
  ]),
  'ticket.reinstate': row(
    'ticket.reinstate',
    ['过号恢复', 'Back in, by the return rule'],
    ['clerk', 'reception', 'manager'],
    nothing,
    [...aside, 'unknown-service'],
  ),
  'ticket.cancel': row(
    'ticket.cancel',
    ['作废', 'Withdraws a ticket'],
    ['clerk', 'reception', 'manager'],
    nothing,
    ['unknown-ticket', 'ticket-wrong-status', 'not-your-counter'],
  ),
  'call.recordShown': row(
    'call.recordShown',
    ['首次显示', 'The first display that painted a call'],
    ['hall'],
    nothing,
    ['unknown-ticket'],
  ),
};

/** The answer of an accepted command, by name, for senders. */
export interface CommandAnswers extends Record<CommandName, object> {
  'ticket.take': z.infer<typeof takeAnswer>;
  'ticket.callNext': z.infer<typeof callAnswer>;
  'ticket.callTicket': z.infer<typeof callAnswer>;
  'ticket.recall': { callId: string; times: number };
}

export type { CommandName, CommandPayload };
