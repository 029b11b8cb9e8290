import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Journal } from '#hall-server/journal/port.ts';
import { simulate, type SimulationResult } from './simulate.ts';

/** As many as the unit suite has time for; `node test/simulation/main.ts --seed 1 --days 500` plays more. */
const DAYS = 24;

type Line = SimulationResult['figures'] & { readonly historyHash: string };

/** Runs days in a process of their own: through the test runner's module loader a day takes twice as long. */
async function play(
  seed: number,
  days: number,
  env: NodeJS.ProcessEnv = {},
): Promise<{ lines: Line[]; complaints: string }> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const args = [main, '--seed', String(seed), '--days', String(days)];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...env },
  }).catch((failed: { stdout: string; stderr: string }) => failed);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return { lines, complaints: stderr };
}

describe('simulated days', () => {
  it(`of ${DAYS} seeds: nothing happens that must not`, { timeout: 180_000 }, async () => {
    const { lines, complaints } = await play(1, DAYS);
    expect(complaints).toBe('');
    expect(lines.map(({ slips }) => slips)).toEqual(Array(DAYS).fill(110));
    // Else the days would have been too calm to prove anything.
    for (const figure of ['crashes', 'troubles', 'gaps'] as const) {
      expect(lines.reduce((sum, line) => sum + (line[figure] ?? 0), 0)).toBeGreaterThan(DAYS);
    }
  });

  it(
    'one seed is one history: here, again, and elsewhere with another time zone and language',
    { timeout: 60_000 },
    async () => {
      const { historyHash } = await simulate(7, { visitors: 110 });
      expect((await simulate(7)).historyHash).toBe(historyHash);
      const { lines } = await play(7, 2, {
        TZ: 'America/Caracas',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      });
      expect(lines[0]?.historyHash).toBe(historyHash);
      expect(lines[1]?.historyHash).not.toBe(historyHash);
    },
  );
});

describe('the simulation finds', () => {
  const accusedOf = async (wrapJournal: (journal: Journal) => Journal): Promise<string> =>
    (await simulate(3, { wrapJournal, visitors: 60, untilAccused: true })).accusations.join('\n');

  it('a writer that does not wait for the disk', { timeout: 30_000 }, async () => {
    const hasty = (journal: Journal): Journal => ({
      ...journal,
      append: async (revision, batch) => {
        journal.append(revision, batch).catch(() => undefined);
      },
    });
    expect(await accusedOf(hasty)).toMatch(/ahead of the disk/u);
  });

  it('a journal that forgets what it answered', { timeout: 30_000 }, async () => {
    const forgetful = (journal: Journal): Journal => ({ ...journal, findAnswers: async () => new Map() });
    expect(await accusedOf(forgetful)).toMatch(/nobody ordered: Error: command id-\d+ has an answer/u);
  });

  it('a journal that loses an event', { timeout: 30_000 }, async () => {
    const leaky = (journal: Journal): Journal => ({
      ...journal,
      read: async (after, limit) =>
        (await journal.read(after, limit)).filter(({ revision }) => revision !== 40),
    });
    expect(await accusedOf(leaky)).toMatch(/does not follow revision 39/u);
  });
});
