import { Linter } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { determinism } from '../../scripts/lint/capabilities.mjs';

const linter = new Linter();

/** The lines of a module of the product that the bans reject. */
function rejectedLines(filename: string, lines: readonly string[]): readonly string[] {
  const parser = ts.parser as Linter.Parser;
  const config = [
    { files: ['**/*.ts'], languageOptions: { parser }, plugins: { '@typescript-eslint': ts.plugin } },
    ...determinism,
  ] as Linter.Config[];
  const found = linter.verify(lines.join('\n'), config, { filename });
  expect(found.filter(({ fatal }) => fatal)).toEqual([]);
  return [...new Set(found.map(({ line }) => lines[line - 1]!))];
}

const impure = {
  clock: [
    'Date.now();',
    'new Date(0);',
    'globalThis.Date.now();',
    'performance.now();',
    'Temporal.Now.instant();',
  ],
  chance: [`import { randomUUID } from 'node:crypto';`, 'Math.random();', 'crypto.randomUUID();'],
  timers: ['setTimeout(f, 1);', 'setInterval(f, 1);', 'setImmediate(f);', `import 'node:timers/promises';`],
  process: ['process.exit();', `import 'node:child_process';`],
  files: [`import 'node:fs';`, `import Database from 'better-sqlite3';`],
  network: [`import 'node:net';`, 'fetch(u);', 'new WebSocket(u);'],
};
const all = Object.values(impure).flat();

describe('the determinism bans', () => {
  it.each([
    'shared/domain/hall/apply.ts',
    'shared/protocol/wire.ts',
    'shared/domain/adapters/clock.ts',
    'shared/protocol/main.ts',
  ])('let nothing into %s', (path) => {
    expect(rejectedLines(path, all)).toEqual(all);
  });

  it.each(['hall-server/writer/writer.ts', 'shared/terminal/outbox.ts', 'kiosk/agent/slip/slip.ts'])(
    'let nothing into %s, which is no adapter',
    (path) => {
      expect(rejectedLines(path, all)).toEqual(all);
    },
  );

  it.each([
    'hall-server/adapters/clock.ts',
    'hall-server/pages/start/adapters/fetch.ts',
    'kiosk/agent/main.ts',
  ])('let everything into %s', (path) => {
    expect(rejectedLines(path, all)).toEqual([]);
  });

  it('give a page its timers and nothing else', () => {
    const rest = all.filter((line) => !impure.timers.includes(line));
    expect(rejectedLines('kiosk/screens/stores/ticket.ts', all)).toEqual(rest);
  });

  it('give the journal its files and nothing else', () => {
    const rest = all.filter((line) => !impure.files.includes(line));
    expect(rejectedLines('hall-server/journal/sqlite/journal.ts', all)).toEqual(rest);
  });

  it('leave hashing and types alone outside the rules of a hall', () => {
    const lines = [`import { createHash } from 'node:crypto';`, `import type { Server } from 'node:http';`];
    expect(rejectedLines('hall-server/writer/writer.ts', lines)).toEqual([]);
    expect(rejectedLines('shared/domain/hall/apply.ts', lines)).toEqual(lines);
  });
});
