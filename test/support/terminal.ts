import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '#protocol/wire.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import { createAgent, type Agent, type AgentDeps } from '#terminal/agent.ts';
import { TOKEN, type FakeHall } from './fake-hall.ts';

/** Pages as the build leaves them, in a folder of their own. */
export function aPagesDir(pages: readonly string[]): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tinghao-pages-'));
  for (const name of pages) {
    mkdirSync(join(path, name));
    writeFileSync(join(path, name, 'index.html'), `<!doctype html><title>${name}</title><h1>${name}</h1>`);
  }
  mkdirSync(join(path, 'assets'));
  writeFileSync(join(path, 'assets', 'app-0123.js'), 'export {};');
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A log that keeps its lines. */
export function aLog() {
  const lines: string[] = [];
  return { log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }), lines };
}

export function agentDeps(hall: FakeHall, pagesDir: string): Omit<AgentDeps, 'pages' | 'printer' | 'equip'> {
  return {
    hallUrl: hall.url,
    token: TOKEN,
    port: 0,
    pagesDir,
    entry: 'open',
    system: createNodeSystem(),
    log: aLog().log,
  };
}

export function startAgent(
  hall: FakeHall,
  pagesDir: string,
  change: Partial<AgentDeps> = {},
): Promise<Agent> {
  return createAgent({
    ...agentDeps(hall, pagesDir),
    pages: ['kiosk'],
    printer: { state: 'none' },
    ...change,
  });
}

export interface PageOptions {
  /** null: no Origin at all, as a program sends it that is not a browser. */
  readonly origin?: string | null;
  readonly host?: string;
  readonly cookie?: string;
  readonly protocol?: number;
}

/** A page's socket to its agent, as a browser would open it. */
export function openPage(agentOrigin: string, options: PageOptions = {}): Socket {
  const { origin = agentOrigin, host, cookie, protocol = PROTOCOL_VERSION } = options;
  return io(agentOrigin, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    auth: { protocol },
    extraHeaders: {
      ...(origin === null ? {} : { origin }),
      ...(host === undefined ? {} : { host }),
      ...(cookie === undefined ? {} : { cookie }),
    },
  });
}

export async function connected(socket: Socket): Promise<Socket> {
  if (!socket.connected) await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

/** Waits until `look` gives something; the test's own time limit ends a wait that is in vain. */
export async function eventually<Found>(look: () => Found | undefined | false | null): Promise<Found> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
