import type { Logger } from 'pino';
import { z } from 'zod';
import { catalogueSchema } from '#domain/catalogue/schema.ts';
import type { HallResponse, TerminalSystem } from './system.ts';

/** The version in force and the one before, each with and without its matters, and one to spare. */
const BODIES_KEPT = 6;

const { hall, rules, zones, services, counters } = catalogueSchema.shape;
/** What an agent itself reads; what else the hall sends is for the pages. */
const terminalCatalogueSchema = z.object({ hall, rules, zones, services, counters });
export type TerminalCatalogue = z.infer<typeof terminalCatalogueSchema>;

const currentSchema = z.object({ version: z.int().min(1) });

function jsonOf<Value>(schema: z.ZodType<Value>) {
  return z
    .transform((text: string, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);
}

export interface CatalogueCacheDeps {
  readonly hallUrl: string;
  readonly token: string;
  readonly system: Pick<TerminalSystem, 'fetchText'>;
  readonly log: Logger;
}

/** The hall's catalogue, near at hand. Versions never change, so one is fetched once. */
export interface CatalogueCache {
  /** The catalogue in force; undefined while none could be had yet. */
  current(): Promise<TerminalCatalogue | undefined>;
  /** Takes note of the version in force, from a feed. */
  note(version: number): void;
  /** Asks which version is in force, and has it ready. */
  refresh(): Promise<void>;
  /** Answers GET /api/v1/catalogue/<path>; undefined when the hall is away and this was never asked before. */
  respond(path: 'current' | `${number}` | `${number}/matters`): Promise<HallResponse | undefined>;
}

export function createCatalogueCache(deps: CatalogueCacheDeps): CatalogueCache {
  const bodies = new Map<string, Promise<HallResponse>>();
  let inForce: number | undefined;
  let parsed: { readonly version: number; readonly catalogue: TerminalCatalogue } | undefined;

  const ask = (path: string): Promise<HallResponse> =>
    deps.system.fetchText(new URL(`/api/v1/catalogue/${path}`, deps.hallUrl).href, {
      method: 'GET',
      headers: { authorization: `Bearer ${deps.token}`, accept: 'application/json' },
    });

  /** One question for all who ask; an answer that is not the catalogue is not kept. */
  function immutable(path: string): Promise<HallResponse> {
    const known = bodies.get(path);
    if (known) return known;
    const asked = ask(path);
    bodies.set(path, asked);
    const forget = (): void => void bodies.delete(path);
    asked.then(({ status }) => status === 200 || forget(), forget);
    const [oldest] = bodies.keys();
    if (bodies.size > BODIES_KEPT && oldest !== undefined) bodies.delete(oldest);
    return asked;
  }

  /** What comes over a hall's network may be anybody's error page: it must not end the agent. */
  function read<Value>(schema: z.ZodType<Value>, body: string): Value | undefined {
    const result = z.string().pipe(jsonOf(schema)).safeParse(body);
    if (!result.success) deps.log.error({ issues: result.error.issues.slice(0, 3) }, 'not a catalogue');
    return result.data;
  }

  async function askCurrent(): Promise<HallResponse | undefined> {
    const response = await ask('current').catch(() => undefined);
    const named = response?.status === 200 ? read(currentSchema, response.body) : undefined;
    if (named) inForce = named.version;
    else if (inForce !== undefined) return { status: 200, body: JSON.stringify({ version: inForce }) };
    return response;
  }

  async function current(): Promise<TerminalCatalogue | undefined> {
    if (inForce === undefined) await askCurrent();
    if (inForce === undefined) return undefined;
    if (parsed?.version === inForce) return parsed.catalogue;
    const version = inForce;
    const response = await immutable(`${version}`).catch(() => undefined);
    const catalogue = response?.status === 200 ? read(terminalCatalogueSchema, response.body) : undefined;
    if (catalogue) parsed = { version, catalogue };
    else bodies.delete(`${version}`);
    // Where the new one cannot be had: the version before says nearly always the same, and is better than no slip.
    return parsed?.catalogue;
  }

  return {
    current,
    note(version) {
      if (version < 1 || version === inForce) return;
      inForce = version;
      deps.log.info({ version }, 'catalogue in force');
      void current();
    },
    async refresh() {
      await askCurrent();
      await current();
    },
    respond: (path) => (path === 'current' ? askCurrent() : immutable(path).catch(() => undefined)),
  };
}
