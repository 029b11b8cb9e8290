import { indexCatalogue, type CatalogueIndex } from '#domain/catalogue/index.ts';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import type { Command, CommandName, CommandPayload } from '#domain/commands/schemas.ts';
import { decide } from '#domain/decide/index.ts';
import type { Accepted, Context, Role } from '#domain/decide/context.ts';
import { currentVersion } from '#domain/events/upcast.ts';
import type { By, EventBody, EventType, HallEvent } from '#domain/events/schemas.ts';
import { applyEvent } from '#domain/hall/apply.ts';
import { createHall, currentLeg, type Hall, type Leg, type Ticket } from '#domain/hall/state.ts';
import type { Refusal } from '#domain/refusal.ts';
import { midnightOf } from '#domain/time.ts';
import { aCatalogue, MINUTE_MS, type CatalogueChanges } from './builders.ts';

/** A Monday. */
export const MONDAY = '2026-11-23';
export const TUESDAY = '2026-11-24';

export type Decide = (hall: Hall, command: Command, context: Context) => Accepted | Refusal;

/** An accepted command with what was recorded, or the refusal. */
export type Outcome = (Accepted & { readonly recorded: readonly HallEvent[] }) | Refusal;

/** Who sends, where the default of the driver does not do. */
export interface Sender {
  readonly role?: Role;
  readonly clerk?: string;
  readonly commandId?: string;
}

export interface HallDayOptions extends CatalogueChanges {
  readonly catalogue?: Catalogue;
  readonly date?: string;
  /** Whether the day is opened at once; default true. */
  readonly opened?: boolean;
  /** Instead of the rules: to show what a naive hall does. */
  readonly decide?: Decide;
}

export type HallDay = ReturnType<typeof aHallDay>;

/** A hall driven by commands on the real rules, with a clock that only the test moves and ids that count up. */
export function aHallDay({
  catalogue,
  date = MONDAY,
  opened = true,
  decide: rules = decide,
  ...changes
}: HallDayOptions = {}) {
  const versions = new Map<number, CatalogueIndex>([
    [1, indexCatalogue(1, catalogue ?? aCatalogue(changes))],
  ]);
  const hall = createHall((version) => {
    const index = versions.get(version);
    if (!index) throw new Error(`no catalogue version ${version}`);
    return index;
  });
  const events: HallEvent[] = [];
  const clerks = new Map<string, string>();
  let now = midnightOf(date, 'Asia/Shanghai') + 9 * 60 * MINUTE_MS;
  let ids = 0;
  const newId = (): string => `id-${String((ids += 1)).padStart(4, '0')}`;

  const send = <Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    sender: Sender = {},
  ): Outcome => {
    const role = sender.role ?? roleOf(name);
    const counterId = 'counterId' in payload ? payload.counterId : undefined;
    const clerk = sender.clerk ?? (role === 'clerk' ? (clerks.get(counterId ?? '') ?? 'clerk-x') : undefined);
    const by: By = { device: 'device-1', via: 'socket', ...(clerk === undefined ? {} : { clerk }) };
    const decision = rules(hall, { name, payload } as Command, { now, newId, by, role });
    if (!decision.ok) return decision;
    const commandId = sender.commandId ?? newId();
    const recorded = decision.events.map((event): HallEvent => {
      const row = {
        ...event,
        revision: hall.revision + 1,
        v: currentVersion(event.type),
        at: now,
        by,
        commandId,
      } as HallEvent;
      applyEvent(hall, row);
      events.push(row);
      return row;
    });
    return { ...decision, recorded };
  };

  const seen = (counterId: string): number => hall.countersById.get(counterId)?.revision ?? 0;
  const activeAt = (counterId: string): string =>
    hall.countersById.get(counterId)?.activeTicketId ?? 'nobody';
  const atCounter = (counterId: string, ticketId = activeAt(counterId)) => ({
    counterId,
    ticketId,
    seenRevision: seen(counterId),
  });
  const ticketOf = (numberOrId: string): Ticket => {
    for (const day of [hall.current, hall.next]) {
      const ticket =
        day?.ticketsById.get(numberOrId) ?? day?.ticketsById.get(day.ticketIdsByNumber.get(numberOrId) ?? '');
      if (ticket) return ticket;
    }
    throw new Error(`no ticket ${numberOrId}`);
  };

  const driver = {
    hall,
    events,
    versions,
    newId,
    send,
    seen,
    ticketOf,
    get now() {
      return now;
    },
    get day() {
      if (!hall.current) throw new Error('no day');
      return hall.current;
    },
    legOf: (numberOrId: string): Leg => currentLeg(ticketOf(numberOrId)),
    statusOf: (numberOrId: string) => currentLeg(ticketOf(numberOrId)).status,
    advance: (byMs: number) => void (now += byMs),
    at: (timeOfDay: string, day = date) => {
      const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
      now = midnightOf(day, 'Asia/Shanghai') + (hours * 60 + minutes) * MINUTE_MS;
    },
    store: (version: number, next: Catalogue) => void versions.set(version, indexCatalogue(version, next)),
    openDay: (businessDate = date) => send('day.open', { businessDate }),
    closeDay: (businessDate = date) => send('day.close', { businessDate }),
    rollOver: (to: string) => send('day.rollOver', { to }),
    open: (counterId: string, clerk = `clerk-${counterId}`) => {
      const outcome = send('counter.open', { counterId }, { clerk });
      if (outcome.ok) clerks.set(counterId, clerk);
      return outcome;
    },
    pause: (counterId: string) => send('counter.pause', { counterId, reason: 'break' }),
    resumeCounter: (counterId: string) => send('counter.resume', { counterId }),
    close: (counterId: string) => send('counter.close', { counterId }),
    take: (serviceId: string, classId = 'ordinary', sender: Sender = {}) =>
      send('ticket.take', { serviceId, classId, language: 'zh', visitKey: 'k'.repeat(22) }, sender),
    callNext: (counterId: string, seenRevision = seen(counterId)) =>
      send('ticket.callNext', { counterId, seenRevision }),
    callTicket: (counterId: string, number: string, reason?: CommandPayload<'ticket.callTicket'>['reason']) =>
      send('ticket.callTicket', {
        counterId,
        number,
        seenRevision: seen(counterId),
        ...(reason ? { reason } : {}),
      }),
    recall: (counterId: string) => send('ticket.recall', atCounter(counterId)),
    start: (counterId: string) => send('ticket.startServing', atCounter(counterId)),
    finish: (counterId: string, outcome: CommandPayload<'ticket.finish'>['outcome'] = 'done') =>
      send('ticket.finish', { ...atCounter(counterId), outcome }),
    reopen: (counterId: string, number: string) =>
      send('ticket.reopen', atCounter(counterId, ticketOf(number).id)),
    hold: (counterId: string, kind: CommandPayload<'ticket.hold'>['kind'] = 'any') =>
      send('ticket.hold', { ...atCounter(counterId), kind }),
    resume: (number: string) => send('ticket.resume', { ticketId: ticketOf(number).id }),
    transfer: (counterId: string, toServiceId: string, toCounterId?: string) =>
      send('ticket.transfer', {
        ...atCounter(counterId),
        toServiceId,
        ...(toCounterId ? { toCounterId } : {}),
      }),
    requeue: (counterId: string) => send('ticket.requeue', atCounter(counterId)),
    noShow: (counterId: string) => send('ticket.markNoShow', atCounter(counterId)),
    reinstate: (number: string) => send('ticket.reinstate', { ticketId: ticketOf(number).id }),
    cancel: (number: string, sender: Sender = {}) =>
      send(
        'ticket.cancel',
        { ticketId: ticketOf(number).id, reason: 'visitor-left' },
        { role: 'reception', ...sender },
      ),
    shown: (number: string, displayId = 'display-1') => {
      const { id } = ticketOf(number);
      return send('call.recordShown', {
        ticketId: id,
        callId: currentLeg(ticketOf(number)).callId ?? 'no-call',
        displayId,
      });
    },
  };

  succeed(send('catalogue.publish', { version: 1 }));
  if (opened) succeed(driver.openDay());
  return driver;
}

function roleOf(name: CommandName): Role {
  if (name === 'ticket.take') return 'kiosk';
  if (name === 'ticket.resume' || name === 'ticket.reinstate' || name === 'ticket.cancel') return 'reception';
  if (name.startsWith('ticket.') || name.startsWith('counter.')) return 'clerk';
  return 'hall';
}

/** The outcome of a command that must be accepted; the test fails with the refusal otherwise. */
export function succeed(outcome: Outcome): Accepted & { readonly recorded: readonly HallEvent[] } {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.details)}`);
  return outcome;
}

/** 'ok', or the code of the refusal. */
export function codeOf(outcome: Accepted | Refusal): string {
  return outcome.ok ? 'ok' : outcome.code;
}

/** The number that a take or a call answered with. */
export function numberOf(outcome: Outcome): string {
  return String(succeed(outcome).answer['number']);
}

/** The body of the one event of a type that an outcome recorded. */
export function bodyOf<Type extends EventType>(outcome: Outcome, type: Type): EventBody<Type> {
  const found = succeed(outcome).recorded.filter((event) => event.type === type);
  if (found.length !== 1) throw new Error(`${found.length} events of type ${type}`);
  return found[0]?.body as EventBody<Type>;
}
