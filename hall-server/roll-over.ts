import { businessDateAt } from '#domain/time.ts';
import type { Hall } from '#domain/hall/state.ts';
import type { System } from './adapters/system.ts';
import { sha256 } from './journal/chain.ts';
import { HALL_COMMAND, HALL_DEVICE } from './hall-device.ts';
import type { Writer } from './writer/writer.ts';

export interface RollOverDeps {
  readonly writer: Writer;
  readonly system: System;
  readonly onTrouble: (code: string) => void;
}

/** Often enough that a day begins on time, seldom enough to cost nothing. */
const LOOK_EVERY_MS = 5_000;

/**
 * Turns the date when its time has come, whether the server was on or off: it compares the date that the clock says with the date
 * of the log. The command's id is made of the date, so a job that runs twice rolls over once.
 */
export function createRollOver({ writer, system, onTrouble }: RollOverDeps) {
  const look = async (): Promise<void> => {
    const to = await writer.settled((hall) => dueDate(hall, system.now()));
    if (to === undefined) return;
    const command = { name: 'day.rollOver', payload: { to } } as const;
    const answer = await writer.submit({
      command,
      commandId: `${HALL_COMMAND}roll-over-${to}`,
      payloadHash: sha256(JSON.stringify(command)),
      by: { device: HALL_DEVICE, via: 'hall' },
      role: 'hall',
    });
    if (!answer.ok) onTrouble(answer.code);
  };
  const stop = system.every(LOOK_EVERY_MS, () => void look());
  return { look, close: stop };
}

/** The date to turn to, when the clock is past the log's date. A clock that was set back turns nothing. */
function dueDate(hall: Hall, nowMs: number): string | undefined {
  if (!hall.catalogue) return undefined;
  const { hall: facts, rules } = hall.catalogue.catalogue;
  const date = businessDateAt(nowMs, facts.timeZone, rules.rollOverAt);
  return hall.current && date <= hall.current.businessDate ? undefined : date;
}
