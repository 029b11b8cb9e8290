import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePageBuild } from '../set-up/page-build.mjs';
import { runNpm, say } from '../set-up/processes.mjs';
import { countTests } from './test-counts.mjs';

/**
 * Runs every check, also after one has failed, and ends with `N passed, N failed` on a line of its own: the tests
 * of all suites, and one more failed for each other check that failed, so that the line never contradicts the exit code.
 * @returns {Promise<boolean>} whether all passed
 */
export async function verify() {
  // Two lanes because two are the processors of the smallest machine this runs on; tests then have it to themselves.
  const lanes = await Promise.all([
    inOrder([() => check('typecheck'), buildPages]),
    inOrder([() => check('lint'), () => check('format:check')]),
  ]);
  const failedChecks = lanes.flat().filter((isGood) => !isGood).length;
  const { passed, failed } = await runSuites(['test:unit', 'test:browser']);
  process.stdout.write(`\n${passed} passed, ${failed + failedChecks} failed\n`);
  return failed + failedChecks === 0;
}

async function check(/** @type {string} */ script) {
  const startedAt = performance.now();
  const { ok, output } = await runNpm(['run', '--silent', script], { quiet: true });
  say(`${script}: ${ok ? 'passed' : 'FAILED'} (${Math.round((performance.now() - startedAt) / 1000)} s)`);
  if (output.trim() !== '') process.stdout.write(`${output}\n`);
  return ok;
}

async function buildPages() {
  try {
    await ensurePageBuild();
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function runSuites(/** @type {readonly string[]} */ scripts) {
  const folder = mkdtempSync(join(tmpdir(), 'tinghao-verify-'));
  try {
    const counts = await inOrder(scripts.map((script) => () => runSuite(script, folder)));
    return counts.reduce((sum, { passed, failed }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runSuite(/** @type {string} */ script, /** @type {string} */ folder) {
  const report = join(folder, `${script.replace(':', '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { ok } = await runNpm(['run', '--silent', script, '--', ...reporters]);
  return countTests(report, ok);
}

/**
 * @template T
 * @param {readonly (() => Promise<T>)[]} steps
 * @returns {Promise<T[]>}
 */
async function inOrder(steps) {
  const results = [];
  for (const step of steps) results.push(await step());
  return results;
}
