import { describe, expect, it } from 'vitest';
import { queueOfCounter } from '#domain/views/caller.ts';
import { MINUTE_MS } from '#test/support/builders.ts';
import { aHallDay, succeed } from '#test/support/hall-day.ts';

describe("a counter's queue, as its clerk sees it", () => {
  it('is everybody that the counter could serve, in order of place, the first 40 of them', () => {
    const hall = aHallDay();
    succeed(hall.open('c2'));
    for (let i = 0; i < 50; i += 1) {
      hall.take(i % 2 ? 'deeds' : 'fund', i % 5 ? 'ordinary' : 'senior');
      hall.advance(MINUTE_MS / 10);
    }
    hall.take('tax');
    const { first, total, longestSince, nextTicketId } = queueOfCounter(
      hall.hall,
      hall.hall.catalogue!,
      'c2',
      hall.now,
    );
    expect(first.map(({ number }) => number)).toEqual(
      Array.from({ length: 40 }, (_, index) => `A${String(index + 1).padStart(3, '0')}`),
    );
    expect({ total, longestSince }).toEqual({ total: 50, longestSince: hall.ticketOf('A001').takenAt });
    expect(nextTicketId).toBe(hall.ticketOf('A001').id);
  });

  it('says nothing of how long when nobody waits', () => {
    const hall = aHallDay();
    expect(queueOfCounter(hall.hall, hall.hall.catalogue!, 'c1', hall.now)).toEqual({ total: 0, first: [] });
  });
});
