import fc from 'fast-check';
import { aCatalogue, aClass, aCounter, MINUTE_MS } from './builders.ts';
import { aHallDay, type HallDay, type HallDayOptions, type Outcome } from './hall-day.ts';
import type { CommandName } from '#domain/commands/schemas.ts';
import { currentLeg } from '#domain/hall/state.ts';

/** A step of a random day: what is done, and three numbers that choose with whom. */
export interface Action {
  readonly kind: Kind;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const counters = ['c1', 'c2', 'c3'] as const;
const services = ['deeds', 'fund', 'permit'] as const;
const classes = ['ordinary', 'ordinary', 'senior', 'green'] as const;

const kinds = [
  ...Array<'take'>(6).fill('take'),
  ...Array<'callNext'>(5).fill('callNext'),
  ...Array<'progress'>(6).fill('progress'),
  'callTicket',
  'recall',
  'finish',
  'reopen',
  'hold',
  'resume',
  'transfer',
  'requeue',
  'noShow',
  'reinstate',
  'cancel',
  'shown',
  'stale',
  'openCounter',
  'openCounter',
  'pauseCounter',
  'resumeCounter',
  'closeCounter',
  'advance',
  'day',
] as const;
type Kind = (typeof kinds)[number];

const number = fc.nat({ max: 255 });
export const anAction: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom(...kinds),
  a: number,
  b: number,
  c: number,
});

/** Rules of every sharpness. `timeless` leaves out those by which the mere passing of time changes who is next. */
export function someRules(timeless = false): fc.Arbitrary<HallDayOptions> {
  const minutes = (...values: readonly number[]) =>
    fc.constantFrom(...values.map((value) => value * MINUTE_MS));
  return fc
    .record({
      maxRecalls: fc.nat({ max: 2 }),
      noShowAfterMs: minutes(0, 1),
      noShowBlockMs: timeless ? fc.constant(0) : minutes(0, 3),
      returnBehind: fc.constantFrom<number | 'end'>(0, 1, 2, 'end'),
      preferenceYieldsAfterMs: timeless ? fc.constant(10_000 * MINUTE_MS) : minutes(0, 4, 60),
      senior: fc.nat({ max: 3 }),
      green: fc.nat({ max: 4 }),
    })
    .map(({ senior, green, ...rules }) => ({
      catalogue: aCatalogue({
        rules,
        counters: [
          aCounter('c1', { deeds: 1, fund: 2 }),
          aCounter('c2', { deeds: 1, fund: 1, permit: 1 }),
          aCounter('c3', { fund: 1, permit: 2 }),
        ],
        priorityClasses: [
          aClass('ordinary', 5, 0),
          aClass('senior', 1, senior),
          aClass('green', 0, green, false),
        ],
      }),
    }));
}

export interface Played {
  readonly name: CommandName;
  readonly outcome: Outcome;
}

/** A hall with its three counters open, for random actions to be played on. */
export function openHall(options: HallDayOptions): HallDay {
  const hall = aHallDay(options);
  for (const counter of counters) hall.open(counter);
  return hall;
}

/** Does one action, legal or not; undefined when it moved only the clock. */
export function play(hall: HallDay, { kind, a, b, c }: Action): Played | undefined {
  const counterId = pick(counters, a);
  const seenRevision = hall.seen(counterId);
  const numberOfAny = anyNumber(hall, b);
  const ticketId = hall.hall.countersById.get(counterId)?.activeTicketId ?? anyTicket(hall, b);
  const at = { counterId, seenRevision, ticketId };
  const done = (name: CommandName, outcome: Outcome): Played => ({ name, outcome });
  switch (kind) {
    case 'take':
      return done(
        'ticket.take',
        hall.take(pick(services, a), pick(classes, b), { role: c % 2 ? 'kiosk' : 'reception' }),
      );
    case 'callNext':
      return done('ticket.callNext', hall.callNext(counterId));
    case 'stale':
      return done('ticket.callNext', hall.callNext(counterId, Math.max(0, seenRevision - 1)));
    case 'progress':
      return progress(hall, counterId, b);
    case 'callTicket':
      return done(
        'ticket.callTicket',
        hall.callTicket(counterId, numberOfAny, c % 4 ? 'accessibility' : undefined),
      );
    case 'recall':
      return done('ticket.recall', hall.send('ticket.recall', at));
    case 'finish':
      return done('ticket.finish', hall.send('ticket.finish', { ...at, outcome: 'done' }));
    case 'reopen':
      return done('ticket.reopen', hall.send('ticket.reopen', { ...at, ticketId: anyTicket(hall, b) }));
    case 'hold':
      return done(
        'ticket.hold',
        hall.send('ticket.hold', { ...at, kind: pick(['any', 'same', 'outside'], c) }),
      );
    case 'resume':
      return done(
        'ticket.resume',
        hall.send('ticket.resume', { ticketId: oneOf(hall.day.held, b) ?? ticketId }),
      );
    case 'transfer': {
      const to = c % 3 === 0 ? { toCounterId: pick(counters, c) } : {};
      return done(
        'ticket.transfer',
        hall.send('ticket.transfer', { ...at, toServiceId: pick(services, b), ...to }),
      );
    }
    case 'requeue':
      return done('ticket.requeue', hall.send('ticket.requeue', at));
    case 'noShow':
      return done('ticket.markNoShow', hall.send('ticket.markNoShow', at));
    case 'reinstate':
      return done(
        'ticket.reinstate',
        hall.send('ticket.reinstate', { ticketId: oneOf(hall.day.noShows, b) ?? ticketId }),
      );
    case 'cancel':
      return done(
        'ticket.cancel',
        hall.send(
          'ticket.cancel',
          { ticketId: anyTicket(hall, b), reason: 'other' },
          { role: c % 2 ? 'manager' : 'reception' },
        ),
      );
    case 'shown': {
      const callId = hall.day.ticketsById.get(ticketId)?.legs.at(-1)?.callId ?? 'no-call';
      return done(
        'call.recordShown',
        hall.send('call.recordShown', { ticketId, callId, displayId: 'display-1' }),
      );
    }
    case 'openCounter':
      return done('counter.open', hall.open(counterId, `clerk-${pick(counters, a + (b % 8 === 0 ? 1 : 0))}`));
    case 'pauseCounter':
      return done('counter.pause', hall.pause(counterId));
    case 'resumeCounter':
      return done('counter.resume', hall.resumeCounter(counterId));
    case 'closeCounter':
      return done('counter.close', hall.close(counterId));
    case 'advance':
      hall.advance((b % 5) * MINUTE_MS);
      return undefined;
    case 'day':
      return turnOfDay(hall, b, c);
  }
}

/** What a clerk usually does next. */
function progress(hall: HallDay, counterId: string, b: number): Played {
  const ticketId = hall.hall.countersById.get(counterId)?.activeTicketId;
  if (ticketId === undefined) return { name: 'ticket.callNext', outcome: hall.callNext(counterId) };
  if (hall.legOf(ticketId).status === 'called')
    return { name: 'ticket.startServing', outcome: hall.start(counterId) };
  return b % 8 === 0
    ? { name: 'ticket.hold', outcome: hall.hold(counterId) }
    : { name: 'ticket.finish', outcome: hall.finish(counterId) };
}

/** Rarely: the next date is opened ahead, the day closed, rolled over, or it is evening. */
function turnOfDay(hall: HallDay, b: number, c: number): Played | undefined {
  const date = hall.day.businessDate;
  const later = `2026-12-${String(1 + (b % 4)).padStart(2, '0')}`;
  switch (c % 12) {
    case 0:
      return { name: 'day.open', outcome: hall.openDay(later) };
    case 1:
      return { name: 'day.close', outcome: hall.closeDay(date) };
    case 2:
    case 3: {
      const outcome = hall.rollOver(later);
      if (outcome.ok) hall.at('09:00', later);
      return { name: 'day.rollOver', outcome };
    }
    case 4:
      hall.at('18:00', date);
      return undefined;
    case 5:
      hall.at('10:00', date);
      return undefined;
    default:
      return undefined;
  }
}

export function anyTicket(hall: HallDay, n: number): string {
  return oneOf(hall.day.ticketsById, n) ?? 'no-ticket';
}

function anyNumber(hall: HallDay, n: number): string {
  const waiting = [...hall.day.ticketsById.values()].filter(
    (ticket) => currentLeg(ticket).status !== 'finished',
  );
  return waiting[n % Math.max(1, waiting.length)]?.number ?? 'A999';
}

function oneOf(map: ReadonlyMap<string, unknown>, n: number): string | undefined {
  return [...map.keys()][n % Math.max(1, map.size)];
}

function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}
