import type { CatalogueIndex } from '../catalogue/index.ts';
import { countAhead } from '../decide/take.ts';
import {
  currentLeg,
  findTicket,
  type Hall,
  type Language,
  type LegStatus,
  type Ticket,
} from '../hall/state.ts';

/** A ticket as staff look it up, and as its holder's own page shows it. */
export interface TicketView {
  readonly ticketId: string;
  readonly number: string;
  readonly businessDate: string;
  readonly serviceId: string;
  readonly classId: string;
  readonly status: LegStatus;
  readonly takenAt: number;
  readonly counterId?: string;
  readonly calledAt?: number;
  /** While waiting: people of the service who are expected to be called before. */
  readonly peopleAhead?: number;
  readonly legs: readonly {
    readonly serviceId: string;
    readonly status: LegStatus;
    readonly counterId?: string;
    /** Epoch ms, of the handling: what the board's figures are made of. */
    readonly startedAt?: number;
    readonly endedAt?: number;
  }[];
}

export function ticketViewOf(
  hall: Hall,
  catalogue: CatalogueIndex,
  ticketId: string,
): TicketView | undefined {
  const found = findTicket(hall, ticketId);
  return found && viewOf(hall, catalogue, found.ticket);
}

/** What a reprint of a ticket's slip has to say, beside the catalogue. */
export interface SlipFacts {
  readonly ticketId: string;
  readonly number: string;
  readonly businessDate: string;
  readonly serviceId: string;
  readonly takenAt: number;
  readonly language: Language;
}

export function slipFactsOf(hall: Hall, ticketId: string): SlipFacts | undefined {
  const ticket = findTicket(hall, ticketId)?.ticket;
  if (!ticket) return undefined;
  const { number, businessDate, takenAt, language } = ticket;
  return { ticketId, number, businessDate, serviceId: currentLeg(ticket).serviceId, takenAt, language };
}

export function ticketViewByNumber(
  hall: Hall,
  catalogue: CatalogueIndex,
  number: string,
): TicketView | undefined {
  const ticketId = hall.current?.ticketIdsByNumber.get(number);
  return ticketId === undefined ? undefined : ticketViewOf(hall, catalogue, ticketId);
}

function viewOf(hall: Hall, catalogue: CatalogueIndex, ticket: Ticket): TicketView {
  const leg = currentLeg(ticket);
  return {
    ticketId: ticket.id,
    number: ticket.number,
    businessDate: ticket.businessDate,
    serviceId: leg.serviceId,
    classId: ticket.classId,
    status: leg.status,
    takenAt: ticket.takenAt,
    ...(leg.counterId === undefined ? {} : { counterId: leg.counterId }),
    ...(leg.calledAt === undefined ? {} : { calledAt: leg.calledAt }),
    ...(leg.status === 'waiting' ? { peopleAhead: aheadOf(hall, catalogue, ticket) } : {}),
    legs: ticket.legs.map(({ serviceId, status, counterId, startedAt, endedAt }) => ({
      serviceId,
      status,
      ...(counterId === undefined ? {} : { counterId }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
    })),
  };
}

/** Those of the same or a better rank who stand before; a better rank that came later counts as well, up to the cap's doubt. */
function aheadOf(hall: Hall, catalogue: CatalogueIndex, ticket: Ticket): number {
  const leg = currentLeg(ticket);
  const day = findTicket(hall, ticket.id)?.day;
  const own = catalogue.classesById.get(ticket.classId);
  if (!day || !own) return 0;
  const behind = (day.queues.get(leg.serviceId)?.byClass.get(ticket.classId) ?? []).filter(
    (other) => other.leg.place >= leg.place,
  ).length;
  return Math.max(0, countAhead(day, catalogue, leg.serviceId, own) - behind);
}
