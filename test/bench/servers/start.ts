import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from './options.ts';

export interface BenchServer {
  readonly url: string;
  readonly tokens: { readonly kiosk: string; readonly caller: string; readonly display: string };
  readonly folder: string;
  /** From the start of the process to its first word. */
  readonly startedMs: number;
  counted(): Promise<{ appends: number; commands: number; rss: number }>;
  reset(): void;
  /** `keep` leaves the folder for another start. */
  close(keep?: boolean): Promise<void>;
}

/** Starts a bench server as a process of its own, so that the load does not share its thread. */
export async function startServer(
  name: 'hall' | 'prototype',
  options: Partial<BenchOptions> = {},
): Promise<BenchServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tinghao-bench-'));
  const from = performance.now();
  const child: ChildProcess = fork(
    join(import.meta.dirname, `${name}.ts`),
    [JSON.stringify({ ...options, folder })],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const startedMs = performance.now() - from;
  const hello = JSON.parse(line.toString('utf8')) as { url: string; tokens: BenchServer['tokens'] };
  return {
    ...hello,
    folder,
    startedMs,
    counted: async () => {
      child.send('counted');
      const [counts] = (await once(child, 'message')) as [{ appends: number; commands: number; rss: number }];
      return counts;
    },
    reset: () => child.send('reset'),
    close: async (keep = false) => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}
