import type { FastifyInstance, FastifyRequest } from 'fastify';
import { commandSchemas } from '#domain/commands/schemas.ts';
import type { Hall } from '#domain/hall/state.ts';
import { ticketViewOf } from '#domain/views/ticket.ts';
import type { VisitView } from '#protocol/visit.ts';
import type { Visits } from '../journal/sqlite/visits.ts';
import type { Writer } from '../writer/writer.ts';
import { sendRefusal } from './http-server.ts';

export interface VisitRoutesDeps {
  readonly visits: Visits;
  readonly settled: Writer['settled'];
  readonly now: () => number;
}

const visitKeySchema = commandSchemas['ticket.take'].shape.visitKey;
const LOOKS_A_MINUTE = 120;

/** By handle as well as by address: all phones of a waiting area come from one address. */
const lookedFrom = ({ ip, params }: FastifyRequest): string => `${ip} ${JSON.stringify(params)}`;

/** The live position for whoever holds the slip: the handle in the QR is the only right that it takes. */
export function visitRoutes(app: FastifyInstance, { visits, settled, now }: VisitRoutesDeps): void {
  const limit = { rateLimit: { max: LOOKS_A_MINUTE, timeWindow: 60_000, keyGenerator: lookedFrom } };
  app.get<{ Params: { visitKey: string } }>(
    '/api/v1/visits/:visitKey',
    { config: limit },
    async (request, reply) => {
      const visitKey = visitKeySchema.safeParse(request.params.visitKey);
      const ticketId = visitKey.success ? visits.ticketOf(visitKey.data) : undefined;
      if (ticketId === undefined) return sendRefusal(reply, 'unknown-ticket');
      const answer = await settled((hall) => ({ view: visitOf(hall, ticketId, now()) }));
      // An outage is no reason to tell somebody that their number does not exist.
      if (!answer) return sendRefusal(reply, 'storage-unavailable');
      if (!answer.view) return sendRefusal(reply, 'unknown-ticket');
      await reply.header('cache-control', 'no-store').send(answer.view);
    },
  );
}

function visitOf(hall: Hall, ticketId: string, now: number): VisitView | undefined {
  const { catalogue } = hall;
  const ticket = catalogue && ticketViewOf(hall, catalogue, ticketId);
  return ticket && { ticket, hall: catalogue.catalogue.hall.name, catalogueVersion: catalogue.version, now };
}
