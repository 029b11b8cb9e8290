import type { Catalogue } from '#domain/catalogue/schema.ts';
import { importCatalogue } from './import-catalogue.ts';
import { problemLine } from './problem.ts';
import { readCatalogueFolder } from './read-folder.ts';

export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly lines: readonly string[];
}

/** `main.ts <folder>`: what it prints, and 0 good, 1 problems in the files, 2 called the wrong way. */
export function checkFolder(args: readonly string[]): Outcome {
  const [folder, ...surplus] = args;
  if (folder === undefined || surplus.length > 0) {
    return { exitCode: 2, lines: ['node hall-server/catalogue-import/main.ts <文件夹 / folder>'] };
  }
  const result = importCatalogue(readCatalogueFolder(folder));
  if (result.ok) return { exitCode: 0, lines: [summary(result.catalogue)] };
  const count = result.problems.length;
  const last = `共 ${count} 处问题，什么都没有更改 / ${count} problems, nothing changed`;
  return { exitCode: 1, lines: [...result.problems.map(problemLine), last] };
}

function summary(catalogue: Catalogue): string {
  const { zones, units, counters, services, matters } = catalogue;
  const zh = `${zones.length} 个区域，${units.length} 个单位，${counters.length} 个窗口，${services.length} 项业务，${matters.length} 个事项`;
  const en = `${zones.length} zones, ${units.length} units, ${counters.length} counters, ${services.length} services, ${matters.length} matters`;
  return `${zh} / ${en}`;
}
