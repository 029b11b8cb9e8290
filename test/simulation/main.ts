import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

/** Plays one seed, or many from it, and says what happened: the way to see a failing seed again. */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, days: { type: 'string', default: '1' } },
});
const first = Number(values.seed);
for (let seed = first; seed < first + Number(values.days); seed += 1) {
  const { historyHash, accusations, figures } = await simulate(seed);
  console.log(JSON.stringify({ seed, historyHash, ...figures }));
  if (accusations.length === 0) continue;
  console.error(
    [`seed ${seed}:`, ...accusations, `replay: node test/simulation/main.ts --seed ${seed}`].join('\n'),
  );
  process.exitCode = 1;
}
