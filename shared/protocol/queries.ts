import { z } from 'zod';
import type { Text } from '../domain/catalogue/schema.ts';
import { idSchema, numberSchema } from '../domain/commands/schemas.ts';
import type { Role } from '../domain/decide/context.ts';
import type { TicketView } from '../domain/views/ticket.ts';
import type { RefusalCode } from './errors.ts';

/** A question that changes nothing in the log. `who: 'anybody'` still means an enrolled device. */
export interface QueryContract {
  readonly who: readonly Role[] | 'anybody';
  readonly payload: z.ZodType;
  readonly refusals: readonly RefusalCode[];
  /** Answered by the terminal agent itself, never forwarded. */
  readonly local: boolean;
  readonly about: Text;
}

export const querySchemas = {
  'session.signIn': z.strictObject({ login: z.string().min(1).max(40), password: z.string().min(1).max(200) }),
  'ticket.find': z.strictObject({ number: numberSchema }),
  'slip.print': z.strictObject({ ticketId: idSchema }),
} as const;
export type QueryName = keyof typeof querySchemas;
export type QueryPayload<Name extends QueryName> = z.infer<(typeof querySchemas)[Name]>;

/** A clerk who has signed in: a token signed by the hall, and who it is. */
export interface Session {
  readonly token: string;
  readonly clerkId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Epoch ms. */
  readonly expiresAt: number;
}

export interface QueryAnswers {
  'session.signIn': Session;
  'ticket.find': TicketView;
  'slip.print': { readonly printed: boolean };
}

export const queries: { readonly [Name in QueryName]: QueryContract } = {
  'session.signIn': {
    who: 'anybody',
    payload: querySchemas['session.signIn'],
    refusals: ['sign-in-failed', 'rate-limited'],
    local: false,
    about: { zh: '签到', en: 'Signs a clerk in' },
  },
  'ticket.find': {
    who: ['reception', 'clerk', 'manager'],
    payload: querySchemas['ticket.find'],
    refusals: ['unknown-ticket'],
    local: false,
    about: { zh: '查号', en: 'Looks a ticket of the day up by number' },
  },
  'slip.print': {
    who: ['kiosk', 'reception', 'manager'],
    payload: querySchemas['slip.print'],
    refusals: ['nothing-to-print', 'printer-unavailable'],
    local: true,
    about: { zh: '补打号票', en: 'Prints the slip of a ticket again, marked as a reprint' },
  },
};
