import { existsSync, readFileSync } from 'node:fs';
import { at, productNode, requireProductNode, runNpm, say } from './processes.mjs';

/**
 * Installs node_modules from package-lock.json unless it already is what the lock says.
 *
 * Compared is what npm itself recorded (node_modules/.package-lock.json, written as its last step), not a stamp
 * of our own: a tree that somebody installed by hand counts, and an install that was cut short does not.
 */
export async function ensureDependencies() {
  if (!isInstalled() || productNode() === undefined) {
    say('installing dependencies (npm ci)');
    const { ok } = await runNpm(['ci', '--loglevel=error']);
    if (!ok) throw new Error('npm ci failed; its message is above.');
  }
  requireProductNode();
}

function isInstalled() {
  const record = at('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = lockedPackages(record);
  return Object.entries(lockedPackages(at('package-lock.json'))).every(([folder, wanted]) => {
    const found = installed[folder];
    // An optional package is absent where the operating system or processor is another.
    return (
      folder === '' || (found === undefined ? wanted.optional === true : found.version === wanted.version)
    );
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>} folder → package
 */
function lockedPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
