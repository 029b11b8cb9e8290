import type { Database } from 'better-sqlite3';
import type { HallEvent } from '#domain/events/schemas.ts';

/** Writes one event into the projections. SQL in view: each statement is prepared once and runs in the append's transaction. */
export type Project = (event: HallEvent) => void;

export function createProjection(db: Database): Project {
  const insertTicket = db.prepare(
    "INSERT INTO ticket (id, business_date, number, series_id, class_id, taken_at, status) VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
  );
  const insertLeg = db.prepare(
    "INSERT INTO leg (ticket_id, leg, service_id, status, waiting_since) VALUES (?, ?, ?, 'waiting', ?)",
  );
  const setTicket = db.prepare('UPDATE ticket SET status = ? WHERE id = ?');
  const setLeg = db.prepare('UPDATE leg SET status = ? WHERE ticket_id = ? AND leg = ?');
  const legCalled = db.prepare(
    "UPDATE leg SET status = 'called', counter_id = ?, called_at = ?, ended_at = NULL WHERE ticket_id = ? AND leg = ?",
  );
  const legStarted = db.prepare(
    "UPDATE leg SET status = 'serving', started_at = ? WHERE ticket_id = ? AND leg = ?",
  );
  const legEnded = db.prepare(
    'UPDATE leg SET status = ?, ended_at = ?, outcome = ? WHERE ticket_id = ? AND leg = ?',
  );
  const insertCall = db.prepare(
    'INSERT INTO call (id, ticket_id, leg, counter_id, clerk_id, called_at, times, rule) VALUES (?, ?, ?, ?, ?, ?, 1, ?)',
  );
  const callAgain = db.prepare('UPDATE call SET times = ? WHERE id = ?');
  const callShown = db.prepare('UPDATE call SET shown_at = ? WHERE id = ?');
  const endCall = db.prepare('UPDATE call SET ended_at = ? WHERE ticket_id = ? AND ended_at IS NULL');
  // A reopened leg goes on under the call that it had: the one that ended last.
  const reviveCall = db.prepare(
    `UPDATE call SET ended_at = NULL
     WHERE id = (SELECT id FROM call WHERE ticket_id = ? AND leg = ? ORDER BY ended_at DESC, called_at DESC LIMIT 1)`,
  );
  const openLegs = 'ticket_id IN (SELECT id FROM ticket WHERE business_date = ?) AND status';
  const endCallsOfDay = db.prepare(
    'UPDATE call SET ended_at = ? WHERE ended_at IS NULL AND ticket_id IN (SELECT id FROM ticket WHERE business_date = ?)',
  );
  const finishServing = db.prepare(`UPDATE leg SET status = 'finished' WHERE ${openLegs} = 'serving'`);
  const voidOpen = db.prepare(
    `UPDATE leg SET status = 'voided' WHERE ${openLegs} IN ('waiting', 'called', 'held')`,
  );
  const finishTickets = db.prepare(
    "UPDATE ticket SET status = 'finished' WHERE business_date = ? AND status = 'serving'",
  );
  const voidTickets = db.prepare(
    "UPDATE ticket SET status = 'voided' WHERE business_date = ? AND status IN ('waiting', 'called', 'held')",
  );

  const sealDay = (date: string, at: number): void => {
    endCallsOfDay.run(at, date);
    finishServing.run(date);
    voidOpen.run(date);
    finishTickets.run(date);
    voidTickets.run(date);
  };

  const end = (
    event: Extract<HallEvent, { type: `ticket.${string}` }>,
    status: string,
    outcome: string | null,
  ): void => {
    endCall.run(event.at, event.body.ticketId);
    if ('leg' in event.body) legEnded.run(status, event.at, outcome, event.body.ticketId, event.body.leg);
    setTicket.run(status, event.body.ticketId);
  };

  const back = (ticketId: string, leg: number, at: number): void => {
    endCall.run(at, ticketId);
    setLeg.run('waiting', ticketId, leg);
    setTicket.run('waiting', ticketId);
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
        legCalled.run(counterId, at, ticketId, leg);
        setTicket.run('called', ticketId);
        insertCall.run(callId, ticketId, leg, counterId, event.by.clerk ?? null, at, why.rule);
        return;
      }
      case 'ticket.recalled':
        callAgain.run(event.body.times, event.body.callId);
        return;
      case 'call.shown':
        callShown.run(at, event.body.callId);
        return;
      case 'ticket.servingStarted':
        legStarted.run(at, event.body.ticketId, event.body.leg);
        setTicket.run('serving', event.body.ticketId);
        return;
      case 'ticket.finished':
        end(event, 'finished', event.body.outcome);
        return;
      case 'ticket.reopened':
        legEnded.run('serving', null, null, event.body.ticketId, event.body.leg);
        reviveCall.run(event.body.ticketId, event.body.leg);
        setTicket.run('serving', event.body.ticketId);
        return;
      case 'ticket.held':
        endCall.run(at, event.body.ticketId);
        setLeg.run('held', event.body.ticketId, event.body.leg);
        setTicket.run('held', event.body.ticketId);
        return;
      case 'ticket.transferred':
        end(event, 'transferred', null);
        insertLeg.run(event.body.ticketId, event.body.leg + 1, event.body.toServiceId, at);
        setTicket.run('waiting', event.body.ticketId);
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
        back(event.body.ticketId, event.body.leg, at);
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

/** Empties the projections, so that they can be made again from the log. */
export function clearProjections(db: Database): void {
  db.exec('DELETE FROM call; DELETE FROM leg; DELETE FROM ticket;');
}
