import { createSystem } from '#hall-server/adapters/system.ts';
import { demonstrationCatalogue } from '#hall-server/demonstration/open-hall.ts';
import type { Submitted } from '#hall-server/writer/batch.ts';
import type { Command } from '#domain/commands/schemas.ts';
import type { CommandAnswer } from '#protocol/wire.ts';
import { spread } from './hall-load.ts';

const { newId } = createSystem();
const catalogue = demonstrationCatalogue();

/** Sends one command and waits for its answer. */
export type Submit = (submitted: Submitted) => Promise<CommandAnswer>;

function submitted(command: Command, clerk?: string): Submitted {
  return {
    command,
    commandId: newId(),
    payloadHash: newId(),
    by: { device: 'bench-device', via: 'socket', ...(clerk === undefined ? {} : { clerk }) },
    role: clerk === undefined ? 'kiosk' : 'clerk',
  };
}

const openServices = catalogue.services.filter(({ quotas }) => quotas.length === 0).map(({ id }) => id);

/** Takes for all services of the hall in turn. */
export function takes(submit: Submit) {
  let turn = 0;
  return (): Promise<CommandAnswer> => {
    turn += 1;
    return submit(
      submitted({
        name: 'ticket.take',
        payload: {
          serviceId: openServices[turn % openServices.length] ?? '',
          classId: turn % 12 === 0 ? 'senior' : 'ordinary',
          language: 'zh',
          visitKey: `${newId()}${newId()}`,
        },
      }),
    );
  };
}

/** Clerks at so many counters; each call is one clerk's next step of call → start → finish. */
export async function clerks(submit: Submit, count: number) {
  const steps = await Promise.all(
    spread(catalogue.counters, count).map(async ({ id: counterId }) => {
      const clerk = `clerk-${counterId}`;
      const opened = await submit(submitted({ name: 'counter.open', payload: { counterId } }, clerk));
      if (!opened.ok) throw new Error(opened.code);
      let at = { counterId, seenRevision: opened.revision };
      let ticketId: string | undefined;
      let serving = false;
      return async (): Promise<CommandAnswer> => {
        const command: Command =
          ticketId === undefined
            ? { name: 'ticket.callNext', payload: at }
            : serving
              ? { name: 'ticket.finish', payload: { ...at, ticketId, outcome: 'done' } }
              : { name: 'ticket.startServing', payload: { ...at, ticketId } };
        const answer = await submit(submitted(command, clerk));
        if (!answer.ok) return answer;
        at = { counterId, seenRevision: answer.revision };
        if (ticketId === undefined) ticketId = String(answer.answer['ticketId']);
        else if (serving) [ticketId, serving] = [undefined, false];
        else serving = true;
        return answer;
      };
    }),
  );
  let turn = 0;
  return (): Promise<CommandAnswer> => {
    turn += 1;
    return (steps[turn % steps.length] ?? steps[0])?.() ?? Promise.reject(new Error('no clerk'));
  };
}
