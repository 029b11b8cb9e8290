import { writeFileSync } from 'node:fs';
import { indexCatalogue } from '#domain/catalogue/index.ts';
import { applyEvent } from '#domain/hall/apply.ts';
import { createHall } from '#domain/hall/state.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { aSmallDay, summaryOf } from './a-small-day.ts';

/** Writes the golden log of a release and its summary: once, when the release is made. */
const release = process.argv[2];
if (!release || !/^v\d+\.\d+\.\d+$/u.test(release)) {
  console.error('usage: node test/golden/main.ts v1.2.3');
  process.exit(2);
}
const index = indexCatalogue(1, aCatalogue());
const hall = createHall(() => index);
const events = aSmallDay();
const summaries: Record<string, unknown> = {};
for (const event of events) {
  applyEvent(hall, event);
  if (hall.current) summaries[hall.current.businessDate] = summaryOf(hall);
}
const file = (ending: string): URL => new URL(`${release}.${ending}`, import.meta.url);
// `wx`: what has been released is never written again.
writeFileSync(file('jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''), { flag: 'wx' });
writeFileSync(file('summary.json'), `${JSON.stringify(summaries, null, 2)}\n`, { flag: 'wx' });
console.log(`${events.length} events of ${release}`);
