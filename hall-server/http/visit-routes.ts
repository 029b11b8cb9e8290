import type { Database } from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { commandSchemas } from '#domain/commands/schemas.ts';
import { ticketViewOf } from '#domain/views/ticket.ts';
import type { VisitView } from '#protocol/visit.ts';
import type { Writer } from '../writer/writer.ts';
import { sendRefusal } from './http-server.ts';

export interface VisitRoutesDeps {
  readonly db: Database;
  readonly settled: Writer['settled'];
  readonly now: () => number;
}

const visitKeySchema = commandSchemas['ticket.take'].shape.visitKey;
const LOOKS_A_MINUTE = 120;

/** The live position for whoever holds the slip: the handle in the QR is the only right that it takes. */
export function visitRoutes(app: FastifyInstance, { db, settled, now }: VisitRoutesDeps): void {
  const ticketOf = db.prepare<[string], string>('SELECT ticket_id FROM visit WHERE visit_key = ?').pluck();
  const limit = { rateLimit: { max: LOOKS_A_MINUTE, timeWindow: 60_000 } };
  app.get<{ Params: { visitKey: string } }>('/api/v1/visits/:visitKey', { config: limit }, async (request, reply) => {
    const visitKey = visitKeySchema.safeParse(request.params.visitKey);
    const ticketId = visitKey.success ? ticketOf.get(visitKey.data) : undefined;
    if (ticketId === undefined) return sendRefusal(reply, 'unknown-ticket');
    const view = await settled((hall): VisitView | undefined => {
      const ticket = hall.catalogue && ticketViewOf(hall, hall.catalogue, ticketId);
      return ticket && hall.catalogue && { ticket, hall: hall.catalogue.catalogue.hall.name, catalogueVersion: hall.catalogue.version, now: now() };
    });
    if (!view) return sendRefusal(reply, 'unknown-ticket');
    await reply.header('cache-control', 'no-store').send(view);
  });
}
