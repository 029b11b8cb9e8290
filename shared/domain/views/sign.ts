import { currentLeg, type CounterState, type Hall, type PauseReason } from '../hall/state.ts';

/** A call as displays show it. Numbers only: nothing about the person. */
export interface CallView {
  readonly callId: string;
  readonly ticketId: string;
  readonly number: string;
  readonly serviceId: string;
  readonly status: 'called' | 'serving';
  /** Revision of the call: announcements go in this order. */
  readonly order: number;
  /** Times called so far, recalls included. */
  readonly times: number;
  /** Epoch ms. */
  readonly calledAt: number;
  readonly lastCalledAt: number;
}

/** What stands over a counter. */
export interface SignView {
  readonly counterId: string;
  readonly status: CounterState['status'];
  readonly pauseReason?: PauseReason;
  readonly clerkId?: string;
  readonly call?: CallView;
}

export function signOf(hall: Hall, counterId: string): SignView {
  const counter = hall.countersById.get(counterId);
  if (!counter) return { counterId, status: 'closed' };
  const call = callAt(hall, counter);
  return {
    counterId,
    status: counter.status,
    ...(counter.pauseReason ? { pauseReason: counter.pauseReason } : {}),
    ...(counter.clerkId ? { clerkId: counter.clerkId } : {}),
    ...(call ? { call } : {}),
  };
}

function callAt(hall: Hall, counter: CounterState): CallView | undefined {
  const ticket = hall.current?.ticketsById.get(counter.activeTicketId ?? '');
  if (!ticket) return undefined;
  const { callId, serviceId, status, calledRevision, timesCalled, calledAt, lastCalledAt } =
    currentLeg(ticket);
  if (callId === undefined || calledAt === undefined || (status !== 'called' && status !== 'serving'))
    return undefined;
  return {
    callId,
    ticketId: ticket.id,
    number: ticket.number,
    serviceId,
    status,
    order: calledRevision ?? 0,
    times: timesCalled,
    calledAt,
    lastCalledAt: lastCalledAt ?? calledAt,
  };
}
