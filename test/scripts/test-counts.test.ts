import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { countTests } from '../../scripts/verify/test-counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tinghao-counts-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A report as vitest writes it: for each file the statuses of its tests. */
function report(...files: readonly (readonly string[])[]): string {
  const path = join(folder, `${files.flat().join('-')}-${files.length}.json`);
  const testResults = files.map((statuses) => ({
    status: statuses.length > 0 && statuses.every((status) => status === 'passed') ? 'passed' : 'failed',
    assertionResults: statuses.map((status) => ({ status })),
  }));
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
}

it('adds up the tests of all files', () => {
  expect(countTests(report(['passed', 'passed'], ['passed', 'failed']), false)).toEqual({
    passed: 3,
    failed: 1,
  });
});

it('counts a file that could not be loaded', () => {
  expect(countTests(report(['passed'], []), false)).toEqual({ passed: 1, failed: 1 });
});

it('counts a skipped test as failed', () => {
  expect(countTests(report(['passed', 'skipped', 'todo']), true)).toEqual({ passed: 1, failed: 2 });
});

it('counts a run that ended badly with every test green', () => {
  expect(countTests(report(['passed']), false)).toEqual({ passed: 1, failed: 1 });
});

it('counts a run that left no report', () => {
  expect(countTests(join(folder, 'absent.json'), false)).toEqual({ passed: 0, failed: 1 });
});
