import type { Database } from 'better-sqlite3';
import { indexCatalogue, type CatalogueIndex } from '#domain/catalogue/index.ts';
import { catalogueSchema, type Catalogue } from '#domain/catalogue/schema.ts';
import { DamagedDatabase } from '../journal/sqlite/damage.ts';

export interface CatalogueStore {
  /** Throws when there is no such version. */
  get(version: number): CatalogueIndex;
  has(version: number): boolean;
  /** Stores a checked catalogue as the next version. */
  store(catalogue: Catalogue): number;
  list(): readonly { readonly version: number; readonly storedAt: number }[];
}

function parseCatalogue(version: number, body: string): Catalogue {
  try {
    return catalogueSchema.parse(JSON.parse(body));
  } catch (error) {
    throw new DamagedDatabase(`catalogue version ${version} cannot be read`, { cause: error });
  }
}

/** Catalogue versions, stored whole and never changed. */
export function createCatalogueStore(db: Database, now: () => number): CatalogueStore {
  const read = db.prepare<[number], string>('SELECT body FROM catalogue WHERE version = ?').pluck();
  const insert = db.prepare<[string, number], number>(
    'INSERT INTO catalogue (version, body, stored_at) SELECT coalesce(max(version), 0) + 1, ?, ? FROM catalogue RETURNING version',
  );
  const readAll = db.prepare<[], { version: number; storedAt: number }>(
    'SELECT version, stored_at AS storedAt FROM catalogue ORDER BY version DESC',
  );
  const known = new Map<number, CatalogueIndex>();

  const find = (version: number): CatalogueIndex | undefined => {
    const cached = known.get(version);
    if (cached) return cached;
    const body = read.get(version);
    if (body === undefined) return undefined;
    const index = indexCatalogue(version, parseCatalogue(version, body));
    known.set(version, index);
    return index;
  };

  return {
    get: (version) => {
      const index = find(version);
      if (!index) throw new Error(`there is no catalogue version ${version}`);
      return index;
    },
    has: (version) => find(version) !== undefined,
    store: (catalogue) => {
      const version = insert.pluck().get(JSON.stringify(catalogueSchema.parse(catalogue)), now());
      if (version === undefined) throw new Error('the catalogue was not stored');
      return version;
    },
    list: () => readAll.all(),
  };
}
