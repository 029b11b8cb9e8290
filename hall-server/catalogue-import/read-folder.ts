import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFileNames } from './import-catalogue.ts';
import type { CatalogueFiles } from './import-catalogue.ts';

/** The catalogue files of a folder. One that is not there is left out, and the importer says so. */
export function readCatalogueFolder(folder: string): CatalogueFiles {
  const files = catalogueFileNames.map((name) => [name, readIfThere(join(folder, name))] as const);
  return new Map(files.filter((entry): entry is readonly [string, Buffer] => entry[1] !== undefined));
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
