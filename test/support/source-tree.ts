import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'var', 'coverage']);

/** Files of the repository by the end of their names, as paths from its root with forward slashes, sorted. */
export function sourceFiles(endings: readonly string[], under = ''): readonly string[] {
  return readdirSync(join(root, under), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = under === '' ? entry.name : `${under}/${entry.name}`;
      if (entry.isDirectory()) return sourceFiles(endings, path);
      return endings.some((ending) => path.endsWith(ending)) ? [path] : [];
    })
    .sort();
}

export function fromRoot(absolutePath: string): string {
  return relative(root, absolutePath).replaceAll('\\', '/');
}
