import type { Database } from 'better-sqlite3';
import type { HallEvent } from '#domain/events/schemas.ts';

/** Writes one event into the projections. SQL in view: each statement is prepared once and runs in the append's transaction. */
export type Project = (event: HallEvent) => void;

type TicketEvent = Extract<HallEvent, { type: `ticket.${string}` }>;

export function createProjection(db: Database): Project {
  const insertTicket = db.prepare(
    'INSERT INTO ticket (id, business_date, number, series_id, class_id, taken_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertLeg = db.prepare(
    "INSERT INTO leg (ticket_id, leg, service_id, status, waiting_since) VALUES (?, ?, ?, 'waiting', ?)",
  );
  const setLeg = db.prepare('UPDATE leg SET status = ?, ended_at = NULL WHERE ticket_id = ? AND leg = ?');
  const endLeg = db.prepare(
    'UPDATE leg SET status = ?, ended_at = ?, outcome = ? WHERE ticket_id = ? AND leg = ?',
  );
  const begin = db.prepare(
    `INSERT INTO active_call (counter_id, ticket_id, leg, id, status, clerk_id, called_at, times, rule)
     VALUES (?, ?, ?, ?, 'called', ?, ?, 1, ?)`,
  );
  const again = db.prepare('UPDATE active_call SET times = ? WHERE counter_id = ?');
  const shown = db.prepare('UPDATE active_call SET shown_at = ? WHERE counter_id = ?');
  const started = db.prepare(
    "UPDATE active_call SET status = 'serving', started_at = ? WHERE counter_id = ?",
  );
  const { atRest, reopen } = createMoves(db);
  const sealDay = createSeal(db);

  /** The leg leaves its counter, if it is at one, with a status of its own. */
  const end = (
    event: TicketEvent & { body: { leg: number } },
    status: string,
    outcome: string | null,
  ): void => {
    atRest(event.body.ticketId, event.at);
    endLeg.run(status, event.at, outcome, event.body.ticketId, event.body.leg);
  };
  const rest = (event: TicketEvent & { body: { leg: number } }, status: 'waiting' | 'held'): void => {
    atRest(event.body.ticketId, event.at);
    setLeg.run(status, event.body.ticketId, event.body.leg);
  };

  return (event) => {
    const { at } = event;
    switch (event.type) {
      case 'ticket.taken': {
        const { ticketId, number, seriesId, classId, serviceId } = event.body;
        insertTicket.run(ticketId, event.date, number, seriesId, classId, at);
        insertLeg.run(ticketId, 0, serviceId, at);
        return;
      }
      case 'ticket.called': {
        const { ticketId, leg, counterId, callId, why } = event.body;
        begin.run(counterId, ticketId, leg, callId, event.by.clerk ?? null, at, why.rule);
        return;
      }
      case 'ticket.recalled':
        again.run(event.body.times, event.body.counterId);
        return;
      case 'call.shown':
        shown.run(at, event.body.counterId);
        return;
      case 'ticket.servingStarted':
        started.run(at, event.body.counterId);
        return;
      case 'ticket.finished':
        end(event, 'finished', event.body.outcome);
        return;
      case 'ticket.reopened':
        reopen(event.body.ticketId, event.body.leg);
        return;
      case 'ticket.held':
        rest(event, 'held');
        return;
      case 'ticket.transferred':
        end(event, 'transferred', null);
        insertLeg.run(event.body.ticketId, event.body.leg + 1, event.body.toServiceId, at);
        return;
      case 'ticket.noShowMarked':
        end(event, 'no-show', null);
        return;
      case 'ticket.cancelled':
        end(event, 'cancelled', null);
        return;
      case 'ticket.requeued':
      case 'ticket.resumed':
      case 'ticket.reinstated':
        rest(event, 'waiting');
        return;
      case 'day.closed':
        sealDay(event.body.businessDate, at);
        return;
      case 'day.rolledOver':
        if (event.body.totals) sealDay(event.body.from, at);
        return;
      case 'catalogue.published':
      case 'day.opened':
      case 'counter.opened':
      case 'counter.paused':
      case 'counter.resumed':
      case 'counter.closed':
        return;
    }
  };
}

const callColumns = 'ticket_id, leg, id, counter_id, clerk_id, called_at, times, shown_at, started_at, rule';

/** Between what is going on and what is past: a call and its times move as one row. */
function createMoves(db: Database) {
  const keepTimes = db.prepare(
    `UPDATE leg SET (counter_id, called_at, started_at) =
       (SELECT counter_id, called_at, started_at FROM active_call WHERE active_call.ticket_id = leg.ticket_id)
     WHERE (ticket_id, leg) IN (SELECT ticket_id, leg FROM active_call WHERE ticket_id = ?)`,
  );
  const keepCall = db.prepare(
    `INSERT INTO call (${callColumns}, ended_at) SELECT ${callColumns}, ? FROM active_call WHERE ticket_id = ?`,
  );
  const forget = db.prepare('DELETE FROM active_call WHERE ticket_id = ?');
  const lastCall =
    '(ticket_id, leg, id) = (SELECT ticket_id, leg, id FROM call WHERE ticket_id = ? AND leg = ? ORDER BY ended_at DESC LIMIT 1)';
  const revive = db.prepare(
    `INSERT INTO active_call (${callColumns}, status) SELECT ${callColumns}, 'serving' FROM call WHERE ${lastCall}`,
  );
  const forgetPast = db.prepare(`DELETE FROM call WHERE ${lastCall}`);
  const openLeg = db.prepare(
    "UPDATE leg SET status = 'waiting', ended_at = NULL, outcome = NULL WHERE ticket_id = ? AND leg = ?",
  );
  return {
    atRest: (ticketId: string, at: number): void => {
      if (keepCall.run(at, ticketId).changes === 0) return;
      keepTimes.run(ticketId);
      forget.run(ticketId);
    },
    /** A leg that was finished by mistake goes on under the call that it had. */
    reopen: (ticketId: string, leg: number): void => {
      revive.run(ticketId, leg);
      forgetPast.run(ticketId, leg);
      openLeg.run(ticketId, leg);
    },
  };
}

/** The end of a date: being served counts as finished, whoever else is still there is void. */
function createSeal(db: Database): (date: string, at: number) => void {
  const ofDay = 'ticket_id IN (SELECT id FROM ticket WHERE business_date = ?)';
  const active = db.prepare<[string], { ticket_id: string; leg: number; status: string }>(
    `SELECT ticket_id, leg, status FROM active_call WHERE ${ofDay}`,
  );
  const setLeg = db.prepare('UPDATE leg SET status = ? WHERE ticket_id = ? AND leg = ?');
  const voidRest = db.prepare(
    `UPDATE leg SET status = 'voided' WHERE ${ofDay} AND status IN ('waiting', 'held')`,
  );
  const { atRest } = createMoves(db);
  return (date, at) => {
    for (const { ticket_id, leg, status } of active.all(date)) {
      atRest(ticket_id, at);
      setLeg.run(status === 'serving' ? 'finished' : 'voided', ticket_id, leg);
    }
    voidRest.run(date);
  };
}

/** Empties the projections, so that they can be made again from the log. */
export function clearProjections(db: Database): void {
  db.exec('DELETE FROM active_call; DELETE FROM call; DELETE FROM leg; DELETE FROM ticket;');
}
