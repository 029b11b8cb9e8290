import { randomUUID } from 'node:crypto';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import { createDemonstration, NoDemonstration } from './demonstration.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { rehearse } from './rehearsal.ts';
import { progressLine, reportOn } from './report.ts';

const system = createNodeSystem();
const FAULTS_SHOWN = 20;
const say = (line: string): void => console.log(line);

async function run(options: Options): Promise<number> {
  const demonstration = createDemonstration(options.url, system.fetchText);
  // The hall goes on at its own pace, whoever ends the rehearsal.
  process.once('SIGINT', () => void demonstration.setClock(1).finally(() => process.exit(130)));
  try {
    const onProgress = (...state: Parameters<typeof progressLine>): void => say(progressLine(...state));
    const played = await rehearse({ options, demonstration, system, newId: randomUUID, say, onProgress });
    const { lines, failures } = await reportOn(played, await demonstration.residentBytes());
    played.close();
    await demonstration.setClock(1);
    for (const line of lines) say(line);
    for (const failure of failures.slice(0, FAULTS_SHOWN)) say(`FAULT: ${failure}`);
    say(failures.length === 0 ? 'All is well.' : `${failures.length} faults.`);
    say('To check the log itself: npm run verify-journal -- var/demonstration/hall.sqlite');
    return failures.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NoDemonstration)) {
      await demonstration.setClock(1);
      throw error;
    }
    say(`No demonstration hall answers at ${options.url}: run "npm start" first.`);
    return 2;
  }
}

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\nusage: ${USAGE}`);
}
process.exit(options ? await run(options) : 2);
