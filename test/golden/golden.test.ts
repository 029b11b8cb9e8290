import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexCatalogue } from '#domain/catalogue/index.ts';
import { eventSchemas } from '#domain/events/schemas.ts';
import { readEvent } from '#domain/events/upcast.ts';
import { applyEvent } from '#domain/hall/apply.ts';
import { createHall, type Hall } from '#domain/hall/state.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { aSmallDay, summaryOf } from './a-small-day.ts';

/**
 * The logs of released versions must go on meaning what they meant. A released golden log and its summary are never written
 * again; a new release adds its own with `node test/golden/main.ts <version>`.
 */
const folder = new URL('./', import.meta.url);
const releases = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => name.slice(0, -'.jsonl'.length));

const linesOf = (release: string): string[] =>
  readFileSync(new URL(`${release}.jsonl`, folder), 'utf8').trimEnd().split('\n');

function fold(lines: readonly string[], each: (hall: Hall) => void = () => undefined): Hall {
  const index = indexCatalogue(1, aCatalogue());
  const hall = createHall(() => index);
  for (const line of lines) {
    applyEvent(hall, readEvent(JSON.parse(line)));
    each(hall);
  }
  return hall;
}

describe('golden logs', () => {
  it('has the first release', () => {
    expect(releases).toContain('v0.1.0');
  });

  it.each(releases)('%s still folds to what was written down, on both of its days', (release) => {
    const summaries = new Map<string, unknown>();
    fold(linesOf(release), (hall) => summaries.set(hall.current?.businessDate ?? 'none', summaryOf(hall)));
    summaries.delete('none');
    const stored: unknown = JSON.parse(readFileSync(new URL(`${release}.summary.json`, folder), 'utf8'));
    expect(JSON.parse(JSON.stringify(Object.fromEntries(summaries)))).toEqual(stored);
  });

  it('v0.1.0 holds every type of event', () => {
    const types = new Set(linesOf('v0.1.0').map((line) => (JSON.parse(line) as { type: string }).type));
    expect([...types].sort()).toEqual(Object.keys(eventSchemas).sort());
  });

  it('the rules of today still come to the same day', () => {
    const today = fold(aSmallDay().map((event) => JSON.stringify(event)));
    expect(summaryOf(today)).toEqual(summaryOf(fold(linesOf('v0.1.0'))));
  });
});
