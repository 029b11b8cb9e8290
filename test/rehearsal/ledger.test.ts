import { describe, expect, it } from 'vitest';
import {
  calledTwice,
  differences,
  displayFaults,
  issuedTwice,
  recount,
  sharedRevisions,
  type Fact,
} from './ledger.ts';

const MINUTE_MS = 60_000;
const zoneOf = (serviceId: string): string => (serviceId === 'tax' ? 'tax' : 'general');
const wait = (serviceId: string, waitedMs: number) => ({
  number: 'A001',
  serviceId,
  waitedMs,
  counterId: 'c1',
  calledAt: 0,
});
const fact = (revision: number, name: string, ticketId: string, counterId?: string): Fact => ({
  revision,
  name,
  ticketId,
  ...(counterId === undefined ? {} : { counterId }),
});

describe('the recount', () => {
  const counted = recount(
    [wait('deeds', 5 * MINUTE_MS), wait('deeds', 5 * MINUTE_MS + 1), wait('tax', 11 * MINUTE_MS)],
    [{ serviceId: 'deeds', startedAt: 1_000, endedAt: 1_000 + 10 * MINUTE_MS }],
    zoneOf,
  );

  it('sums by zone, limits included', () => {
    expect(counted.get('general')).toEqual({
      called: 2,
      waitSumMs: 10 * MINUTE_MS + 1,
      waitWithin5: 1,
      waitWithin10: 2,
      finished: 1,
      handleSumMs: 10 * MINUTE_MS,
      handleWithin5: 0,
      handleWithin10: 1,
    });
    expect(counted.get('tax')).toMatchObject({ called: 1, waitWithin10: 0, finished: 0 });
  });

  it('names each figure that differs from the board, also of a zone that only one of them has', () => {
    const tax = counted.get('tax')!;
    const board = new Map([
      ['general', { ...counted.get('general')!, waitSumMs: 10 * MINUTE_MS }],
      ['tax', tax],
      ['fund', { ...tax, called: 0, waitSumMs: 0 }],
    ]);
    expect(differences(board, counted)).toEqual([
      'general: the board says waitSumMs 600000, the recount 600001',
    ]);
    expect(differences(new Map([['police', tax]]), counted)).toHaveLength(2);
  });
});

describe('what must never happen', () => {
  it('is a number given out twice', () => {
    const taken = { ...fact(1, 'ticket.take', 't1'), number: 'A001' };
    expect(issuedTwice([taken, { ...taken, revision: 2, ticketId: 't2', number: 'A002' }])).toEqual([]);
    expect(issuedTwice([taken, { ...taken, revision: 2, ticketId: 't2' }])).toEqual([
      'number A001 was given out twice',
    ]);
  });

  it('is a ticket at two counters, or two tickets at one, in the order of the log', () => {
    const inOrder = [
      fact(1, 'ticket.callNext', 't1', 'c1'),
      fact(2, 'ticket.requeue', 't1', 'c1'),
      fact(3, 'ticket.callNext', 't1', 'c2'),
      fact(4, 'ticket.finish', 't1', 'c2'),
      fact(5, 'ticket.callNext', 't2', 'c2'),
    ];
    const [first, second, third, ...rest] = inOrder;
    expect(calledTwice([...rest, first!, third!, second!])).toEqual([]);
    expect(calledTwice(inOrder.filter(({ revision }) => revision !== 2))).toHaveLength(1);
    expect(calledTwice(inOrder.filter(({ revision }) => revision !== 4))).toHaveLength(1);
  });

  it('is one revision in two answers', () => {
    expect(sharedRevisions([fact(1, 'ticket.take', 't1'), fact(2, 'ticket.take', 't2')])).toEqual([]);
    expect(sharedRevisions([fact(1, 'ticket.take', 't1'), fact(1, 'ticket.take', 't2')])).toHaveLength(1);
  });

  it('is a call that a display never saw, or saw after a later one', () => {
    const made = ['a', 'b'].map((callId, index) => ({
      ...fact(index, 'ticket.callNext', `t${index}`, 'c1'),
      callId,
    }));
    const seen = [
      { callId: 'a', order: 1 },
      { callId: 'b', order: 2 },
    ];
    expect(displayFaults('tax', made, seen)).toEqual([]);
    expect(displayFaults('tax', made, seen.slice(1))).toEqual(['display tax never saw the call of t0 at c1']);
    expect(displayFaults('tax', made, seen.toReversed())).toEqual(['display tax saw call a out of order']);
  });
});
