import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusals } from '#protocol/errors.ts';
import type { CommandAnswer, QueryReply } from '#protocol/wire.ts';
import type { Interpreter } from '../commands/interpreter.ts';
import type { Device, Devices } from '../identity/devices.ts';
import type { Queries } from '../queries/queries.ts';
import { deviceTokenOf } from './cookie.ts';
import { sendRefusal } from './http-server.ts';

export interface ContractRoutesDeps {
  readonly devices: Devices;
  readonly interpreter: Interpreter;
  readonly queries: Queries;
}

/** The protocol over HTTP: the same envelopes by the same interpreter as over the socket. */
export function contractRoutes(
  app: FastifyInstance,
  { devices, interpreter, queries }: ContractRoutesDeps,
): void {
  const serve = (
    path: string,
    answer: (device: Device, message: object) => Promise<CommandAnswer | QueryReply>,
  ): void => {
    app.post<{ Params: { name: string } }>(path, async (request, reply) => {
      const device = deviceOf(request, devices);
      if (!device) return sendRefusal(reply, 'not-authenticated');
      const body = typeof request.body === 'object' && request.body !== null ? request.body : {};
      const session = sessionOf(request);
      const envelope = { ...body, name: request.params.name, ...(session === undefined ? {} : { session }) };
      const result = await answer(device, envelope);
      await reply.code(result.ok ? 200 : refusals[result.code].status).send(result);
    });
  };
  serve('/api/v1/commands/:name', (device, message) => interpreter.command(device, 'http', message));
  serve('/api/v1/queries/:name', (device, message) => queries.query(device, message));
}

export function deviceOf({ headers }: FastifyRequest, devices: Devices): Device | undefined {
  const token = deviceTokenOf(headers);
  return token === undefined ? undefined : devices.byToken(token);
}

export function sessionOf({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers;
  return authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined;
}
