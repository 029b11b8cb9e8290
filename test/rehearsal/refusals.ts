import type { CommandName } from '#protocol/commands.ts';
import type { RefusalCode } from '#protocol/errors.ts';

/**
 * Refusals that the person at the screen understands without asking anybody, each with what that person thinks. Every other
 * one is a fault: of the hall, or of the rehearsal.
 */
const understood: Partial<Record<CommandName, Partial<Record<RefusalCode, string>>>> = {
  'counter.open': {
    'counter-occupied': 'somebody else sits at this counter already',
  },
  'ticket.take': {
    'quota-reached': "today's numbers for this are gone, the kiosk said so before",
  },
  'ticket.callNext': {
    'nobody-waiting': 'a colleague was quicker',
  },
  'ticket.callTicket': {
    'ticket-wrong-status': 'the visitor went back by reception in the meantime',
  },
  'ticket.cancel': {
    'ticket-wrong-status': 'the visitor was called at this very moment',
    'not-your-counter': 'the visitor was called at this very moment',
  },
};

export function isUnderstood(name: CommandName, code: RefusalCode): boolean {
  return understood[name]?.[code] !== undefined;
}
