import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPages } from './live-hall.ts';

export interface Demonstration {
  readonly url: string;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** The hall as `npm start` runs it, as a process of its own, in a folder of its own. */
export async function startDemonstration(): Promise<Demonstration> {
  const dataDir = mkdtempSync(join(tmpdir(), 'demonstration-'));
  const child = spawn(process.execPath, ['hall-server/demonstration/main.ts'], {
    env: {
      ...process.env,
      TINGHAO_PORT: '0',
      TINGHAO_HOST: '127.0.0.1',
      TINGHAO_DATA_DIR: dataDir,
      TINGHAO_PAGES_DIR: builtPages,
      TINGHAO_PUBLIC_URL: 'http://hall.test:8100',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstUrl(child);
  return {
    url,
    dataDir,
    close: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      rmSync(dataDir, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the demonstration ended with ${code}`);
    },
  };
}

async function firstUrl(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const url = /http:\/\/\S+/.exec(said)?.[0];
    if (url) return url;
  }
  throw new Error(`the demonstration ended without a word: ${said}`);
}
