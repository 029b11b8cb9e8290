// npm run verify: exactly the checks that CI runs, on a machine that is set up already.
import { ensureDependencies } from './set-up/dependencies.mjs';
import { say } from './set-up/processes.mjs';
import { verify } from './verify/checks.mjs';

try {
  await ensureDependencies();
  process.exitCode = (await verify()) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
