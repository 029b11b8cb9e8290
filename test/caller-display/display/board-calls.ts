import type { BoardCall } from '#caller-display/display/call-board.ts';

/** The call number `index` of a hall: A001 to counter c1 is the first. */
export function aCall(index: number, changes: Partial<BoardCall> = {}): BoardCall {
  return {
    callId: `call-${index}`,
    ticketId: `ticket-${index}`,
    number: `A${String(index).padStart(3, '0')}`,
    counterId: `c${index}`,
    status: 'called',
    order: index,
    times: 1,
    ...changes,
  };
}
