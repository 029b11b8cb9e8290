import { describe, expect, it } from 'vitest';
import { commandSchemas, type CommandName } from '#domain/commands/schemas.ts';
import type { LegStatus } from '#domain/hall/state.ts';
import { MINUTE_MS } from '#test/support/builders.ts';
import {
  aHallDay,
  codeOf,
  MONDAY,
  succeed,
  TUESDAY,
  type HallDay,
  type Outcome,
} from '#test/support/hall-day.ts';

type TicketCommand = Exclude<Extract<CommandName, `ticket.${string}` | 'call.recordShown'>, 'ticket.take'>;
/** 'transferred' is the state of a leg left behind: the ticket is in the next one. */
type TicketStatus = Exclude<LegStatus, 'transferred'>;
type CounterSituation = 'never opened' | 'open' | 'paused' | 'closed again' | 'of another clerk';

/** A hall with the one ticket A001, brought into a status at c1, whose clerk sends everything. */
const inStatus: Record<TicketStatus, () => HallDay> = {
  waiting: () => hallWithTicket(),
  called: () => hallWithTicket(({ callNext }) => succeed(callNext('c1'))),
  serving: () => {
    const hall = inStatus.called();
    succeed(hall.start('c1'));
    return hall;
  },
  held: () => {
    const hall = inStatus.serving();
    succeed(hall.hold('c1'));
    return hall;
  },
  finished: () => {
    const hall = inStatus.serving();
    succeed(hall.finish('c1'));
    return hall;
  },
  'no-show': () => {
    const hall = inStatus.called();
    hall.advance(MINUTE_MS);
    succeed(hall.noShow('c1'));
    return hall;
  },
  cancelled: () => hallWithTicket(({ cancel }) => succeed(cancel('A001'))),
  voided: () => hallWithTicket(({ closeDay }) => succeed(closeDay())),
};

function hallWithTicket(act: (hall: HallDay) => unknown = () => undefined): HallDay {
  const hall = aHallDay();
  succeed(hall.open('c1'));
  succeed(hall.take('deeds'));
  act(hall);
  return hall;
}

const sending: Record<TicketCommand, (hall: HallDay) => Outcome> = {
  'ticket.callNext': ({ callNext }) => callNext('c1'),
  'ticket.callTicket': ({ callTicket }) => callTicket('c1', 'A001'),
  'ticket.recall': (hall) => hall.send('ticket.recall', onTicket(hall)),
  'ticket.startServing': (hall) => hall.send('ticket.startServing', onTicket(hall)),
  'ticket.finish': (hall) => hall.send('ticket.finish', { ...onTicket(hall), outcome: 'done' }),
  'ticket.reopen': (hall) => hall.send('ticket.reopen', onTicket(hall)),
  'ticket.hold': (hall) => hall.send('ticket.hold', { ...onTicket(hall), kind: 'any' }),
  'ticket.resume': ({ resume }) => resume('A001'),
  'ticket.transfer': (hall) => hall.send('ticket.transfer', { ...onTicket(hall), toServiceId: 'fund' }),
  'ticket.requeue': (hall) => hall.send('ticket.requeue', onTicket(hall)),
  'ticket.markNoShow': (hall) => hall.send('ticket.markNoShow', onTicket(hall)),
  'ticket.reinstate': ({ reinstate }) => reinstate('A001'),
  'ticket.cancel': ({ cancel }) => cancel('A001', { role: 'clerk', clerk: 'clerk-c1' }),
  'call.recordShown': ({ shown }) => shown('A001'),
};

function onTicket(hall: HallDay) {
  return { counterId: 'c1', seenRevision: hall.seen('c1'), ticketId: hall.ticketOf('A001').id };
}

const NOT_HERE = 'ticket-not-here';
const WRONG = 'ticket-wrong-status';
const BUSY = 'counter-busy';
const SHUT = 'day-not-open';
const aside = {
  'ticket.callNext': 'nobody-waiting',
  'ticket.callTicket': 'reason-required',
  'ticket.recall': NOT_HERE,
  'ticket.startServing': NOT_HERE,
  'ticket.finish': NOT_HERE,
  'ticket.reopen': WRONG,
  'ticket.hold': NOT_HERE,
  'ticket.resume': WRONG,
  'ticket.transfer': NOT_HERE,
  'ticket.requeue': NOT_HERE,
  'ticket.markNoShow': NOT_HERE,
  'ticket.reinstate': WRONG,
  'ticket.cancel': 'ok',
  'call.recordShown': 'nothing',
};
const over = { ...aside, 'ticket.callTicket': WRONG, 'ticket.cancel': WRONG };
const active = {
  ...aside,
  'ticket.callNext': BUSY,
  'ticket.callTicket': BUSY,
  'ticket.reopen': BUSY,
  'ticket.transfer': 'ok',
  'ticket.requeue': 'ok',
  'call.recordShown': 'ok',
};

/** Every status × every command: 'ok', 'nothing' (accepted without an event), or the code of the refusal. */
const table: Record<TicketStatus, Record<TicketCommand, string>> = {
  waiting: { ...aside, 'ticket.callNext': 'ok', 'ticket.callTicket': 'ok' },
  called: {
    ...active,
    'ticket.recall': 'ok',
    'ticket.startServing': 'ok',
    'ticket.finish': WRONG,
    'ticket.hold': WRONG,
    'ticket.markNoShow': 'ok',
  },
  serving: {
    ...active,
    'ticket.recall': WRONG,
    'ticket.startServing': WRONG,
    'ticket.finish': 'ok',
    'ticket.hold': 'ok',
    'ticket.markNoShow': WRONG,
  },
  held: { ...aside, 'ticket.resume': 'ok' },
  'no-show': { ...aside, 'ticket.reinstate': 'ok' },
  finished: { ...over, 'ticket.reopen': 'ok' },
  cancelled: over,
  voided: {
    'ticket.callNext': SHUT,
    'ticket.callTicket': SHUT,
    'ticket.recall': SHUT,
    'ticket.startServing': SHUT,
    'ticket.finish': SHUT,
    'ticket.reopen': SHUT,
    'ticket.hold': SHUT,
    'ticket.resume': SHUT,
    'ticket.transfer': SHUT,
    'ticket.requeue': SHUT,
    'ticket.markNoShow': SHUT,
    'ticket.reinstate': SHUT,
    'ticket.cancel': 'unknown-ticket',
    'call.recordShown': 'unknown-ticket',
  },
};

/** What status an accepted command leads to. */
const leadsTo: Partial<Record<TicketCommand, TicketStatus>> = {
  'ticket.callNext': 'called',
  'ticket.callTicket': 'called',
  'ticket.recall': 'called',
  'ticket.startServing': 'serving',
  'ticket.finish': 'finished',
  'ticket.reopen': 'serving',
  'ticket.hold': 'held',
  'ticket.resume': 'waiting',
  'ticket.transfer': 'waiting',
  'ticket.requeue': 'waiting',
  'ticket.markNoShow': 'no-show',
  'ticket.reinstate': 'waiting',
  'ticket.cancel': 'cancelled',
};

const statuses = Object.keys(table) as TicketStatus[];
const ticketCommands = Object.keys(sending) as TicketCommand[];

describe('a ticket in every status meets every command', () => {
  it('has every ticket command in the table', () => {
    const all = Object.keys(commandSchemas).filter(
      (name) => name.startsWith('ticket.') || name.startsWith('call.'),
    );
    expect(ticketCommands.toSorted()).toEqual(all.filter((name) => name !== 'ticket.take').toSorted());
  });

  const cells = statuses.flatMap((status) =>
    ticketCommands.map((command) => [status, command, table[status][command]] as const),
  );
  it.each(cells)('%s + %s → %s', (status, command, expected) => {
    const hall = inStatus[status]();
    expect(hall.statusOf('A001')).toBe(status);
    hall.advance(MINUTE_MS);
    const revision = hall.hall.revision;
    const outcome = sending[command](hall);
    const nothing = outcome.ok && outcome.recorded.length === 0;
    expect(nothing ? 'nothing' : codeOf(outcome)).toBe(expected);
    expect(hall.hall.revision).toBe(expected === 'ok' ? revision + 1 : revision);
    expect(hall.statusOf('A001')).toBe(expected === 'ok' ? (leadsTo[command] ?? status) : status);
  });

  it.each(['held', 'no-show'] as const)('calls a ticket that is %s by hand with a reason', (status) => {
    const hall = inStatus[status]();
    expect(codeOf(hall.callTicket('c1', 'A001', 'follow-up'))).toBe('ok');
    expect(hall.statusOf('A001')).toBe('called');
    expect([hall.day.held.size, hall.day.noShows.size]).toEqual([0, 0]);
  });

  it.each(['finished', 'cancelled'] as const)('calls a ticket that is %s for no reason', (status) => {
    expect(codeOf(inStatus[status]().callTicket('c1', 'A001', 'follow-up'))).toBe(WRONG);
  });

  it.each(['called', 'serving'] as const)(
    'lets only the counter or a manager cancel a ticket that is %s',
    (status) => {
      const hall = inStatus[status]();
      expect(codeOf(hall.cancel('A001', { role: 'reception' }))).toBe('not-your-counter');
      expect(codeOf(hall.cancel('A001', { role: 'clerk', clerk: 'clerk-c2' }))).toBe('not-your-counter');
      expect(codeOf(hall.cancel('A001', { role: 'manager' }))).toBe('ok');
      expect(hall.hall.countersById.get('c1')?.activeTicketId).toBeUndefined();
    },
  );

  it.each(ticketCommands)('knows a ticket that does not exist: %s', (command) => {
    const hall = inStatus.called();
    const at = { ...onTicket(hall), ticketId: 'no-such-ticket' };
    const outcome = hall.send(command, {
      ...at,
      number: 'Z999',
      outcome: 'done',
      kind: 'any',
      toServiceId: 'fund',
      reason: 'visitor-left',
      callId: 'call-1',
      displayId: 'display-1',
    } as never);
    const calling = command === 'ticket.callNext' || command === 'ticket.callTicket';
    expect(codeOf(outcome)).toBe(calling ? BUSY : 'unknown-ticket');
  });
});

const situations: Record<CounterSituation, () => HallDay> = {
  'never opened': () => aHallDay(),
  open: () => hallWithTicket(),
  paused: () => hallWithTicket(({ pause }) => succeed(pause('c1'))),
  'closed again': () => hallWithTicket(({ close }) => succeed(close('c1'))),
  'of another clerk': () => hallWithTicket(),
};
const counterCommands = Object.keys(commandSchemas).filter((name) => {
  const { shape } = commandSchemas[name as CommandName] as { shape: object };
  return 'counterId' in shape;
}) as CommandName[];

/** What a counter itself answers, before any ticket is looked at; `undefined` is for the table of tickets. */
const counterTable: Record<CounterSituation, (command: CommandName) => string | undefined> = {
  'never opened': (command) => (command === 'counter.open' ? 'ok' : 'counter-not-open'),
  'closed again': (command) => (command === 'counter.open' ? 'ok' : 'counter-not-open'),
  open: (command) =>
    ({
      'counter.open': 'counter-occupied',
      'counter.pause': 'ok',
      'counter.resume': 'counter-moved',
      'counter.close': 'ok',
    })[command as string],
  paused: (command) =>
    ({
      'counter.open': 'counter-occupied',
      'counter.pause': 'counter-paused',
      'counter.resume': 'ok',
      'counter.close': 'ok',
      'ticket.callNext': 'counter-paused',
      'ticket.callTicket': 'counter-paused',
    })[command as string] ?? 'unknown-ticket',
  'of another clerk': (command) => (command === 'counter.open' ? 'counter-occupied' : 'not-your-counter'),
};

describe('a counter in every situation meets every command', () => {
  const cells = (Object.keys(situations) as CounterSituation[]).flatMap((situation) =>
    counterCommands.map((command) => [situation, command, counterTable[situation](command)] as const),
  );
  it.each(cells.filter(([, , expected]) => expected !== undefined))(
    '%s + %s → %s',
    (situation, command, expected) => {
      const hall = situations[situation]();
      const clerk = situation === 'of another clerk' ? 'clerk-c2' : 'clerk-c1';
      expect(codeOf(sendAt(hall, command, 'c1', clerk))).toBe(expected);
    },
  );

  it.each(counterCommands)('knows no counter of that name: %s', (command) => {
    expect(codeOf(sendAt(aHallDay(), command, 'c99', 'clerk-c1'))).toBe('unknown-counter');
  });

  it.each(counterCommands)('does nothing on a day that is not open: %s', (command) => {
    expect(codeOf(sendAt(aHallDay({ opened: false }), command, 'c1', 'clerk-c1'))).toBe(SHUT);
    const closed = aHallDay();
    succeed(closed.closeDay());
    expect(codeOf(sendAt(closed, command, 'c1', 'clerk-c1'))).toBe(SHUT);
  });

  const bySeen = counterCommands.filter((name) => name.startsWith('ticket.'));
  it.each(bySeen)('refuses what was clicked on an old picture: %s', (command) => {
    const hall = inStatus.called();
    const stale = hall.seen('c1') - 1;
    expect(codeOf(sendAt(hall, command, 'c1', 'clerk-c1', stale))).toBe('counter-moved');
  });

  it.each(['counter.pause', 'counter.close'] as const)('%s needs a counter without a visitor', (command) => {
    expect(codeOf(sendAt(inStatus.called(), command, 'c1', 'clerk-c1'))).toBe(BUSY);
    expect(codeOf(sendAt(inStatus.serving(), command, 'c1', 'clerk-c1'))).toBe(BUSY);
  });

  it('lets a manager free a counter whose clerk has gone, and the clerk sit down elsewhere', () => {
    const hall = hallWithTicket();
    expect(codeOf(hall.open('c2', 'clerk-c1'))).toBe('clerk-elsewhere');
    succeed(hall.send('counter.close', { counterId: 'c1' }, { role: 'manager' }));
    expect(codeOf(hall.open('c2', 'clerk-c1'))).toBe('ok');
  });

  it('opens for a clerk only', () => {
    expect(codeOf(aHallDay().send('counter.open', { counterId: 'c1' }, { role: 'manager' }))).toBe(
      'clerk-required',
    );
  });

  it('takes nothing up again at a paused counter', () => {
    const hall = inStatus.finished();
    succeed(hall.pause('c1'));
    expect(codeOf(hall.reopen('c1', 'A001'))).toBe('counter-paused');
    expect(hall.hall.countersById.get('c1')?.activeTicketId).toBeUndefined();
  });
});

function sendAt(
  hall: HallDay,
  command: CommandName,
  counterId: string,
  clerk: string,
  seenRevision = hall.seen(counterId),
) {
  const payload = {
    counterId,
    seenRevision,
    ticketId: 'no-such-ticket',
    number: 'Z999',
    outcome: 'done',
    kind: 'any',
  };
  return hall.send(command, { ...payload, toServiceId: 'fund', reason: 'break' } as never, {
    role: 'clerk',
    clerk,
  });
}

describe('a date', () => {
  it('opens and closes once', () => {
    const hall = aHallDay({ opened: false });
    expect(codeOf(hall.closeDay())).toBe(SHUT);
    expect(codeOf(hall.openDay())).toBe('ok');
    expect(codeOf(hall.openDay())).toBe('day-already-open');
    expect(codeOf(hall.closeDay(TUESDAY))).toBe(SHUT);
    expect(codeOf(hall.closeDay())).toBe('ok');
    expect(codeOf(hall.closeDay())).toBe(SHUT);
    expect(codeOf(hall.openDay())).toBe('day-already-open');
  });

  it('closes only when no counter has a visitor', () => {
    const hall = inStatus.called();
    expect(codeOf(hall.closeDay())).toBe(BUSY);
    succeed(hall.requeue('c1'));
    expect(codeOf(hall.closeDay(MONDAY))).toBe('ok');
    expect(hall.hall.countersById.get('c1')?.status).toBe('closed');
  });
});
