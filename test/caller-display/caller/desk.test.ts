import { expect, test } from 'vitest';
import type { CommandAnswer } from '#protocol/wire.ts';
import { createDesk, type Notice } from '#caller-display/caller/desk/desk.ts';
import type { DeskAction, Finished } from '#caller-display/caller/desk/actions.ts';
import { aCounter, anActive, NOW } from './desk-builders.ts';

const accepted = (revision: number): CommandAnswer<object> => ({ ok: true, revision, answer: {} });
const refused = (code: 'counter-moved' | 'nobody-waiting' | 'session-expired'): CommandAnswer<object> => ({
  ok: false,
  code,
  retryable: false,
});

/** A desk at a hall that answers with `answers`, in turn; it shows only what the test lets it show. */
function aDeskAt(counter = aCounter(), answers: CommandAnswer<object>[] = []) {
  const sent: { name: string; payload: Record<string, unknown> }[] = [];
  const pending: (DeskAction | undefined)[] = [];
  const awaited: number[] = [];
  let notice: Notice | undefined;
  let finished: Finished | undefined;
  let isExpired = false;
  let shown = counter;
  let catchUp: () => void = () => undefined;
  let isFollowing = true;
  const desk = createDesk({
    command: async (name, payload) => {
      sent.push({ name, payload });
      return answers[sent.length - 1] ?? accepted(100 + sent.length);
    },
    counterId: () => 'b01',
    counter: () => shown,
    caughtUp: (revision) => {
      awaited.push(revision);
      return isFollowing ? Promise.resolve() : new Promise((resolve) => (catchUp = resolve));
    },
    nowMs: () => NOW,
    onPending: (action) => pending.push(action),
    onNotice: (next) => (notice = next),
    onFinished: (next) => (finished = next),
    onSessionExpired: () => (isExpired = true),
  });
  return {
    desk,
    sent,
    pending,
    awaited,
    show: (next: typeof counter) => (shown = next),
    lag: () => (isFollowing = false),
    catchUp: () => catchUp(),
    get notice() {
      return notice;
    },
    get finished() {
      return finished;
    },
    get isExpired() {
      return isExpired;
    },
  };
}

const servingCounter = aCounter({ active: anActive({ status: 'serving' }) });

test('calls with the revision that the clerk sees', async () => {
  const at = aDeskAt();
  await at.desk.next();
  expect(at.sent).toEqual([{ name: 'ticket.callNext', payload: { counterId: 'b01', seenRevision: 7 } }]);
});

test('a double click calls once', async () => {
  const at = aDeskAt();
  await Promise.all([at.desk.next(), at.desk.next()]);
  expect(at.sent).toHaveLength(1);
});

test('the desk is busy until the screen shows what the answer speaks of', async () => {
  const at = aDeskAt();
  at.lag();
  const first = at.desk.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(at.awaited).toEqual([101]);
  expect(await at.desk.next()).toBe(false);
  expect(at.pending).toEqual(['next']);
  at.catchUp();
  await first;
  expect(at.pending).toEqual(['next', undefined]);
  expect(at.sent).toHaveLength(1);
});

test('next while serving finishes, then calls with the revision of that answer', async () => {
  const at = aDeskAt(servingCounter, [accepted(42), accepted(43)]);
  await at.desk.next();
  expect(at.sent).toEqual([
    {
      name: 'ticket.finish',
      payload: { counterId: 'b01', seenRevision: 7, ticketId: 'ticket-1', outcome: 'done' },
    },
    { name: 'ticket.callNext', payload: { counterId: 'b01', seenRevision: 42 } },
  ]);
  expect(at.finished).toEqual({ ticketId: 'ticket-1', number: 'A001', at: NOW });
  expect(at.notice).toBeUndefined();
});

test('finished and nobody next: said, not refused', async () => {
  const at = aDeskAt(servingCounter, [accepted(42), refused('nobody-waiting')]);
  await at.desk.next();
  expect(at.notice).toEqual({ kind: 'said', what: 'finishedNobodyWaiting', number: 'A001' });
  expect(at.awaited).toEqual([42]);
});

test('a finish that was refused calls nobody', async () => {
  const at = aDeskAt(servingCounter, [refused('counter-moved')]);
  expect(await at.desk.next()).toBe(false);
  expect(at.sent).toHaveLength(1);
  expect(at.notice).toEqual({ kind: 'refused', code: 'counter-moved' });
  expect(at.finished).toBeUndefined();
});

test('the number that is told is the one that was there before the answer', async () => {
  const at = aDeskAt(servingCounter);
  at.lag();
  const holding = at.desk.hold('same');
  await new Promise((resolve) => setImmediate(resolve));
  at.show(aCounter({ revision: 101 }));
  at.catchUp();
  await holding;
  expect(at.notice).toEqual({ kind: 'said', what: 'held', number: 'A001' });
});

test('with nobody at the counter nothing is sent', async () => {
  const at = aDeskAt();
  await at.desk.recall();
  await at.desk.finish('done');
  expect(at.sent).toEqual([]);
});

test('an ended session is asked for again', async () => {
  const at = aDeskAt(aCounter(), [refused('session-expired')]);
  await at.desk.next();
  expect(at.isExpired).toBe(true);
});

test('a reopened ticket cannot be reopened twice', async () => {
  const at = aDeskAt(servingCounter);
  await at.desk.finish('redirected');
  const { finished } = at;
  at.show(aCounter({ revision: 101 }));
  if (finished) await at.desk.reopen(finished);
  expect(at.sent.at(-1)).toEqual({
    name: 'ticket.reopen',
    payload: { counterId: 'b01', seenRevision: 101, ticketId: 'ticket-1' },
  });
  expect(at.finished).toBeUndefined();
});
