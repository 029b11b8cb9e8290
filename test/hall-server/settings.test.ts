import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidSettings, readSettings } from '#hall-server/settings/settings.ts';
import { aDataDir } from '#test/support/hall-server.ts';

function aFile(content: unknown): string {
  const path = join(aDataDir(), 'settings.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidSettings);
    return (error as Error).message.split('\n');
  }
}

describe('settings', () => {
  it('without any are what a hall needs', () => {
    expect(readSettings({})).toEqual({
      host: '0.0.0.0',
      port: 8_100,
      dataDir: 'var/hall',
      pagesDir: 'dist/pages',
      allowedHosts: [],
      logLevel: 'info',
    });
  });

  it('come from the file and the environment, which wins', () => {
    const file = aFile({
      port: 9_000,
      host: '127.0.0.1',
      allowedHosts: ['hall.example'],
      publicUrl: 'http://hall.example',
    });
    expect(
      readSettings({ TINGHAO_SETTINGS: file, TINGHAO_PORT: '9001', TINGHAO_DATA_DIR: '/srv/hall' }),
    ).toMatchObject({
      port: 9_001,
      host: '127.0.0.1',
      allowedHosts: ['hall.example'],
      publicUrl: 'http://hall.example',
      dataDir: '/srv/hall',
    });
    expect(readSettings({ TINGHAO_ALLOWED_HOSTS: 'a.example, b.example' }).allowedHosts).toEqual([
      'a.example',
      'b.example',
    ]);
  });

  it.each([
    ['TINGHAO_PORT', 'port', ['', '0x50', '80 ', '-1', '65536', '8.5', 'http', '1e3']],
    ['TINGHAO_HOST', 'host', ['']],
    ['TINGHAO_DATA_DIR', 'dataDir', ['']],
    ['TINGHAO_PAGES_DIR', 'pagesDir', ['']],
    ['TINGHAO_PUBLIC_URL', 'publicUrl', ['', 'hall.example', '//x']],
    ['TINGHAO_LOG_LEVEL', 'logLevel', ['', 'loud', 'INFO']],
  ])('%s that is wrong is named, and where it came from', (variable, setting, values) => {
    for (const value of values) {
      const problems = problemsOf({ [variable]: value });
      expect(problems, `${variable}=${value}`).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^${setting} \\(${variable}\\): .+`));
    }
  });

  it.each([
    ['port', [true, null, [], '', 70_000, 1.5]],
    ['host', [7, null, '']],
    ['dataDir', [7, '']],
    ['allowedHosts', [7, [7], null]],
    ['publicUrl', [7, 'x']],
    ['logLevel', ['loud', 7]],
    ['prot', [8_100]],
    ['constructor', ['x']],
  ])('%s that is wrong in the file is named with the file', (setting, values) => {
    for (const value of values) {
      const file = aFile({ [setting]: value });
      const problems = problemsOf({ TINGHAO_SETTINGS: file });
      expect(problems, `${setting}: ${JSON.stringify(value)}`).toHaveLength(1);
      expect(problems[0]).toContain(`${setting} (${file}): `);
    }
  });

  it('all that is wrong is told at once', () => {
    const file = aFile({ port: -1, host: '', more: true });
    const problems = problemsOf({ TINGHAO_SETTINGS: file, TINGHAO_LOG_LEVEL: 'loud', TINGHAO_HOST: '' });
    expect(problems.map((problem) => problem.slice(0, problem.indexOf(':'))).sort()).toEqual(
      [`port (${file})`, 'host (TINGHAO_HOST)', `more (${file})`, 'logLevel (TINGHAO_LOG_LEVEL)'].sort(),
    );
  });

  it('a file that is not there, or no JSON object, is named', () => {
    for (const file of [
      join(aDataDir(), 'no-such.json'),
      aFile('{'),
      aFile('[]'),
      aFile('null'),
      aFile('7'),
    ]) {
      const problems = problemsOf({ TINGHAO_SETTINGS: file });
      expect(problems[0]).toContain(`TINGHAO_SETTINGS (${file})`);
    }
  });
});
