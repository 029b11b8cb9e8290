import { describe, expect, test } from 'vitest';
import { actionsFor, deskActions, deskStatusOf, type DeskView } from '#caller-display/caller/desk/actions.ts';
import { aCounter, aDesk, anActive, aQueue, aQueued, MINUTE_MS, NOW, rules } from './desk-builders.ts';

const offersOf = (view: DeskView, nowMs = NOW) => actionsFor(view, rules, nowMs);
const readyIn = (view: DeskView, nowMs = NOW) =>
  deskActions.filter((action) => offersOf(view, nowMs)[action].ready).join(' ');

const called = (changes = {}) => aDesk({ counter: aCounter({ active: anActive(changes) }) });
const serving = (changes = {}) =>
  aDesk({ counter: aCounter({ active: anActive({ status: 'serving' }) }), ...changes });

describe('one status word', () => {
  test.each([
    ['closed', aDesk({ counter: { counterId: 'b01', status: 'closed', revision: 1, servedToday: 0 } })],
    ['taken', aDesk({ counter: aCounter({ clerkId: 'clerk-other' }) })],
    ['paused', aDesk({ counter: aCounter({ status: 'paused' }) })],
    ['idle', aDesk()],
    ['called', called()],
    ['serving', serving()],
  ])('%s', (status, view) => {
    expect(deskStatusOf(view)).toBe(status);
  });
});

describe('what is offered', () => {
  test.each([
    ['closed: open again, or go', aDesk({ counter: aCounter({ status: 'closed' }) }), 'leave open'],
    ['another clerk has it: go', aDesk({ counter: aCounter({ clerkId: 'clerk-other' }) }), 'leave'],
    ['paused: resume, or go', aDesk({ counter: aCounter({ status: 'paused' }) }), 'resume leave'],
    ['idle: call', aDesk(), 'next callNumber pause leave'],
    ['called: start, recall, or send on', called(), 'start recall transfer requeue'],
    ['serving: finish, with or without the next', serving(), 'next finish hold transfer requeue'],
  ])('%s', (_name, view, ready) => {
    expect(readyIn(view)).toBe(ready);
  });

  test('what is not offered says why', () => {
    expect(offersOf(called()).finish).toEqual({ ready: false, why: 'start-first' });
    expect(offersOf(called()).next).toEqual({ ready: false, why: 'already-called' });
    expect(offersOf(serving()).leave).toEqual({ ready: false, why: 'busy-counter' });
    expect(offersOf(aDesk()).finish).toEqual({ ready: false, why: 'nobody-called' });
  });
});

describe('next', () => {
  test('nobody waits: neither from idle nor while serving', () => {
    const queue = { total: 0, first: [] };
    expect(offersOf(aDesk({ queue })).next).toEqual({ ready: false, why: 'nobody-waiting' });
    expect(offersOf(serving({ queue })).next).toEqual({ ready: false, why: 'nobody-waiting' });
  });

  test('a missed one who is back is called once the block has run out, without a message from the hall', () => {
    const blocked = { total: 1, first: [aQueued({ notBefore: NOW + 1000 })] };
    expect(offersOf(aDesk({ queue: blocked })).next).toEqual({ ready: false, why: 'nobody-yet' });
    expect(offersOf(aDesk({ queue: blocked }), NOW + 1000).next.ready).toBe(true);
  });

  test('one kept for another counter does not count, one kept for this counter does', () => {
    const keptFor = (onlyCounterId: string) => ({ total: 1, first: [aQueued({ onlyCounterId })] });
    expect(offersOf(aDesk({ queue: keptFor('b02') })).next.ready).toBe(false);
    expect(offersOf(aDesk({ queue: keptFor('b01') })).next.ready).toBe(true);
  });

  test('the list is cut at forty: somebody beyond may be callable', () => {
    const queue = { total: 41, first: [aQueued({ onlyCounterId: 'b02' })] };
    expect(offersOf(aDesk({ queue })).next.ready).toBe(true);
    expect(offersOf(aDesk({ queue: aQueue() })).next.ready).toBe(true);
  });
});

describe('limits of the rules', () => {
  test.each([
    [1, 2],
    [2, 1],
  ])('called %i times leaves %i recalls', (times, left) => {
    expect(offersOf(called({ times })).recall).toEqual({ ready: true, left });
  });

  test('after 1 + maxRecalls calls there is no recall', () => {
    expect(offersOf(called({ times: 3 })).recall).toEqual({ ready: false, why: 'recalls-used' });
  });

  test('a no-show counts down from the last call', () => {
    expect(offersOf(called(), NOW + 15_000).noShow).toEqual({ ready: false, why: 'too-early', inMs: 45_000 });
    expect(offersOf(called(), NOW + MINUTE_MS).noShow).toEqual({ ready: true });
  });

  test('a finished one is taken back within the time, at a free counter only', () => {
    const lastFinished = { ticketId: 'ticket-1', number: 'A001', at: NOW };
    expect(offersOf(aDesk({ lastFinished }), NOW + MINUTE_MS).reopen).toEqual({
      ready: true,
      untilMs: 9 * MINUTE_MS,
    });
    expect(offersOf(aDesk({ lastFinished }), NOW + 10 * MINUTE_MS).reopen.ready).toBe(false);
    expect(offersOf(aDesk()).reopen).toEqual({ ready: false, why: 'nothing-finished' });
    expect(offersOf(serving({ lastFinished })).reopen).toEqual({ ready: false, why: 'busy-counter' });
  });
});
