import type { Command } from '../commands/schemas.ts';
import type { Hall } from '../hall/state.ts';
import { callNext, callTicket, recall, recordShown } from './call.ts';
import type { Context, Decision } from './context.ts';
import { closeCounter, openCounter, pauseCounter, resumeCounter } from './counter.ts';
import { closeDay, openNewDay, publishCatalogue, rollOver } from './day.ts';
import { cancel, hold, markNoShow, reinstate, requeue, resume, transfer } from './move.ts';
import { finish, reopen, startServing } from './serve.ts';
import { takeTicket } from './take.ts';

/**
 * What a command does to a hall: events and an answer, or a refusal. Reads the hall and changes nothing; time and ids come
 * in with the context, so the same call gives the same result in a server, a terminal, a simulation and a replay.
 */
export function decide(hall: Hall, command: Command, context: Context): Decision {
  switch (command.name) {
    case 'catalogue.publish':
      return publishCatalogue(hall, command.payload, context);
    case 'day.open':
      return openNewDay(hall, command.payload);
    case 'day.close':
      return closeDay(hall, command.payload);
    case 'day.rollOver':
      return rollOver(hall, command.payload, context);
    case 'counter.open':
      return openCounter(hall, command.payload, context);
    case 'counter.pause':
      return pauseCounter(hall, command.payload, context);
    case 'counter.resume':
      return resumeCounter(hall, command.payload, context);
    case 'counter.close':
      return closeCounter(hall, command.payload, context);
    case 'ticket.take':
      return takeTicket(hall, command.payload, context);
    case 'ticket.callNext':
      return callNext(hall, command.payload, context);
    case 'ticket.callTicket':
      return callTicket(hall, command.payload, context);
    case 'ticket.recall':
      return recall(hall, command.payload, context);
    case 'ticket.startServing':
      return startServing(hall, command.payload, context);
    case 'ticket.finish':
      return finish(hall, command.payload, context);
    case 'ticket.reopen':
      return reopen(hall, command.payload, context);
    case 'ticket.hold':
      return hold(hall, command.payload, context);
    case 'ticket.resume':
      return resume(hall, command.payload);
    case 'ticket.transfer':
      return transfer(hall, command.payload, context);
    case 'ticket.requeue':
      return requeue(hall, command.payload, context);
    case 'ticket.markNoShow':
      return markNoShow(hall, command.payload, context);
    case 'ticket.reinstate':
      return reinstate(hall, command.payload);
    case 'ticket.cancel':
      return cancel(hall, command.payload, context);
    case 'call.recordShown':
      return recordShown(hall, command.payload);
  }
}
