import { z } from 'zod';
import { indexCatalogue, type CatalogueIndex } from '#domain/catalogue/index.ts';
import { catalogueSchema } from '#domain/catalogue/schema.ts';
import type { DeviceKind } from '#protocol/queries.ts';
import type { TerminalSystem } from '#terminal/system.ts';

const clockSchema = z.object({ now: z.number(), speed: z.number() });

/** No demonstration answers where one should be. */
export class NoDemonstration extends Error {
  override readonly name = 'NoDemonstration';
}

export type Demonstration = ReturnType<typeof createDemonstration>;

/** What the rehearsal asks over HTTP: a terminal's token, the catalogue, and the hand on the hall's clock. */
export function createDemonstration(url: string, fetchText: TerminalSystem['fetchText']) {
  const ask = async (path: string, body?: object): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const request = body
      ? { method: 'POST' as const, headers, body: JSON.stringify(body) }
      : { method: 'GET' as const, headers: {} };
    let response;
    try {
      response = await fetchText(`${url}${path}`, request);
    } catch (error) {
      throw new NoDemonstration(url, { cause: error });
    }
    if (response.status !== 200) throw new NoDemonstration(`${url}${path} answered ${response.status}`);
    return response.body;
  };
  const json = async <T>(schema: z.ZodType<T>, path: string, body?: object): Promise<T> =>
    schema.parse(JSON.parse(await ask(path, body)));

  return {
    clock: () => json(clockSchema, '/api/v1/demonstration/clock'),
    /** The hall's clock never goes back: `at` only ever moves it on. */
    setClock: (speed: number, at?: number) =>
      json(clockSchema, '/api/v1/demonstration/clock', { speed, ...(at === undefined ? {} : { at }) }),
    token: async (kind: DeviceKind): Promise<string> =>
      (await json(z.object({ token: z.string() }), '/api/v1/demonstration/device', { kind })).token,
    catalogue: async (): Promise<CatalogueIndex> => {
      const { version } = await json(z.object({ version: z.int() }), '/api/v1/catalogue/current');
      const withoutMatters = catalogueSchema.omit({ matters: true });
      return indexCatalogue(version, {
        ...(await json(withoutMatters, `/api/v1/catalogue/${version}`)),
        matters: [],
      });
    },
    /** Resident memory of the server. */
    residentBytes: async (): Promise<number> =>
      (await json(z.object({ residentBytes: z.int() }), '/api/v1/demonstration/memory')).residentBytes,
  };
}
