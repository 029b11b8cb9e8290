// npm start: sets the machine up as far as needed, then runs the demonstration hall on the product's Node.
import { spawn } from 'node:child_process';
import { demonstrationPackages, ensureDebianPackages } from './set-up/debian-packages.mjs';
import { ensureDependencies } from './set-up/dependencies.mjs';
import { ensurePageBuild } from './set-up/page-build.mjs';
import { productEnvironment, requireProductNode, root, say } from './set-up/processes.mjs';

/** Within this time a second signal is the same key press: the terminal sends one and npm passes on another. */
const SAME_KEY_PRESS_MS = 1000;

try {
  await ensureDependencies();
  await ensureDebianPackages(demonstrationPackages);
  await ensurePageBuild();
  runHall();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function runHall() {
  // A process group of its own, so that Ctrl-C reaches the hall once, through us, and a hall that stops in an
  // orderly way is not shot by the echo of the same key.
  const hall = spawn(requireProductNode(), ['hall-server/demonstration/main.ts', ...process.argv.slice(2)], {
    cwd: root,
    env: productEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  let firstSignalAtMs = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (firstSignalAtMs === 0) {
        firstSignalAtMs = Date.now();
        hall.kill(signal);
      } else if (Date.now() - firstSignalAtMs > SAME_KEY_PRESS_MS && hall.pid !== undefined) {
        process.kill(process.platform === 'win32' ? hall.pid : -hall.pid, 'SIGKILL');
      }
    });
  }
  hall.on('error', (error) => {
    say(error.message);
    process.exitCode = 1;
  });
  hall.on('exit', (code, signal) => {
    const wasAskedTo =
      firstSignalAtMs > 0 && (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP');
    process.exitCode = code ?? (wasAskedTo ? 0 : 1);
  });
}
