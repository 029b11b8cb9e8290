import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EventBody, HallEvent } from '#domain/events/schemas.ts';
import { JournalConflict, type Batch, type Journal, type StoredAnswer } from '#hall-server/journal/port.ts';
import { aHallDay, MONDAY, succeed, TUESDAY } from '#test/support/hall-day.ts';

/** A place where one journal lives; it can be opened again, also twice at once. */
export interface JournalPlace {
  open(): Promise<Journal>;
  remove(): Promise<void>;
}

const nothing: Batch = { events: [], answers: [], visits: [] };

function someEvents(): readonly HallEvent[] {
  const hall = aHallDay();
  for (const counter of ['c1', 'c2']) succeed(hall.open(counter));
  for (let i = 0; i < 3; i += 1) succeed(hall.take('deeds'));
  return hall.events;
}

function anAnswer(commandId: string, answer = '{"ok":true}'): StoredAnswer {
  return { commandId, payloadHash: 'ab'.repeat(32), at: 1_795_000_000_000, answer };
}

type AnyEvent = Pick<HallEvent, 'type' | 'body'>;
const ticketBody = (ticketId: string, number: string): EventBody<'ticket.taken'> => {
  const service = { seriesId: 'a', serviceId: 'deeds', classId: 'ordinary', language: 'zh' } as const;
  return { ticketId, number, count: 1, place: 1, ...service };
};
const callBody = (
  ticketId: string,
  number: string,
  counterId: string,
  callId: string,
): EventBody<'ticket.called'> => ({
  ticketId,
  number,
  leg: 0,
  counterId,
  serviceId: 'deeds',
  callId,
  why: { rule: 'first-come', eligible: 1, priority: 0, considered: [] },
  overtook: [],
});

/** What every journal of a hall has to keep, on whatever it stands. */
export function journalContract(name: string, makePlace: () => Promise<JournalPlace>): void {
  /** Every test has a place of its own, and leaves nothing open. */
  const withPlace = (run: (journal: Journal, again: () => Promise<Journal>) => Promise<void>) => async () => {
    const place = await makePlace();
    const opened: Journal[] = [];
    const open = async (): Promise<Journal> => {
      const journal = await place.open();
      opened.push(journal);
      return journal;
    };
    try {
      await run(await open(), open);
    } finally {
      await Promise.all(opened.map((journal) => journal.close()));
      await place.remove();
    }
  };

  const follow = (journal: Journal, event: AnyEvent, date = MONDAY): HallEvent =>
    ({
      ...event,
      date,
      revision: journal.head().revision + 1,
      v: 1,
      at: 1_795_000_000_000,
      by: { device: 'd-1', via: 'http' },
    }) as HallEvent;

  const appendOne = (journal: Journal, event: AnyEvent, date = MONDAY): Promise<void> =>
    journal.append(journal.head().revision, { ...nothing, events: [follow(journal, event, date)] });

  /** Refused as a whole: the log, the answers and the chain are what they were. */
  const expectRefused = async (journal: Journal, expectedRevision: number, batch: Batch): Promise<void> => {
    const head = journal.head();
    const rows = await journal.read(0, 1_000);
    const known = await journal.findAnswers(['probe']);
    const probe = known.has('probe') ? [] : [anAnswer('probe')];
    await expect(
      journal.append(expectedRevision, { ...batch, answers: [...batch.answers, ...probe] }),
    ).rejects.toThrow();
    expect(journal.head()).toEqual(head);
    expect(await journal.read(0, 1_000)).toEqual(rows);
    expect(await journal.findAnswers(['probe'])).toEqual(known);
  };

  describe(`the journal: ${name}`, () => {
    it(
      'begins empty, with an id that stays',
      withPlace(async (journal, again) => {
        expect(journal.head()).toMatchObject({ revision: 0, hash: '' });
        expect(await journal.read(0, 10)).toEqual([]);
        expect((await again()).head().logId).toBe(journal.head().logId);
        expect(journal.head().logId.length).toBeGreaterThanOrEqual(3);
      }),
    );

    it(
      'finds the openings and roll-overs of dates, oldest first',
      withPlace(async (journal) => {
        const hall = aHallDay();
        succeed(hall.open('c1'));
        succeed(hall.rollOver(TUESDAY));
        await journal.append(0, { ...nothing, events: hall.events });
        const marks = await journal.dayMarks();
        expect(marks.map(({ type, date }) => [type, date])).toEqual([
          ['day.opened', MONDAY],
          ['day.rolledOver', TUESDAY],
        ]);
        expect(marks).toEqual(hall.events.filter(({ type }) => type.startsWith('day.')));
      }),
    );

    it(
      'gives back what was appended, also after it was opened again',
      withPlace(async (journal, again) => {
        const events = someEvents();
        await journal.append(0, { ...nothing, events: events.slice(0, 3) });
        await journal.append(3, { ...nothing, events: events.slice(3) });
        const reopened = await again();
        for (const each of [journal, reopened]) {
          expect(await each.read(0, 100)).toEqual(events);
          expect(each.head().revision).toBe(events.length);
        }
        expect(reopened.head()).toEqual(journal.head());
      }),
    );

    it(
      'pages',
      withPlace(async (journal) => {
        const events = someEvents();
        await journal.append(0, { ...nothing, events });
        expect(await journal.read(0, 2)).toEqual(events.slice(0, 2));
        expect(await journal.read(2, 2)).toEqual(events.slice(2, 4));
        expect(await journal.read(events.length - 1, 5)).toEqual(events.slice(-1));
        expect(await journal.read(events.length, 5)).toEqual([]);
      }),
    );

    it(
      'chains: each hash is over the hash before and the text of the row',
      withPlace(async (journal) => {
        const events = someEvents();
        await journal.append(0, { ...nothing, events: events.slice(0, 2) });
        await journal.append(2, { ...nothing, events: events.slice(2) });
        let hash = '';
        expect(await journal.hashAt(0)).toBe('');
        for (const event of events) {
          hash = createHash('sha256')
            .update(hash + JSON.stringify(event))
            .digest('hex');
          expect(await journal.hashAt(event.revision)).toBe(hash);
        }
        expect(journal.head().hash).toBe(hash);
        expect(await journal.hashAt(events.length + 1)).toBeUndefined();
      }),
    );

    it(
      'keeps answers, with and without events',
      withPlace(async (journal, again) => {
        const events = someEvents();
        await journal.append(0, {
          events,
          answers: [anAnswer('command-1', '{"ok":true,"revision":7}')],
          visits: [],
        });
        await journal.append(events.length, { ...nothing, answers: [anAnswer('command-2')] });
        const found = await (await again()).findAnswers(['command-2', 'command-3', 'command-1']);
        expect([...found.keys()].sort()).toEqual(['command-1', 'command-2']);
        expect(found.get('command-1')).toEqual(anAnswer('command-1', '{"ok":true,"revision":7}'));
      }),
    );

    it(
      'refuses to append anywhere but at its end',
      withPlace(async (journal) => {
        const events = someEvents();
        await journal.append(0, { ...nothing, events: events.slice(0, 4) });
        for (const expected of [0, 3, 5]) {
          await expectRefused(journal, expected, { ...nothing, events: events.slice(4, 5) });
        }
        await expect(journal.append(3, { ...nothing, events: events.slice(3, 4) })).rejects.toThrow(
          JournalConflict,
        );
        await journal.append(4, { ...nothing, events: events.slice(4) });
        expect(await journal.read(0, 100)).toEqual(events);
      }),
    );

    it(
      'refuses a gap, and with it the whole batch',
      withPlace(async (journal) => {
        const events = someEvents();
        await expectRefused(journal, 0, { ...nothing, events: [...events.slice(0, 3), ...events.slice(4)] });
        await journal.append(0, { ...nothing, events });
      }),
    );

    it(
      'refuses what a second writer appends behind its back',
      withPlace(async (journal, again) => {
        const other = await again();
        const events = someEvents();
        await other.append(0, { ...nothing, events: events.slice(0, 4) });
        await expect(journal.append(0, { ...nothing, events: events.slice(0, 2) })).rejects.toThrow(
          JournalConflict,
        );
        expect(await journal.read(0, 100)).toEqual(events.slice(0, 4));
      }),
    );

    it(
      'refuses a number twice for one date, not for another',
      withPlace(async (journal) => {
        await appendOne(journal, { type: 'ticket.taken', body: ticketBody('ticket-1', 'A001') });
        const again = follow(journal, { type: 'ticket.taken', body: ticketBody('ticket-2', 'A001') });
        await expectRefused(journal, 1, { ...nothing, events: [again] });
        await appendOne(journal, { type: 'ticket.taken', body: ticketBody('ticket-2', 'A001') }, TUESDAY);
      }),
    );

    it(
      'refuses a second answer to one command',
      withPlace(async (journal) => {
        await journal.append(0, { ...nothing, answers: [anAnswer('command-1')] });
        await expectRefused(journal, 0, {
          events: someEvents(),
          answers: [anAnswer('command-1')],
          visits: [],
        });
      }),
    );

    it(
      'refuses a ticket at two counters and two tickets at one',
      withPlace(async (journal) => {
        for (const n of ['1', '2'])
          await appendOne(journal, { type: 'ticket.taken', body: ticketBody(`ticket-${n}`, `A00${n}`) });
        await appendOne(journal, {
          type: 'ticket.called',
          body: callBody('ticket-1', 'A001', 'c1', 'call-1'),
        });
        for (const [ticket, number, counter] of [
          ['ticket-1', 'A001', 'c2'],
          ['ticket-2', 'A002', 'c1'],
        ] as const) {
          const event = follow(journal, {
            type: 'ticket.called',
            body: callBody(ticket, number, counter, 'call-2'),
          });
          await expectRefused(journal, 3, { ...nothing, events: [event] });
        }
        const finished = {
          ticketId: 'ticket-1',
          number: 'A001',
          leg: 0,
          counterId: 'c1',
          serviceId: 'deeds',
          outcome: 'done',
        } as const;
        await appendOne(journal, { type: 'ticket.finished', body: finished });
        await appendOne(journal, {
          type: 'ticket.called',
          body: callBody('ticket-2', 'A002', 'c1', 'call-2'),
        });
        await expectRefused(journal, 5, {
          ...nothing,
          events: [follow(journal, { type: 'ticket.reopened', body: withoutOutcome(finished) })],
        });
      }),
    );

    it(
      'lets a visit key that was used before take no commit down',
      withPlace(async (journal) => {
        const visits = [{ ticketId: 'ticket-1', visitKey: 'k'.repeat(22) }];
        await journal.append(0, { ...nothing, visits });
        await journal.append(0, {
          events: someEvents(),
          answers: [],
          visits: [{ ticketId: 'ticket-2', visitKey: 'k'.repeat(22) }],
        });
        expect(journal.head().revision).toBe(someEvents().length);
      }),
    );
  });
}

function withoutOutcome<T extends { readonly outcome: unknown }>({
  outcome: _outcome,
  ...rest
}: T): Omit<T, 'outcome'> {
  return rest;
}
