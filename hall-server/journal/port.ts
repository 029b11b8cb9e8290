import type { HallEvent } from '#domain/events/schemas.ts';
import type { Anchor } from '#protocol/wire.ts';

export type DayMark = Extract<HallEvent, { type: 'day.opened' | 'day.rolledOver' }>;

/** The answer of an accepted command, kept so that a resend gets the same one. */
export interface StoredAnswer {
  readonly commandId: string;
  /** SHA-256 of the command's name and payload, hex. */
  readonly payloadHash: string;
  /** Epoch ms of the acceptance. */
  readonly at: number;
  /** JSON text of the answer. */
  readonly answer: string;
}

/** What must not be in the log: the visitor's unguessable handle, erasable by ticket. */
export interface PrivateVisit {
  readonly ticketId: string;
  readonly visitKey: string;
}

export interface Batch {
  readonly events: readonly HallEvent[];
  readonly answers: readonly StoredAnswer[];
  readonly visits: readonly PrivateVisit[];
}

/**
 * The log of a hall. One owner writes it; whoever else writes makes `append` fail.
 * An append is all or nothing, and durable when its promise resolves. When it rejects the batch may still have been
 * written (an answer that never came): the owner folds again and looks.
 */
export interface Journal {
  /** Where the log stands now: (logId, revision, hash of the last row). */
  head(): Anchor;
  append(expectedRevision: number, batch: Batch): Promise<void>;
  /** Events after a revision, oldest first, at most `limit`. */
  read(afterRevision: number, limit: number): Promise<readonly HallEvent[]>;
  /** The latest openings and roll-overs of dates, at most 30, oldest first: from them the fold knows where to begin. */
  dayMarks(): Promise<readonly DayMark[]>;
  findAnswers(commandIds: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer>>;
  /** Hash of a row, hex; undefined when there is no such revision. */
  hashAt(revision: number): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The journal was written by somebody else, or does not stand where its owner believes. */
export class JournalConflict extends Error {
  override readonly name = 'JournalConflict';
}
