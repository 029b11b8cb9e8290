import { z } from 'zod';
import type { Text } from '#domain/catalogue/schema.ts';
import { catalogueIdSchema } from '#domain/catalogue/schema.ts';
import { businessDateSchema, idSchema, languages, numberSchema } from '#domain/commands/schemas.ts';
import type { Role } from '#domain/decide/context.ts';
import type { TicketView } from '#domain/views/ticket.ts';
import type { RefusalCode } from './errors.ts';

/**
 * A request that changes nothing in the log: look-ups, sign-in, and the relational data of devices and clerks.
 * `who: 'anybody'` still means an enrolled device, or a page that the hall-server itself has served.
 */
export interface QueryContract {
  readonly who: readonly Role[] | 'anybody';
  readonly payload: z.ZodType;
  readonly refusals: readonly RefusalCode[];
  /** Answered by the terminal agent itself, never forwarded. */
  readonly local: boolean;
  readonly about: Text;
}

/** What a device is for. A caller or reception device has no rights of its own: the person who signs in has. */
export const deviceKinds = ['kiosk', 'caller', 'reception', 'display'] as const;
export type DeviceKind = (typeof deviceKinds)[number];
/** What a person can be given. */
export const clerkRoles = ['clerk', 'reception', 'manager', 'admin'] as const;
export type ClerkRole = (typeof clerkRoles)[number];

const loginSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,39}$/);
const passwordSchema = z.string().min(8).max(200);
const nothing = z.strictObject({});

export const querySchemas = {
  'session.signIn': z.strictObject({
    login: z.string().min(1).max(40),
    password: z.string().min(1).max(200),
  }),
  'ticket.find': z.strictObject({ number: numberSchema }),
  'slip.print': z.strictObject({ ticketId: idSchema }),
  'slip.facts': z.strictObject({ ticketId: idSchema }),
  'device.list': nothing,
  'device.createCode': z.strictObject({ kind: z.enum(deviceKinds), name: z.string().min(1).max(60) }),
  'device.revoke': z.strictObject({ deviceId: idSchema }),
  'clerk.list': nothing,
  'clerk.create': z.strictObject({
    login: loginSchema,
    name: z.string().min(1).max(40),
    roles: z.array(z.enum(clerkRoles)).min(1).max(4),
    password: passwordSchema,
  }),
  'clerk.setPassword': z.strictObject({ clerkId: idSchema, password: passwordSchema }),
  'clerk.disable': z.strictObject({ clerkId: idSchema }),
  'catalogue.list': nothing,
} as const;
export type QueryName = keyof typeof querySchemas;
export type QueryPayload<Name extends QueryName> = z.infer<(typeof querySchemas)[Name]>;

/** What a terminal prints again, with the visitor's handle: told only to whoever may print it. */
export const slipFactsSchema = z.object({
  ticketId: idSchema,
  number: numberSchema,
  businessDate: businessDateSchema,
  serviceId: catalogueIdSchema,
  takenAt: z.int(),
  language: z.enum(languages),
  visitKey: z.string(),
});

/** A clerk who has signed in: a token signed by the hall, and who it is. */
export interface Session {
  readonly token: string;
  readonly clerkId: string;
  readonly name: string;
  readonly roles: readonly ClerkRole[];
  /** Epoch ms. */
  readonly expiresAt: number;
}

export interface DeviceRow {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly enrolledAt: number;
  readonly revokedAt?: number;
  readonly connected: boolean;
}
export interface ClerkRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly ClerkRole[];
  readonly disabledAt?: number;
}
export interface CatalogueRow {
  readonly version: number;
  readonly storedAt: number;
  readonly inForce: boolean;
}

export interface QueryAnswers extends Record<QueryName, unknown> {
  'session.signIn': Session;
  'ticket.find': TicketView;
  'slip.print': { readonly printed: boolean };
  'slip.facts': Readonly<z.infer<typeof slipFactsSchema>>;
  'device.list': { readonly devices: readonly DeviceRow[] };
  /** The code is told once; the hall keeps only its hash. */
  'device.createCode': { readonly code: string; readonly expiresAt: number };
  'device.revoke': Readonly<Record<string, never>>;
  'clerk.list': { readonly clerks: readonly ClerkRow[] };
  'clerk.create': { readonly clerkId: string };
  'clerk.setPassword': Readonly<Record<string, never>>;
  'clerk.disable': Readonly<Record<string, never>>;
  'catalogue.list': { readonly catalogues: readonly CatalogueRow[] };
}

function row(
  name: QueryName,
  about: [zh: string, en: string],
  who: QueryContract['who'],
  codes: readonly RefusalCode[] = [],
  local = false,
): QueryContract {
  return { who, payload: querySchemas[name], refusals: codes, local, about: { zh: about[0], en: about[1] } };
}

export const queries: { readonly [Name in QueryName]: QueryContract } = {
  'session.signIn': row('session.signIn', ['签到', 'Signs a clerk in'], 'anybody', [
    'sign-in-failed',
    'rate-limited',
  ]),
  'ticket.find': row(
    'ticket.find',
    ['查号', 'Looks a ticket of the day up by number'],
    ['reception', 'clerk', 'manager'],
    ['unknown-ticket'],
  ),
  'slip.print': row(
    'slip.print',
    ['补打号票', 'Prints the slip of a ticket again, marked as a reprint'],
    ['kiosk', 'reception', 'manager'],
    ['nothing-to-print', 'printer-unavailable'],
    true,
  ),
  'slip.facts': row(
    'slip.facts',
    ['号票内容', 'What the slip of a ticket says, for a terminal that prints it again'],
    ['kiosk', 'reception', 'manager'],
    ['unknown-ticket'],
  ),
  'device.list': row('device.list', ['设备列表', 'Lists the enrolled devices'], ['admin']),
  'device.createCode': row(
    'device.createCode',
    ['生成一次性登记码', 'Makes a one-time enrolment code'],
    ['admin'],
  ),
  'device.revoke': row('device.revoke', ['停用设备', 'Takes a device its rights'], ['admin'], ['not-found']),
  'clerk.list': row('clerk.list', ['人员列表', 'Lists the clerks'], ['admin']),
  'clerk.create': row('clerk.create', ['新增人员', 'Adds a clerk'], ['admin'], ['login-taken']),
  'clerk.setPassword': row(
    'clerk.setPassword',
    ['重设密码', 'Sets the password of a clerk'],
    ['admin'],
    ['not-found'],
  ),
  'clerk.disable': row('clerk.disable', ['停用人员', 'Disables a clerk'], ['admin'], ['not-found']),
  'catalogue.list': row('catalogue.list', ['业务目录版本', 'Lists the stored catalogue versions'], ['admin']),
};
