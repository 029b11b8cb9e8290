import { type ChildProcess, spawn } from 'node:child_process';
import { backOffMs } from './back-off.ts';

/** An agent that has run this long is well; the next fault starts counting anew. */
const STEADY_AFTER_MS = 30_000;
const KILL_AFTER_MS = 3_000;

export interface AgentProcessDeps {
  readonly node: string;
  /** The agent's main.ts. */
  readonly main: string;
  /** Where it looks for its settings, and keeps what it keeps. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The agent runs and has made an entry: at each start, and each time one was asked for. */
  readonly onEntry: (url: string) => void;
}

export interface AgentProcess {
  /** Asks for another entry. While the agent is down nothing happens: it brings one when it is up. */
  askForEntry(): void;
  close(): Promise<void>;
}

/** Runs the agent as a process of its own, and again whenever it ends. The channel between the two is nobody else's. */
export function createAgentProcess(deps: AgentProcessDeps): AgentProcess {
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosing = false;

  function start(): void {
    const started = spawn(deps.node, [deps.main], {
      cwd: deps.folder,
      env: deps.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      windowsHide: true,
    });
    child = started;
    const steady = setTimeout(() => (failures = 0), STEADY_AFTER_MS);
    started.on('message', (message) => {
      const url = entryOf(message);
      if (url !== undefined) deps.onEntry(url);
    });
    const ended = (): void => {
      clearTimeout(steady);
      if (child !== started) return;
      child = undefined;
      if (isClosing) return;
      failures += 1;
      restart = setTimeout(start, backOffMs(failures));
    };
    started.once('exit', ended);
    // A program that is not there ends without ever having run, and says so only here.
    started.once('error', ended);
  }

  start();
  return {
    askForEntry() {
      if (child?.connected) child.send({ kind: 'mint' });
    },
    async close() {
      isClosing = true;
      clearTimeout(restart);
      if (child) await stop(child);
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  // On Windows a signal ends it at once; the end of the channel lets it close its port and its database.
  if (child.connected) child.disconnect();
  else child.kill('SIGTERM');
  await ended;
  clearTimeout(kill);
}

/** The URL of a message {kind: 'entry', url}, if it is an address of this machine. */
function entryOf(message: unknown): string | undefined {
  const { kind, url } = (message ?? {}) as { readonly kind?: unknown; readonly url?: unknown };
  return kind === 'entry' && typeof url === 'string' && /^http:\/\/127\.0\.0\.1:\d+\//.test(url)
    ? url
    : undefined;
}
