import { z } from 'zod';

const documentSchema = z.object({
  info: z.object({ version: z.string() }),
  components: z.object({ securitySchemes: z.object({ device: z.object({ name: z.string() }) }) }),
  paths: z.record(z.string(), z.unknown()),
});

/** What the server says of itself; undefined where it cannot be asked. */
export interface Served {
  readonly version: string;
  /** Name of the header of a device's token. */
  readonly deviceHeader: string;
  /** Addresses that answer over HTTP. */
  readonly paths: ReadonlySet<string>;
}

export const OPENAPI_PATH = '/api/v1/openapi.json';

export async function fetchOpenApi(fetchFrom: typeof fetch = fetch): Promise<Served | undefined> {
  try {
    const response = await fetchFrom(OPENAPI_PATH, { headers: { accept: 'application/json' } });
    const { info, components, paths } = documentSchema.parse(await response.json());
    return {
      version: info.version,
      deviceHeader: components.securitySchemes.device.name,
      paths: new Set(Object.keys(paths)),
    };
  } catch {
    return undefined;
  }
}
