import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { createMechanism, type MechanismState } from './printer-mechanism.ts';

export interface StandInPrinterDeps {
  /** The line's speed: bytes are taken in no faster than baudRate / 10 a second. */
  readonly baudRate: number;
  /** Where the pseudo-terminal appears; a folder of its own under the system's temporary one if left out. */
  readonly path?: string;
  readonly onSlip?: (slip: Buffer) => void;
}

export interface StandInPrinter {
  /** Open this as the serial port. */
  readonly path: string;
  /** All slips that were printed and cut whole, from the first. */
  readonly slips: () => readonly Buffer[];
  /** The earliest slip that no call has returned yet; waits for it if need be. */
  readonly nextSlip: () => Promise<Buffer>;
  readonly setState: (change: Partial<MechanismState>) => void;
  /** Pulls the cable: the port disappears. */
  readonly unplug: () => Promise<void>;
  readonly replug: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const TICK_MS = 4;

/** Plays an ESC/POS slip printer on a pseudo-terminal. Needs socat; rejects with a clear message without it. */
export async function createStandInPrinter(deps: StandInPrinterDeps): Promise<StandInPrinter> {
  const folder = deps.path === undefined ? mkdtempSync(join(tmpdir(), 'stand-in-printer-')) : undefined;
  const path = deps.path ?? join(folder ?? '', 'port');
  const slips: Buffer[] = [];
  const waiting: ((slip: Buffer) => void)[] = [];
  let handedOut = 0;
  let cable: Cable | undefined;

  function onSlip(slip: Buffer): void {
    slips.push(slip);
    deps.onSlip?.(slip);
    const next = waiting.shift();
    if (next === undefined) return;
    handedOut += 1;
    next(slip);
  }

  const mechanism = createMechanism({ onSlip, answer: (bytes) => cable?.send(bytes) });
  const wire = createWire(deps.baudRate, mechanism.receive);

  async function replug(): Promise<void> {
    cable ??= await plugIn(path, wire.push);
  }

  async function unplug(): Promise<void> {
    const pulled = cable;
    cable = undefined;
    wire.drop();
    await pulled?.pull();
  }

  await replug();
  return {
    path,
    slips: () => slips,
    nextSlip() {
      const slip = slips[handedOut];
      if (slip === undefined) return new Promise((resolve) => waiting.push(resolve));
      handedOut += 1;
      return Promise.resolve(slip);
    },
    setState: mechanism.setState,
    unplug,
    replug,
    async close() {
      await unplug();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Cable {
  readonly send: (bytes: readonly number[]) => void;
  readonly pull: () => Promise<void>;
}

async function plugIn(path: string, onBytes: (bytes: Buffer) => void): Promise<Cable> {
  const socat = spawn('socat', [`PTY,raw,echo=0,link=${path}`, 'STDIO'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = once(socat, 'error').then(([error]) => {
    throw new Error(`The stand-in printer needs socat (apt-get install socat): ${String(error)}`);
  });
  const exited = once(socat, 'exit');
  const holder = await Promise.race([holdOpen(path, socat), failed]);
  socat.stdout.on('data', onBytes);
  // Written to after the cable was pulled: what a real line does with it too is lose it.
  socat.stdin.on('error', () => {});
  return {
    send: (bytes) => void socat.stdin.write(Buffer.from(bytes)),
    async pull() {
      closeSync(holder);
      socat.kill();
      await exited;
    },
  };
}

// socat ends when the last user of the port closes it, as an agent does that reconnects; so one stays.
async function holdOpen(path: string, socat: ChildProcessByStdio<Writable, Readable, null>): Promise<number> {
  while (socat.exitCode === null) {
    try {
      return openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  }
  throw new Error(`socat could not make a pseudo-terminal at ${path}`);
}

/** A pseudo-terminal takes any baud rate and moves bytes at once; this gives them the time that a line takes. */
function createWire(baudRate: number, receive: (byte: number) => void) {
  const msPerByte = 10_000 / baudRate;
  let onWire: number[] = [];
  let arrivedAtMs = 0;
  let ticking: NodeJS.Timeout | undefined;

  function tick(): void {
    const nowMs = performance.now();
    while (onWire.length > 0 && arrivedAtMs + msPerByte <= nowMs) {
      arrivedAtMs += msPerByte;
      receive(onWire.shift() ?? 0);
    }
    ticking = onWire.length === 0 ? undefined : setTimeout(tick, TICK_MS);
  }

  return {
    push(bytes: Buffer): void {
      if (onWire.length === 0) arrivedAtMs = performance.now();
      onWire.push(...bytes);
      ticking ??= setTimeout(tick, TICK_MS);
    },
    drop(): void {
      onWire = [];
      clearTimeout(ticking);
      ticking = undefined;
    },
  };
}
