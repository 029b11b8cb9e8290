import type { Day } from './day.ts';
import type { Terminal } from './terminal.ts';
import type { Visitor } from './visitor.ts';

/** Everything that is done for visitors away from the counters: numbers taken, tickets brought back or given up. */
export function createFrontOfHouse(
  day: Day,
  kiosks: readonly Terminal[],
  desk: Terminal,
  newVisitKey: () => string,
) {
  let next = 0;

  const take = async (visitor: Visitor): Promise<void> => {
    const { serviceId, classId, language, atReception, patienceMs } = visitor;
    next += 1;
    const terminal = atReception ? desk : (kiosks[next % kiosks.length] ?? desk);
    const answer = await terminal.command('ticket.take', {
      serviceId,
      classId,
      language,
      visitKey: newVisitKey(),
    });
    if (!answer.ok) return;
    const { ticketId, number } = answer.answer;
    day.visits.came(ticketId, visitor);
    day.records.numbersByTicket.set(ticketId, number);
    day.records.facts.push({ name: 'ticket.take', revision: answer.revision, ticketId, number });
    if (patienceMs !== undefined) void leave(ticketId, day.clock.now() + patienceMs);
  };

  /** Out of patience: the visitor gives the number back, unless called by then. */
  const leave = async (ticketId: string, at: number): Promise<void> => {
    await day.until(at);
    const wasCalled = day.records.facts.some(
      (fact) => fact.ticketId === ticketId && fact.name !== 'ticket.take',
    );
    if (day.isOver() || wasCalled) return;
    await send('ticket.cancel', { ticketId, reason: 'visitor-left' });
  };

  const send = async <Name extends 'ticket.cancel' | 'ticket.reinstate' | 'ticket.resume'>(
    name: Name,
    payload: Parameters<typeof desk.command<Name>>[1],
  ): Promise<void> => {
    const answer = await desk.command(name, payload);
    if (answer.ok) day.records.facts.push({ name, revision: answer.revision, ticketId: payload.ticketId });
  };

  return {
    take,
    /** Somebody whose ticket was set aside comes to reception at this instant. */
    bringBack: async (
      ticketId: string,
      name: 'ticket.reinstate' | 'ticket.resume',
      at: number,
    ): Promise<void> => {
      await day.until(at);
      if (!day.isOver()) await send(name, { ticketId });
    },
  };
}
