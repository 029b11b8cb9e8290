import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, runNpm, say } from './processes.mjs';

/** Everything that vite could read. Too much costs a build now and then; too little would show a stale page. */
const sources = [
  'shared',
  'kiosk',
  'caller-display',
  'hall-server/pages',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stamp = at('dist', '.built-from');

/** Builds the pages and the shell unless dist/ was built from these very sources. */
export async function ensurePageBuild() {
  const digest = sourceDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say('building pages (npm run build)');
  const { ok, output } = await runNpm(['run', '--silent', 'build'], { quiet: true });
  if (!ok) throw new Error(`The page build failed.\n${output}`);
  writeFileSync(stamp, digest);
}

/** Contents, not modification times: a checkout or a clone changes every time and no content. */
function sourceDigest() {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesUnder)) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(at(path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(at(path))) return [];
  if (!statSync(at(path)).isDirectory()) return [path];
  return readdirSync(at(path))
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
