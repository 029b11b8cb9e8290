import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Xvfb {
  /** ':7' */
  readonly display: string;
  close(): Promise<void>;
}

/** A screen that nobody looks at, on a display number that X finds free. */
export async function startXvfb(size: `${number}x${number}`): Promise<Xvfb> {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const failed = once(server, 'error').then(([error]) => {
    throw new Error(`Xvfb is needed (apt-get install xvfb): ${String(error)}`);
  });
  const [line] = (await Promise.race([once(server.stdout, 'data'), failed])) as [Buffer];
  return {
    display: `:${line.toString().trim()}`,
    async close() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}
