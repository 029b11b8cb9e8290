import { commandSchemas } from '#domain/commands/schemas.ts';
import { commands, type CommandAnswers } from '#protocol/commands.ts';
import type { SlipObstacle, SlipView } from '#protocol/device-feed.ts';
import { slipFactsSchema } from '#protocol/queries.ts';
import type { AcceptedAnswer, Envelope, RefusedAnswer } from '#protocol/wire.ts';
import type { AgentCore, Equipment } from '#terminal/agent.ts';
import { refuse } from '#terminal/refuse.ts';
import type { Printer } from './printer/printer.ts';
import { slipBytes } from './slip/slip-bytes.ts';
import type { Paper } from './slip/slip-blocks.ts';
import { slipOf, type TakenTicket } from './ticket-slip.ts';

/** An hour of one busy kiosk: whoever wants a slip again comes back sooner than that. */
const TICKETS_KEPT = 200;

export interface SlipDeskDeps extends Pick<AgentCore, 'catalogue' | 'deviceFeed' | 'query' | 'log'> {
  /** undefined where the terminal has none. */
  readonly printer: Pick<Printer, 'print'> | undefined;
  readonly paper: Paper;
  /** What visitors' phones reach the hall by. */
  readonly publicUrl: string;
}

/**
 * Prints the slip of each ticket that is taken through this agent. The agent and not the page does it, because a page that
 * crashes, reloads or loses its connection between the number and the paper would cost the visitor the slip.
 */
export function createSlipDesk(deps: SlipDeskDeps): Required<Pick<Equipment, 'command' | 'localQueries'>> {
  const { catalogue, deviceFeed, printer, log } = deps;
  const ticketsById = new Map<string, TakenTicket>();

  function remember(ticket: TakenTicket): void {
    ticketsById.set(ticket.ticketId, ticket);
    const [oldest] = ticketsById.keys();
    if (ticketsById.size > TICKETS_KEPT && oldest !== undefined) ticketsById.delete(oldest);
  }

  function show(ticketId: string, view: SlipView): void {
    deviceFeed.setSlip(ticketId, view);
    if (view.status !== 'printing') log.info({ ticketId, slip: view }, 'slip');
  }

  /** Never rejects. undefined: the slip is printed. */
  async function print(ticket: TakenTicket, reprint: boolean): Promise<SlipObstacle | undefined> {
    const { ticketId } = ticket;
    show(ticketId, { status: 'printing' });
    const reason = await tryToPrint(ticket, reprint);
    show(ticketId, reason === undefined ? { status: 'printed' } : { status: 'not-printed', reason });
    return reason;
  }

  async function tryToPrint(ticket: TakenTicket, reprint: boolean): Promise<SlipObstacle | undefined> {
    if (!printer) return 'none';
    const known = await catalogue.current();
    const slip = known && slipOf(ticket, known, { publicUrl: deps.publicUrl, reprint });
    if (!slip) return 'no-catalogue';
    // A double press on 补打 is one job as long as the first is under way.
    const jobId = reprint ? `${ticket.ticketId}:reprint` : ticket.ticketId;
    const outcome = await printer.print(slipBytes(slip, deps.paper), jobId);
    return outcome.kind === 'printed' ? undefined : outcome.reason;
  }

  function issue(envelope: Envelope, answer: AcceptedAnswer): void {
    const payload = commandSchemas['ticket.take'].safeParse(envelope.payload);
    const taken = commands['ticket.take'].answer.safeParse(answer.answer);
    if (!payload.success || !taken.success) {
      log.error(
        { commandId: envelope.commandId },
        'a ticket was taken in words that this version does not know',
      );
      return;
    }
    const { language, visitKey } = payload.data;
    const ticket = { ...(taken.data as CommandAnswers['ticket.take']), language, visitKey };
    // A command sent again gets the same answer, and the visitor has the slip already.
    if (ticketsById.has(ticket.ticketId)) return;
    remember(ticket);
    void print(ticket, false);
  }

  /** A ticket of another terminal, or of before a restart: the hall knows what stands on its slip, and who may print it. */
  async function factsOf(
    ticketId: string,
    session: string | undefined,
  ): Promise<TakenTicket | RefusedAnswer> {
    const known = ticketsById.get(ticketId);
    if (known) return known;
    const envelope = {
      name: 'slip.facts',
      payload: { ticketId },
      ...(session === undefined ? {} : { session }),
    };
    const reply = await deps.query(envelope);
    if (!reply.ok) return reply.code === 'unknown-ticket' ? refuse('nothing-to-print') : reply;
    const facts = slipFactsSchema.safeParse(reply.answer);
    return facts.success ? facts.data : refuse('nothing-to-print');
  }

  async function printAgain(
    { ticketId }: { readonly ticketId: string },
    session: string | undefined,
  ): Promise<{ printed: true } | RefusedAnswer> {
    const ticket = await factsOf(ticketId, session);
    if ('code' in ticket) return ticket;
    const reason = await print(ticket, true);
    return reason === undefined
      ? { printed: true }
      : { ...refuse('printer-unavailable'), details: { reason } };
  }

  return {
    command: (forward) => async (envelope) => {
      const answer = await forward(envelope);
      if (envelope.name === 'ticket.take' && answer.ok) issue(envelope, answer);
      return answer;
    },
    localQueries: { 'slip.print': printAgain },
  };
}
