import { z } from 'zod';
import { idSchema } from '#domain/commands/schemas.ts';
import type { RefusalCode } from './errors.ts';

/** The version that this build speaks; the one before is still served. */
export const PROTOCOL_VERSION = 1;
export const OLDEST_PROTOCOL_VERSION = 1;

/** No message of the protocol is larger. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

export const HEARTBEAT_MS = 2_000;
/** A screen that has heard nothing for this long says so. */
export const STALE_AFTER_MS = 5_000;

/** First words of a connection. A device proves itself by its token or, in a browser, by its cookie. */
export const handshakeSchema = z.object({
  protocol: z.int(),
  token: z.string().min(16).max(200).optional(),
});

/** A command on its way. The sender makes `commandId` before the first send and keeps it through every resend. */
export const envelopeSchema = z.strictObject({
  name: z.string().max(60),
  commandId: idSchema,
  payload: z.unknown(),
  /** Token of the clerk who has signed in, where a person acts. */
  session: z.string().max(2_000).optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

export const querySchema = z.strictObject({
  name: z.string().max(60),
  payload: z.unknown(),
  session: z.string().max(2_000).optional(),
});
export type QueryEnvelope = z.infer<typeof querySchema>;

export interface AcceptedAnswer<Answer = Readonly<Record<string, unknown>>> {
  readonly ok: true;
  /** Revision of the log after the command: what was decided is in it. */
  readonly revision: number;
  readonly answer: Answer;
}
export interface RefusedAnswer {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly retryable: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}
export type CommandAnswer<Answer = Readonly<Record<string, unknown>>> =
  AcceptedAnswer<Answer> | RefusedAnswer;

export type QueryReply<Answer = unknown> = { readonly ok: true; readonly answer: Answer } | RefusedAnswer;

/** Where a log stood: enough to say whether two copies agree. */
export const anchorSchema = z.strictObject({
  logId: idSchema,
  revision: z.int().min(0),
  /** SHA-256 of the row, hex; empty before the first event. */
  hash: z.string().max(64),
});
export type Anchor = z.infer<typeof anchorSchema>;

export interface Heartbeat extends Anchor {
  /** The hall's clock, epoch ms. */
  readonly now: number;
}

export const joinSchema = z.strictObject({
  feed: z.string().max(40),
  key: z.string().max(64),
  /** The last anchor heard, to be sent only what is missing. */
  resume: anchorSchema.optional(),
  session: z.string().max(2_000).optional(),
});
export type Join = z.infer<typeof joinSchema>;

/** Entries of a feed that changed in (after, upTo]. */
export interface FeedMessage {
  readonly feed: string;
  readonly key: string;
  readonly after: number;
  readonly upTo: number;
  /** All entries rather than the changed ones: whatever was there before is gone. */
  readonly whole: boolean;
  readonly entries: Readonly<Record<string, unknown>>;
}

export type JoinAnswer =
  { readonly ok: true; readonly anchor: Heartbeat; readonly message: FeedMessage } | RefusedAnswer;

/** What a display reports: a call painted, or a call that waits for a row and when it will show. */
export const telemetrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shown'), ticketId: idSchema, callId: idSchema, times: z.int().min(1) }),
  z.strictObject({ kind: z.literal('queued'), ticketId: idSchema, callId: idSchema, etaMs: z.int().min(0) }),
]);
export type Telemetry = z.infer<typeof telemetrySchema>;

/** Names of the socket's messages. */
export const wire = {
  command: 'command',
  query: 'query',
  join: 'join',
  leave: 'leave',
  telemetry: 'telemetry',
  feed: 'feed',
  heartbeat: 'heartbeat',
} as const;
