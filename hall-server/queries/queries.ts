import { slipFactsOf, ticketViewByNumber } from '#domain/views/ticket.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import { queries, type QueryAnswers, type QueryName, type QueryPayload } from '#protocol/queries.ts';
import { querySchema, type QueryReply } from '#protocol/wire.ts';
import type { CatalogueStore } from '../catalogue-store/catalogue-store.ts';
import { actorOf, roleFor, type ActorDeps } from '../identity/actor.ts';
import type { Device, Devices } from '../identity/devices.ts';
import type { Visits } from '../journal/sqlite/visits.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { refused } from '../writer/batch.ts';
import type { Writer } from '../writer/writer.ts';
import { createSignIn } from './sign-in.ts';

export interface QueryDeps extends ActorDeps {
  readonly writer: Writer;
  readonly devices: Devices;
  readonly catalogues: CatalogueStore;
  readonly visits: Visits;
  readonly metrics: Metrics;
  readonly isConnected: (deviceId: string) => boolean;
  /** Cuts the connections of a device that has lost its rights. */
  readonly disconnect: (deviceId: string) => void;
  /** Monotonic ms. */
  readonly elapsed: () => number;
}

export interface Queries {
  query(device: Device, message: unknown): Promise<QueryReply>;
}

type Answerers = {
  readonly [Name in QueryName]?: (payload: QueryPayload<Name>) => Promise<QueryReply<QueryAnswers[Name]>>;
};

export function createQueries(deps: QueryDeps): Queries {
  const answerers = createAnswerers(deps);
  const answer = async (device: Device, message: unknown): Promise<QueryReply> => {
    const envelope = querySchema.safeParse(message);
    if (!envelope.success) return refused('malformed');
    const { name, payload, session } = envelope.data;
    const answerer = isQueryName(name) ? answerers[name] : undefined;
    if (!isQueryName(name) || !answerer) return refused('unknown-query');
    const refusal = mayAsk(device, session, name, deps);
    if (refusal) return refused(refusal);
    const parsed = queries[name].payload.safeParse(payload);
    if (!parsed.success) return refused('malformed');
    return answerer(parsed.data as never);
  };
  return {
    query: async (device, message) => {
      const reply = await answer(device, message);
      const name = (message as { name?: unknown } | null)?.name;
      deps.metrics.queries.inc({
        name: typeof name === 'string' && isQueryName(name) ? name : 'unknown',
        result: reply.ok ? 'answered' : reply.code,
      });
      return reply;
    },
  };
}

function isQueryName(name: string): name is QueryName {
  return Object.hasOwn(queries, name);
}

function mayAsk(
  device: Device,
  session: string | undefined,
  name: QueryName,
  deps: ActorDeps,
): RefusalCode | undefined {
  const { who } = queries[name];
  if (who === 'anybody') return undefined;
  const actor = actorOf(device, session, deps);
  if (typeof actor === 'string') return actor;
  return roleFor(actor, who) ? undefined : 'not-authorised';
}

const done: QueryReply<Readonly<Record<string, never>>> = { ok: true, answer: {} };

function createAnswerers(deps: QueryDeps): Answerers {
  const { writer, devices, clerks, catalogues, visits } = deps;
  return {
    'session.signIn': createSignIn(deps),
    'ticket.find': async ({ number }) => {
      const view = await writer.settled(
        (hall) => hall.catalogue && ticketViewByNumber(hall, hall.catalogue, number),
      );
      return view ? { ok: true, answer: view } : refused('unknown-ticket', { number });
    },
    'slip.facts': async ({ ticketId }) => {
      const visitKey = visits.keyOf(ticketId);
      const facts = await writer.settled((hall) => slipFactsOf(hall, ticketId));
      return facts && visitKey !== undefined
        ? { ok: true, answer: { ...facts, visitKey } }
        : refused('unknown-ticket', { ticketId });
    },
    'device.list': async () => ({
      ok: true,
      answer: {
        devices: devices.list().map((device) => ({ ...device, connected: deps.isConnected(device.id) })),
      },
    }),
    'device.createCode': async ({ kind, name }) => ({ ok: true, answer: devices.createCode(kind, name) }),
    'device.revoke': async ({ deviceId }) => {
      if (!devices.revoke(deviceId)) return refused('not-found');
      deps.disconnect(deviceId);
      return done;
    },
    'clerk.list': async () => ({ ok: true, answer: { clerks: clerks.list() } }),
    'clerk.create': async (clerk) => {
      const created = await clerks.create(clerk);
      return created ? { ok: true, answer: { clerkId: created.id } } : refused('login-taken');
    },
    'clerk.setPassword': async ({ clerkId, password }) =>
      (await clerks.setPassword(clerkId, password)) ? done : refused('not-found'),
    'clerk.disable': async ({ clerkId }) => (clerks.disable(clerkId) ? done : refused('not-found')),
    'catalogue.list': async () => {
      const inForce = await writer.settled((hall) => hall.catalogue?.version);
      const rows = catalogues.list().map((row) => ({ ...row, inForce: row.version === inForce }));
      return { ok: true, answer: { catalogues: rows } };
    },
  };
}
