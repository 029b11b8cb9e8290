import type { Command } from '#domain/commands/schemas.ts';
import { decide } from '#domain/decide/index.ts';
import type { Decision, Role } from '#domain/decide/context.ts';
import type { By, HallEvent } from '#domain/events/schemas.ts';
import { currentVersion } from '#domain/events/upcast.ts';
import { applyEvent } from '#domain/hall/apply.ts';
import type { Hall } from '#domain/hall/state.ts';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import type { CommandAnswer, RefusedAnswer } from '#protocol/wire.ts';
import type { Batch, PrivateVisit, StoredAnswer } from '../journal/port.ts';
import type { RecentRefusals, ToldRefusal } from './recent-refusals.ts';

/** A command that has been parsed and authorised. */
export interface Submitted {
  readonly command: Command;
  readonly commandId: string;
  readonly payloadHash: string;
  readonly by: By;
  readonly role: Role;
}

export interface Plan extends Batch {
  /** One for each command, in order; to be given only after the commit. */
  readonly replies: readonly CommandAnswer[];
  /** To be remembered only after the commit: they may stand on what this very batch changes. */
  readonly refusals: readonly ToldRefusal[];
}

export interface BatchDeps {
  readonly now: () => number;
  readonly newId: () => string;
  /** Refusals told a short while ago. */
  readonly recent: Pick<RecentRefusals, 'get'>;
}

/**
 * A bug: the rules threw. The working hall may be half changed and must be thrown away; the command that did it must not be
 * decided together with others again.
 */
export class RulesFault extends Error {
  override readonly name = 'RulesFault';
}

export function refused(code: RefusalCode, details?: Readonly<Record<string, unknown>>): RefusedAnswer {
  const { retryable } = refusals[code];
  return { ok: false, code, retryable, ...(details === undefined ? {} : { details }) };
}

/** Decides commands one after another on the working hall, which runs ahead of the disk until the plan is appended. */
export function decideBatch(
  hall: Hall,
  known: ReadonlyMap<string, StoredAnswer>,
  commands: readonly Submitted[],
  deps: BatchDeps,
): Plan {
  const events: HallEvent[] = [];
  const answers = new Map<string, StoredAnswer>();
  const visits: PrivateVisit[] = [];
  const refusals = new Map<string, ToldRefusal>();
  const replies = commands.map((submitted) => {
    const earlier = answers.get(submitted.commandId) ?? known.get(submitted.commandId);
    if (earlier) return replay(earlier, submitted);
    const { commandId, payloadHash } = submitted;
    const told = refusals.get(commandId) ?? deps.recent.get(commandId);
    if (told) return told.payloadHash === payloadHash ? told.refusal : refused('command-id-reused');
    const now = deps.now();
    const decision = decideOne(hall, submitted, now, deps);
    if (!decision.ok) {
      const refusal = refused(decision.code, decision.details);
      refusals.set(commandId, { commandId, payloadHash, refusal });
      return refusal;
    }
    for (const fresh of decision.events) {
      const { by } = submitted;
      const revision = hall.revision + 1;
      const event: HallEvent = { ...fresh, revision, v: currentVersion(fresh.type), at: now, by, commandId };
      applyEvent(hall, event);
      events.push(event);
    }
    const answer: CommandAnswer = { ok: true, revision: hall.revision, answer: decision.answer };
    answers.set(commandId, { commandId, payloadHash, at: now, answer: JSON.stringify(answer) });
    if (submitted.command.name === 'ticket.take') {
      visits.push({
        ticketId: String(decision.answer['ticketId']),
        visitKey: submitted.command.payload.visitKey,
      });
    }
    return answer;
  });
  return { events, answers: [...answers.values()], visits, replies, refusals: [...refusals.values()] };
}

function decideOne(
  hall: Hall,
  { command, by, role }: Submitted,
  now: number,
  { newId }: BatchDeps,
): Decision {
  try {
    return decide(hall, command, { now, newId, by, role });
  } catch (error) {
    throw new RulesFault(`${command.name} broke the rules of the hall`, { cause: error });
  }
}

/** The same id again gets the same answer; with another payload it is a fault of the sender. */
export function replay(earlier: StoredAnswer, { payloadHash }: Submitted): CommandAnswer {
  if (earlier.payloadHash !== payloadHash) return refused('command-id-reused');
  return JSON.parse(earlier.answer) as CommandAnswer;
}
