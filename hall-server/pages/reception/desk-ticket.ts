import type { PriorityClass } from '#domain/catalogue/schema.ts';
import type { ServiceView } from '#domain/views/terminal.ts';
import type { TicketView } from '#domain/views/ticket.ts';
import type { CommandAnswers } from '#protocol/commands.ts';

export type TicketAction = 'cancel' | 'reinstate' | 'resume';

/** What a reception desk may do with a ticket in this status; the hall decides again. */
export function actionsFor(status: TicketView['status']): readonly TicketAction[] {
  switch (status) {
    case 'waiting':
      return ['cancel'];
    case 'held':
      return ['resume', 'cancel'];
    case 'no-show':
      return ['reinstate', 'cancel'];
    case 'called':
    case 'serving':
    case 'finished':
    case 'cancelled':
    case 'transferred':
    case 'voided':
      return [];
  }
}

/** A ticket just taken, as a look-up a moment later would show it. */
export function takenTicket(answer: CommandAnswers['ticket.take']): TicketView {
  const { serviceId } = answer;
  return { ...answer, status: 'waiting', legs: [{ serviceId, status: 'waiting' }] };
}

type Classes = readonly Pick<PriorityClass, 'id' | 'rank'>[];

/** People who would be called before a newcomer of this class, by the hall's own reckoning. */
export function peopleAhead(view: ServiceView | undefined, classes: Classes, classId: string): number {
  const own = classes.find(({ id }) => id === classId)?.rank ?? 0;
  return classes.filter(({ rank }) => rank <= own).reduce((sum, { id }) => sum + (view?.waiting[id] ?? 0), 0);
}

export function waitingOf(view: ServiceView | undefined): number {
  return Object.values(view?.waiting ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Everybody's class first, because nearly all tickets are of it; then the nearest to the front. */
export function classesInOrder<Class extends Pick<PriorityClass, 'id' | 'rank'>>(
  classes: readonly Class[],
): readonly Class[] {
  return [...classes].sort((a, b) => {
    if (a.id === 'ordinary' || b.id === 'ordinary') return a.id === 'ordinary' ? -1 : 1;
    return a.rank - b.rank;
  });
}
