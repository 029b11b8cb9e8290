import { DamagedDatabase } from '../journal/sqlite/damage.ts';
import { HallInUse } from '../journal/sqlite/lock.ts';
import { NewerSchema } from '../journal/sqlite/migrations.ts';
import { InvalidSettings } from '../settings/settings.ts';

/** EX_CONFIG: a supervisor need not hurry to try again, a person has to look. */
const EXIT_CONFIG = 78;
const forAPerson = [DamagedDatabase, HallInUse, InvalidSettings, NewerSchema];

/** Starts a server; what a person has to mend is said in its own words, without a stack. A bug still shows where it is. */
export async function explainStart(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof Error) || !forAPerson.some((kind) => error instanceof kind)) throw error;
    process.stderr.write(`${error.name}: ${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}
