import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts the tests of one vitest run from its JSON report.
 *
 * Failed are also: a file that could not be loaded (it reports no test at all), a skipped or unfinished test, and a run
 * that ended badly though every test passed (an unhandled rejection, a crash): each would else look green.
 * @param {string} reportPath
 * @param {boolean} isExitClean whether vitest itself ended with 0
 * @returns {{ passed: number, failed: number }}
 */
export function countTests(reportPath, isExitClean) {
  if (!existsSync(reportPath)) return { passed: 0, failed: 1 };
  /** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const report = JSON.parse(readFileSync(reportPath, 'utf8'));
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const unloaded = report.testResults.filter(
    (f) => f.status === 'failed' && f.assertionResults.length === 0,
  ).length;
  const failed = tests.length - passed + unloaded;
  return { passed, failed: failed === 0 && !isExitClean ? 1 : failed };
}
