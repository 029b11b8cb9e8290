import type { z } from 'zod';
import type { Command, CommandName } from '#domain/commands/schemas.ts';
import type { By } from '#domain/events/schemas.ts';
import { commands } from '#protocol/commands.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import { envelopeSchema, type CommandAnswer, type Envelope } from '#protocol/wire.ts';
import { actorOf, roleFor, type ActorDeps } from '../identity/actor.ts';
import { HALL_COMMAND } from '../hall-device.ts';
import type { Device } from '../identity/devices.ts';
import { sha256 } from '../journal/chain.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { refused, type Submitted } from '../writer/batch.ts';
import type { Writer } from '../writer/writer.ts';

export interface InterpreterDeps extends ActorDeps {
  readonly writer: Writer;
  readonly metrics: Metrics;
  readonly elapsed: () => number;
}

/** One interpreter for every way in: parse → authorise → decide → commit → answer. */
export interface Interpreter {
  command(device: Device, via: By['via'], message: unknown): Promise<CommandAnswer>;
}

export function createInterpreter(deps: InterpreterDeps): Interpreter {
  const { writer, metrics, elapsed } = deps;
  return {
    command: async (device, via, message) => {
      const from = elapsed();
      const submitted = admit(device, via, message, deps);
      const answer = typeof submitted === 'string' ? refused(submitted) : await writer.submit(submitted);
      const name = typeof submitted === 'string' ? knownName(message) : submitted.command.name;
      metrics.commands.inc({ name, result: answer.ok ? 'accepted' : answer.code });
      metrics.commandSeconds.observe((elapsed() - from) / 1000);
      return answer;
    },
  };
}

/** A command in good form from somebody who may send it, or the code of the refusal. */
function admit(device: Device, via: By['via'], message: unknown, deps: ActorDeps): Submitted | RefusalCode {
  const envelope = envelopeSchema.safeParse(message);
  if (!envelope.success) return 'malformed';
  const { name, commandId, session } = envelope.data;
  if (!isCommandName(name)) return 'unknown-command';
  if (commandId.startsWith(HALL_COMMAND)) return 'malformed';
  const actor = actorOf(device, session, deps);
  if (typeof actor === 'string') return actor;
  const role = roleFor(actor, commands[name].who);
  if (!role) return 'not-authorised';
  const command = parseCommand(name, envelope.data);
  if (!command) return 'malformed';
  const clerk = actor.clerk ? { clerk: actor.clerk.clerkId } : {};
  return {
    command,
    commandId,
    payloadHash: sha256(JSON.stringify([name, command.payload])),
    by: { device: device.id, ...clerk, via },
    role,
  };
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function parseCommand(name: CommandName, { payload }: Envelope): Command | undefined {
  const parsed: z.ZodSafeParseResult<unknown> = commands[name].payload.safeParse(payload);
  return parsed.success ? ({ name, payload: parsed.data } as Command) : undefined;
}

/** A stranger's word must not become a label of its own. */
function knownName(message: unknown): string {
  const name: unknown =
    typeof message === 'object' && message !== null && 'name' in message ? message.name : undefined;
  return typeof name === 'string' && isCommandName(name) ? name : 'unknown';
}
