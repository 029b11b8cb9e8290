import type { Day, Hall, LegStatus, Ticket, Waiting } from '#domain/hall/state.ts';

/** Recounts a hall from its tickets alone and names everything that contradicts what the hall has counted. */
export function contradictionsIn(hall: Hall): string[] {
  const days = [hall.current, hall.next].filter((day) => day !== undefined);
  return [...days.flatMap(contradictionsOfDay), ...contradictionsOfCounters(hall)];
}

function contradictionsOfDay(day: Day): string[] {
  const tickets = [...day.ticketsById.values()];
  const found: string[] = [];
  const check = (what: string, is: unknown, shouldBe: unknown): void => {
    if (JSON.stringify(is) !== JSON.stringify(shouldBe)) {
      found.push(`${day.businessDate} ${what}: ${JSON.stringify(is)}, recounted ${JSON.stringify(shouldBe)}`);
    }
  };
  check('numbers', day.ticketIdsByNumber.size, tickets.length);
  check(
    'numbers are of their tickets',
    tickets.filter(({ id, number }) => day.ticketIdsByNumber.get(number) !== id),
    [],
  );
  const counted = (statuses: readonly LegStatus[]) =>
    tickets.filter((ticket) => statuses.some((status) => status === statusOf(ticket))).length;
  check('totals', day.totals, {
    issued: tickets.length,
    finished: counted(['finished']),
    noShow: counted(['no-show']),
    cancelled: counted(['cancelled']),
    voided: counted(['voided']),
  });
  const inHouse = counted(['waiting', 'called', 'serving', 'held']);
  const { issued, finished, noShow, cancelled, voided } = day.totals;
  check('issued', issued, finished + noShow + cancelled + voided + inHouse);
  if (day.status === 'closed') check('in the house after closing', inHouse, 0);
  check('held', [...day.held.keys()].sort(), idsWith(tickets, 'held'));
  check('no-shows', [...day.noShows.keys()].sort(), idsWith(tickets, 'no-show'));
  check(
    'legs left behind',
    tickets.flatMap(({ legs }) => legs.slice(0, -1)).filter(({ status }) => status !== 'transferred'),
    [],
  );
  check(
    'queued',
    queued(day)
      .map(({ ticket }) => ticket.id)
      .sort(),
    idsWith(tickets, 'waiting'),
  );
  for (const [serviceId, queue] of day.queues) {
    const lists = [...queue.byClass].flatMap(([classId, list]) =>
      list.map((waiting) => ({ classId, ...waiting })),
    );
    check(`count of ${serviceId}`, queue.count, lists.length);
    const kept = lists.filter(({ leg }) => leg.onlyCounterId !== undefined || leg.notBefore !== undefined);
    check(`kept of ${serviceId}`, queue.kept, kept.length);
    check(
      `stray in ${serviceId}`,
      lists.filter((w) => w.leg.serviceId !== serviceId || w.ticket.classId !== w.classId),
      [],
    );
    for (const list of queue.byClass.values()) {
      const places = list.map(({ leg }) => leg.place);
      check(
        `order of ${serviceId}`,
        places,
        places.toSorted((a, b) => a - b),
      );
    }
    check(
      `overtakers of ${serviceId}`,
      queue.overtakers,
      queue.overtakers.toSorted((a, b) => a - b),
    );
  }
  return found;
}

function contradictionsOfCounters(hall: Hall): string[] {
  const found: string[] = [];
  const active = new Map<string, string>();
  for (const counter of hall.countersById.values()) {
    const { id, activeTicketId, clerkId, status } = counter;
    if (status === 'closed' && (clerkId !== undefined || activeTicketId !== undefined))
      found.push(`${id} is closed and in use`);
    if (status !== 'closed' && hall.counterIdsByClerk.get(clerkId ?? '') !== id)
      found.push(`${id} has no clerk`);
    if (activeTicketId === undefined) continue;
    if (status === 'paused') found.push(`${id} is paused with a visitor`);
    if (active.has(activeTicketId))
      found.push(`${activeTicketId} is at ${id} and at ${active.get(activeTicketId)}`);
    active.set(activeTicketId, id);
  }
  const open = [...hall.countersById.values()].filter(({ status }) => status !== 'closed').length;
  if (hall.counterIdsByClerk.size !== open) found.push('clerks without a counter');
  for (const ticket of hall.current?.ticketsById.values() ?? []) {
    const isActive = statusOf(ticket) === 'called' || statusOf(ticket) === 'serving';
    if (isActive !== active.has(ticket.id))
      found.push(`${ticket.number} is ${statusOf(ticket)}, at ${active.get(ticket.id)}`);
    if (isActive && active.get(ticket.id) !== ticket.legs.at(-1)?.counterId)
      found.push(`${ticket.number} is elsewhere`);
  }
  return found;
}

function statusOf(ticket: Ticket): LegStatus | undefined {
  return ticket.legs.at(-1)?.status;
}

function idsWith(tickets: readonly Ticket[], status: LegStatus): string[] {
  return tickets
    .filter((ticket) => statusOf(ticket) === status)
    .map(({ id }) => id)
    .sort();
}

function queued(day: Day): Waiting[] {
  return [...day.queues.values()].flatMap((queue) => [...queue.byClass.values()].flat());
}
