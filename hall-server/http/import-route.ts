import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CatalogueStore } from '../catalogue-store/catalogue-store.ts';
import { importCatalogue } from '../catalogue-import/import-catalogue.ts';
import { actorOf, roleFor, type ActorDeps } from '../identity/actor.ts';
import type { Devices } from '../identity/devices.ts';
import { deviceOf, sessionOf } from './contract-routes.ts';
import { sendRefusal } from './http-server.ts';

export interface ImportRouteDeps extends ActorDeps {
  readonly devices: Devices;
  readonly catalogues: CatalogueStore;
}

/** The reference hall's files are 0.4 MB; in base64, with room to grow. */
const MAX_IMPORT_BYTES = 8 * 1024 * 1024;
const importSchema = z.strictObject({ files: z.record(z.string().max(60), z.base64()) });

/** An administrator's CSV files: stored as the next version when every line is good, else every bad line is told. */
export function importRoute(
  app: FastifyInstance,
  { devices, catalogues, ...identity }: ImportRouteDeps,
): void {
  app.post('/api/v1/catalogue/import', { bodyLimit: MAX_IMPORT_BYTES }, async (request, reply) => {
    const device = deviceOf(request, devices);
    if (!device) return sendRefusal(reply, 'not-authenticated');
    const actor = actorOf(device, sessionOf(request), identity);
    if (typeof actor === 'string') return sendRefusal(reply, actor);
    if (!roleFor(actor, ['admin'])) return sendRefusal(reply, 'not-authorised');
    const parsed = importSchema.safeParse(request.body);
    if (!parsed.success) return sendRefusal(reply, 'malformed');
    const files = new Map(
      Object.entries(parsed.data.files).map(([name, text]) => [name, Buffer.from(text, 'base64')]),
    );
    const result = importCatalogue(files);
    if (!result.ok) {
      await reply
        .code(422)
        .send({ ok: false, code: 'catalogue-invalid', retryable: false, problems: result.problems });
      return;
    }
    const { zones, units, services, matters, counters } = result.catalogue;
    const counts = {
      zones: zones.length,
      units: units.length,
      services: services.length,
      matters: matters.length,
      counters: counters.length,
    };
    await reply.send({ ok: true, version: catalogues.store(result.catalogue), counts });
  });
}
