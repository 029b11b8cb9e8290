import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day, Hall, Leg } from '#domain/hall/state.ts';
import { currentLeg } from '#domain/hall/state.ts';
import { createSqliteJournal } from '#hall-server/journal/sqlite/journal.ts';
import { openDatabase } from '#hall-server/journal/sqlite/open.ts';
import { createProjection } from '#hall-server/journal/sqlite/project.ts';
import { rebuildProjections } from '#hall-server/journal/sqlite/rebuild.ts';
import { aHallDay, succeed, type HallDay } from '#test/support/hall-day.ts';
import { aDataDir } from '#test/support/hall-server.ts';
import { anAction, openHall, play, someRules } from '#test/support/random-day.ts';

const tables = ['ticket', 'leg', 'active_call', 'call'] as const;
type Rows = readonly Readonly<Record<string, unknown>>[];

function rowsOf(db: Database.Database, table: string): Rows {
  return db.prepare<[], Rows[number]>(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all();
}

const everything = (db: Database.Database): string =>
  JSON.stringify(tables.map((table) => rowsOf(db, table)));

/** The log of a played hall in a database of its own, appended as the writer would. */
async function recorded(hall: HallDay, folder: string): Promise<Database.Database> {
  const db = openDatabase(join(folder, 'hall.sqlite'), { newId: () => 'log-1' });
  const journal = createSqliteJournal(db);
  for (let i = 0; i < hall.events.length; i += 7) {
    await journal.append(i, { events: hall.events.slice(i, i + 7), answers: [], visits: [] });
  }
  return db;
}

const orNull = (value: unknown): unknown => value ?? null;

function daysOf({ current, next }: Hall): readonly Day[] {
  return [current, next].filter((day) => day !== undefined);
}

/** What the fold says of the tickets of the days that it still holds, as the tables should say it. */
function ticketsOfFold(hall: Hall): Rows {
  return daysOf(hall).flatMap((day) =>
    [...day.ticketsById.values()].map(({ id, number, businessDate, seriesId, classId, takenAt }) => ({
      id,
      business_date: businessDate,
      number,
      series_id: seriesId,
      class_id: classId,
      taken_at: takenAt,
    })),
  );
}

function legsOfFold(hall: Hall): Rows {
  return daysOf(hall).flatMap((day) =>
    [...day.ticketsById.values()].flatMap(({ id, legs }) =>
      legs.map((leg) => ({ ticket_id: id, ...legRow(leg) })),
    ),
  );
}

function legRow({ index, serviceId, status, waitingSince, counterId, calledAt, endedAt, outcome }: Leg) {
  return {
    leg: index,
    service_id: serviceId,
    status,
    waiting_since: waitingSince,
    counter_id: orNull(counterId),
    called_at: orNull(calledAt),
    ended_at: orNull(endedAt),
    outcome: orNull(outcome),
  };
}

function activeOfFold(hall: Hall): Rows {
  return [...hall.countersById.values()].flatMap(({ id, activeTicketId }) => {
    const ticket = hall.current?.ticketsById.get(activeTicketId ?? '');
    if (!ticket) return [];
    const { callId, status, timesCalled, calledAt, shownAt, startedAt } = currentLeg(ticket);
    return [
      {
        counter_id: id,
        ticket_id: ticket.id,
        id: callId,
        status,
        times: timesCalled,
        called_at: calledAt,
        shown_at: orNull(shownAt),
        started_at: orNull(startedAt),
      },
    ];
  });
}

const byText = (rows: Rows): readonly string[] =>
  rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();

describe('after any day', () => {
  it('the tables say what the fold says, and made again from the log they are the same', async () => {
    const folder = aDataDir();
    let legsWithCounter = 0;
    await fc.assert(
      fc.asyncProperty(
        someRules(),
        fc.array(anAction, { minLength: 30, maxLength: 160, size: 'max' }),
        async (options, list) => {
          const hall = openHall(options);
          for (const action of list) play(hall, action);
          const db = await recorded(hall, mkdtempSync(join(folder, 'day-')));
          try {
            const dates = daysOf(hall.hall).map(({ businessDate }) => businessDate);
            const ofDays = (rows: Rows, key: string): Rows => {
              const ids = new Set(ticketsOfFold(hall.hall).map(({ id }) => id));
              return rows.filter((row) => ids.has(row[key]));
            };
            expect(
              byText(rowsOf(db, 'ticket').filter((row) => dates.includes(String(row['business_date'])))),
            ).toEqual(byText(ticketsOfFold(hall.hall)));
            const legs = ofDays(rowsOf(db, 'leg_now'), 'ticket_id').map(
              ({ started_at: _started, ...row }) => row,
            );
            expect(byText(legs)).toEqual(byText(legsOfFold(hall.hall)));
            const active = rowsOf(db, 'active_call').map(
              ({ leg: _leg, clerk_id: _clerk, rule: _rule, ...row }) => row,
            );
            expect(byText(active)).toEqual(byText(activeOfFold(hall.hall)));
            legsWithCounter += legs.filter(({ counter_id }) => counter_id !== null).length;

            const before = everything(db);
            expect(rebuildProjections(db)).toBe(hall.events.length);
            expect(everything(db)).toBe(before);
          } finally {
            db.close();
          }
        },
      ),
      { seed: 20_261_123, numRuns: 60 },
    );
    expect(legsWithCounter).toBeGreaterThan(200);
  });
});

describe('the second line of defence', () => {
  /** Projects events that no rules have checked. */
  async function aDatabase(): Promise<{ db: Database.Database; hall: HallDay }> {
    const hall = aHallDay();
    for (const counter of ['c1', 'c2']) succeed(hall.open(counter));
    for (let i = 0; i < 3; i += 1) succeed(hall.take('deeds'));
    succeed(hall.callNext('c1'));
    return { db: await recorded(hall, aDataDir()), hall };
  }

  it('stops a number that is given twice on one date, and lets it be on another', async () => {
    const { db, hall } = await aDatabase();
    const taken = hall.events.find(({ type }) => type === 'ticket.taken')!;
    const again = { ...taken, body: { ...taken.body, ticketId: 'another' } } as typeof taken;
    const project = createProjection(db);
    expect(() => project(again)).toThrow(/UNIQUE constraint failed: ticket.business_date, ticket.number/);
    expect(() => project({ ...again, date: '2026-11-24' })).not.toThrow();
    db.close();
  });

  it('stops a second active call of a ticket, and a second ticket at a counter', async () => {
    const { db, hall } = await aDatabase();
    const called = hall.events.find(({ type }) => type === 'ticket.called')!;
    const other = hall.ticketOf('A002').id;
    const project = createProjection(db);
    const elsewhere = {
      ...called,
      body: { ...called.body, counterId: 'c2', callId: 'call-x' },
    } as typeof called;
    const second = {
      ...called,
      body: { ...called.body, ticketId: other, callId: 'call-y' },
    } as typeof called;
    expect(() => project(elsewhere)).toThrow(/UNIQUE/);
    expect(() => project(second)).toThrow(/UNIQUE/);
    db.close();
  });

  it('takes the whole batch down with it: nothing of it is written', async () => {
    const { db, hall } = await aDatabase();
    const journal = createSqliteJournal(db);
    const { revision } = journal.head();
    const taken = hall.events.find(({ type }) => type === 'ticket.taken')!;
    const numbered = (offset: number, number: string) =>
      ({
        ...taken,
        revision: revision + offset,
        body: { ...taken.body, ticketId: `t-${offset}`, number },
      }) as typeof taken;
    const before = everything(db);
    const events = [numbered(1, 'A090'), numbered(2, 'A001'), numbered(3, 'A091')];
    const answers = [{ commandId: 'c-1', payloadHash: 'x', at: 1, answer: '{}' }];
    await expect(journal.append(revision, { events, answers, visits: [] })).rejects.toThrow(/UNIQUE/);
    expect(everything(db)).toBe(before);
    expect(journal.head().revision).toBe(revision);
    expect((await journal.findAnswers(['c-1'])).size).toBe(0);
    db.close();
  });
});
