import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Hall } from '#domain/hall/state.ts';
import { PROTOCOL_VERSION } from '#protocol/wire.ts';
import type { CatalogueStore } from '../catalogue-store/catalogue-store.ts';
import type { Devices } from '../identity/devices.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Writer } from '../writer/writer.ts';
import { deviceCookie } from './cookie.ts';
import { sendRefusal } from './http-server.ts';
import { openApiDocument } from './openapi.ts';

export interface HallRoutesDeps {
  readonly devices: Devices;
  readonly catalogues: CatalogueStore;
  readonly settled: Writer['settled'];
  readonly metrics: Metrics;
  readonly publicUrl: string | undefined;
  readonly sessionKey: string;
  readonly version: string;
}

const ENROLMENTS_A_MINUTE = 20;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What screens and terminals fetch besides the protocol: the catalogue, their enrolment, the API's own description. */
export function hallRoutes(app: FastifyInstance, deps: HallRoutesDeps): void {
  catalogueRoutes(app, deps);
  enrolmentRoute(app, deps);
  healthRoutes(app, deps);
  const openApi = openApiDocument(deps.version);
  app.get('/api/v1/openapi.json', async () => openApi);
  app.get('/api/v1/hall', async (_request, reply) => {
    const hall = await deps.settled((settled) => settled.catalogue?.catalogue.hall);
    if (!hall) return sendRefusal(reply, 'storage-unavailable');
    const { publicUrl, sessionKey } = deps;
    await reply.send({
      id: hall.id,
      name: hall.name,
      protocol: PROTOCOL_VERSION,
      sessionKey,
      publicUrl: publicUrl ?? null,
    });
  });
}

function catalogueRoutes(app: FastifyInstance, { catalogues, settled }: HallRoutesDeps): void {
  const versionOf = (text: string): number | undefined =>
    /^\d{1,9}$/.test(text) && catalogues.has(Number(text)) ? Number(text) : undefined;

  app.get('/api/v1/catalogue/current', async () => ({
    version: (await settled((hall: Hall) => hall.catalogue?.version)) ?? 0,
  }));
  app.get<{ Params: { version: string } }>('/api/v1/catalogue/:version', async ({ params }, reply) => {
    const version = versionOf(params.version);
    if (version === undefined) return sendRefusal(reply, 'unknown-catalogue');
    const { matters: _matters, ...rest } = catalogues.get(version).catalogue;
    await reply.header('cache-control', FOR_EVER).send(rest);
  });
  app.get<{ Params: { version: string } }>(
    '/api/v1/catalogue/:version/matters',
    async ({ params }, reply) => {
      const version = versionOf(params.version);
      if (version === undefined) return sendRefusal(reply, 'unknown-catalogue');
      await reply.header('cache-control', FOR_EVER).send(catalogues.get(version).catalogue.matters);
    },
  );
}

const enrolSchema = z.strictObject({ code: z.string().min(4).max(40), browser: z.boolean().optional() });

/** A one-time code becomes a device. A terminal gets its token in the answer, a browser in a cookie no script can read. */
function enrolmentRoute(app: FastifyInstance, { devices }: HallRoutesDeps): void {
  const limit = { rateLimit: { max: ENROLMENTS_A_MINUTE, timeWindow: 60_000 } };
  app.post('/api/v1/devices/enrol', { config: limit }, async (request, reply) => {
    const parsed = enrolSchema.safeParse(request.body);
    if (!parsed.success) return sendRefusal(reply, 'malformed');
    const enrolled = devices.enrol(parsed.data.code);
    if (!enrolled) return sendRefusal(reply, 'code-invalid');
    const { device, token } = enrolled;
    const answer = { deviceId: device.id, kind: device.kind, name: device.name };
    if (parsed.data.browser) await reply.header('set-cookie', deviceCookie(token)).send(answer);
    else await reply.send({ ...answer, token });
  });
}

function healthRoutes(app: FastifyInstance, { settled, metrics }: HallRoutesDeps): void {
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const state = await settled((hall) => ({
      ok: hall.current?.status === 'open',
      revision: hall.revision,
      businessDate: hall.current?.businessDate ?? null,
    }));
    await reply.code(state?.ok ? 200 : 503).send(state ?? { ok: false, code: 'storage-unavailable' });
  });
  app.get('/metrics', async (_request, reply) => {
    await reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
