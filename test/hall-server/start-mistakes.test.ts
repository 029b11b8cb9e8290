import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'start-mistakes-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string>>) {
  const { status, stderr } = spawnSync(process.execPath, ['hall-server/main.ts'], {
    env: { ...process.env, TINGHAO_DATA_DIR: dataDir, ...env },
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('a wrong setting ends the start with its name, by both of its names, and no stack', () => {
  const { status, stderr } = start({ TINGHAO_PORT: 'eighty' });
  expect(status).toBe(78);
  expect(stderr).toMatch(/^InvalidSettings: port \(TINGHAO_PORT\): .+\n$/);
});

test('a damaged journal is said to be one, and nothing is started in its place', () => {
  writeFileSync(
    join(dataDir, 'hall.sqlite'),
    'not a database at all, but long enough to look like one'.repeat(40),
  );
  const { status, stderr } = start({ TINGHAO_PORT: '0' });
  expect(status).toBe(78);
  expect(stderr).toMatch(/^DamagedDatabase: .*hall\.sqlite.*\n$/);
});
