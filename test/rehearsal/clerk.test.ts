import { describe, expect, it } from 'vitest';
import type { ActiveView, AsideView, QueuedView } from '#domain/views/caller.ts';
import { nextStep, type Desk, type Duty, type Situation, type Visit } from './clerk.ts';
import type { Visitor } from './visitor.ts';

const MINUTE_MS = 60_000;
const NINE = 1_800_000_000_000;

const duty: Duty = {
  counterId: 'c1',
  opensAt: NINE - 30 * MINUTE_MS,
  closesAt: NINE + 480 * MINUTE_MS,
  breaks: [{ from: NINE + 60 * MINUTE_MS, to: NINE + 70 * MINUTE_MS, reason: 'break' }],
  breathMs: 10_000,
  reactionMs: 5_000,
  noShowAfterMs: 60_000,
};

const visitor: Visitor = {
  serviceId: 'deeds',
  classId: 'ordinary',
  language: 'zh',
  atReception: false,
  walkMs: 20_000,
  serviceMs: 4 * MINUTE_MS,
  ending: { kind: 'finish', outcome: 'done' },
};

const queued = (changes: Partial<QueuedView> = {}): QueuedView => ({
  ticketId: 'ticket-1',
  number: 'A001',
  serviceId: 'deeds',
  classId: 'ordinary',
  waitingSince: NINE - 10 * MINUTE_MS,
  ...changes,
});

const active = (changes: Partial<ActiveView> = {}): ActiveView => ({
  ticketId: 'ticket-1',
  number: 'A001',
  serviceId: 'deeds',
  classId: 'ordinary',
  leg: 0,
  status: 'called',
  takenAt: NINE - 10 * MINUTE_MS,
  waitedMs: 10 * MINUTE_MS,
  times: 1,
  lastCalledAt: NINE,
  before: [],
  ...changes,
});

interface Scene {
  readonly at?: number;
  readonly counter?: Partial<Desk['counter']>;
  readonly queue?: readonly QueuedView[];
  readonly held?: readonly AsideView[];
  readonly noShows?: readonly AsideView[];
  readonly visit?: Partial<Visit>;
  readonly memory?: Situation['memory'];
}

function step({ at = 0, counter = {}, queue = [], held = [], noShows = [], visit = {}, memory }: Scene) {
  return nextStep({
    now: NINE + at,
    duty,
    memory: memory ?? { freeSince: NINE - MINUTE_MS },
    visitOf: () => ({ visitor, missed: false, endingPlayed: false, ...visit }),
    desk: {
      counter: { counterId: 'c1', status: 'open', revision: 41, servedToday: 0, ...counter },
      queue: { total: queue.length, first: queue },
      held,
      noShows,
    },
  });
}

const waitUntil = (at: number) => ({ kind: 'wait', until: NINE + at });
const sends = (name: string, payload: object = {}) => ({
  kind: 'send',
  name,
  payload: expect.objectContaining(payload) as object,
});
const onTicket = { counterId: 'c1', seenRevision: 41, ticketId: 'ticket-1' };

describe('a clerk with nobody at the counter', () => {
  it('opens when the time has come, and goes home when the counter is closed after it', () => {
    expect(step({ at: -31 * MINUTE_MS, counter: { status: 'closed' } })).toEqual(waitUntil(-30 * MINUTE_MS));
    expect(step({ counter: { status: 'closed' } })).toEqual(sends('counter.open', { counterId: 'c1' }));
    expect(step({ at: 481 * MINUTE_MS, counter: { status: 'closed' } })).toEqual({ kind: 'home' });
  });

  it('calls the next one with the revision seen, after a breath', () => {
    const queue = [queued()];
    expect(step({ queue })).toEqual(sends('ticket.callNext', { counterId: 'c1', seenRevision: 41 }));
    expect(step({ queue, memory: { freeSince: NINE } })).toEqual(waitUntil(10_000));
  });

  it('takes a moment to see who has just come', () => {
    expect(step({ queue: [queued({ waitingSince: NINE })] })).toEqual(waitUntil(5_000));
  });

  it('calls nobody while nobody may come, and wakes when somebody may', () => {
    expect(step({})).toEqual(waitUntil(60 * MINUTE_MS));
    expect(step({ queue: [queued({ onlyCounterId: 'c2' })] })).toEqual(waitUntil(60 * MINUTE_MS));
    expect(step({ queue: [queued({ notBefore: NINE + 90_000 })] })).toEqual(waitUntil(90_000));
    expect(step({ at: 90_000, queue: [queued({ notBefore: NINE + 90_000 })] })).toEqual(
      sends('ticket.callNext'),
    );
  });

  it('takes a break with its reason, before the next call, and comes back from it', () => {
    const at = 61 * MINUTE_MS;
    expect(step({ at, queue: [queued()] })).toEqual(sends('counter.pause', { reason: 'break' }));
    expect(step({ at, counter: { status: 'paused' } })).toEqual(waitUntil(70 * MINUTE_MS));
    expect(step({ at: 70 * MINUTE_MS, counter: { status: 'paused' } })).toEqual(sends('counter.resume'));
  });

  it('closes only when nobody waits and nobody is set aside', () => {
    const at = 480 * MINUTE_MS;
    const aside: AsideView = { ...queued(), since: NINE, counterId: 'c1' };
    expect(step({ at })).toEqual(sends('counter.close'));
    expect(step({ at, queue: [queued()] })).toEqual(sends('ticket.callNext'));
    expect(step({ at, held: [aside] })).toEqual({ kind: 'wait', until: Infinity });
  });

  it('puts back who was held here, and calls by hand who missed the call, once they are there', () => {
    const aside: AsideView = { ...queued(), since: NINE, counterId: 'c1' };
    const visit = { back: { at: NINE + MINUTE_MS, to: 'counter' as const } };
    expect(step({ held: [aside], visit })).toEqual(waitUntil(MINUTE_MS));
    expect(step({ at: MINUTE_MS, held: [aside], visit })).toEqual(
      sends('ticket.resume', { ticketId: 'ticket-1' }),
    );
    const byHand = { number: 'A001', reason: 'visitor-request', seenRevision: 41 };
    expect(step({ at: MINUTE_MS, noShows: [aside], visit })).toEqual(sends('ticket.callTicket', byHand));
    const elsewhere = { ...aside, counterId: 'c2' };
    expect(step({ at: MINUTE_MS, noShows: [elsewhere], visit })).toEqual(waitUntil(60 * MINUTE_MS));
  });

  it('reopens what was finished by mistake before calling anybody, once', () => {
    const memory = { freeSince: NINE, finished: { ticketId: 'ticket-1', at: NINE } };
    const visit = {
      visitor: { ...visitor, ending: { kind: 'finish', outcome: 'done', reopenAfterMs: 15_000 } as const },
    };
    const queue = [queued({ ticketId: 'ticket-2' })];
    expect(step({ at: 12_000, queue, memory, visit })).toEqual(waitUntil(15_000));
    expect(step({ at: 15_000, queue, memory, visit })).toEqual(sends('ticket.reopen', onTicket));
    const reopened = { ...visit, reopenedAt: NINE + 15_000 };
    expect(step({ at: 200_000, queue, memory, visit: reopened })).toEqual(sends('ticket.callNext'));
  });
});

describe('a clerk with somebody called', () => {
  const counter = { active: active() };

  it('starts when the visitor has walked there', () => {
    expect(step({ counter })).toEqual(waitUntil(20_000));
    expect(step({ at: 20_000, counter })).toEqual(sends('ticket.startServing', onTicket));
  });

  it('calls an absent one again, then marks the no-show, never before its time', () => {
    const visit = {
      visitor: { ...visitor, absence: { recalls: 1, comesBack: 'never', backAfterMs: 0 } as const },
    };
    expect(step({ at: 29_999, counter, visit })).toEqual(waitUntil(30_000));
    expect(step({ at: 30_000, counter, visit })).toEqual(sends('ticket.recall', onTicket));
    const recalled = { active: active({ times: 2, lastCalledAt: NINE + 30_000 }) };
    const marked = step({ at: 89_999, counter: recalled, visit });
    expect(marked).toEqual(waitUntil(91_000));
    expect(step({ at: 91_000, counter: recalled, visit })).toEqual(sends('ticket.markNoShow', onTicket));
  });

  it('serves somebody who missed the first call and came back', () => {
    const absent = { ...visitor, absence: { recalls: 1, comesBack: 'reception', backAfterMs: 0 } as const };
    const visit = { visitor: absent, missed: true };
    expect(step({ at: 20_000, counter, visit })).toEqual(sends('ticket.startServing'));
  });

  it('puts a wrong one back, once', () => {
    const visit = { visitor: { ...visitor, ending: { kind: 'requeue' } as const } };
    expect(step({ at: 20_000, counter, visit })).toEqual(sends('ticket.requeue', onTicket));
    expect(step({ at: 20_000, counter, visit: { ...visit, endingPlayed: true } })).toEqual(
      sends('ticket.startServing'),
    );
  });
});

describe('a clerk serving', () => {
  const counter = { active: active({ status: 'serving', startedAt: NINE }) };

  it('finishes when the service is over, with its outcome', () => {
    const ending = { kind: 'finish', outcome: 'materials-missing' } as const;
    const visit = { visitor: { ...visitor, ending } };
    expect(step({ counter, visit })).toEqual(waitUntil(4 * MINUTE_MS));
    const outcome = { ...onTicket, outcome: 'materials-missing' };
    expect(step({ at: 4 * MINUTE_MS, counter, visit })).toEqual(sends('ticket.finish', outcome));
  });

  it('holds or transfers in the middle, and finishes the rest the next time', () => {
    const hold = { kind: 'hold', holdKind: 'same', backAfterMs: 0 } as const;
    const visit = { visitor: { ...visitor, ending: hold } };
    expect(step({ counter, visit })).toEqual(waitUntil(2 * MINUTE_MS));
    const at = 2 * MINUTE_MS;
    expect(step({ at, counter, visit })).toEqual(sends('ticket.hold', { ...onTicket, kind: 'same' }));
    expect(step({ at, counter, visit: { ...visit, endingPlayed: true } })).toEqual(sends('ticket.finish'));
    const onward = { visitor: { ...visitor, ending: { kind: 'transfer', toServiceId: 'fund' } as const } };
    expect(step({ at, counter, visit: onward })).toEqual(sends('ticket.transfer', { toServiceId: 'fund' }));
  });

  it('goes on from the reopening with what was left', () => {
    const visit = { reopenedAt: NINE + 5 * MINUTE_MS };
    expect(step({ at: 5 * MINUTE_MS, counter, visit })).toEqual(waitUntil(7 * MINUTE_MS));
  });
});
