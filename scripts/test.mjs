// npm test: sets the machine up as far as needed, then runs what CI runs.
import { ensureDebianPackages, testPackages } from './set-up/debian-packages.mjs';
import { ensureDependencies } from './set-up/dependencies.mjs';
import { say } from './set-up/processes.mjs';
import { verify } from './verify/checks.mjs';

try {
  await ensureDependencies();
  const isReady = await ensureDebianPackages(testPackages);
  process.exitCode = isReady && (await verify()) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
