import type { OpenPort, SerialLine } from '#kiosk/agent/printer/serial-line.ts';
import { createMechanism } from '#kiosk/stand-in-printer/printer-mechanism.ts';

/** A printer's mechanism behind a line without time: bytes arrive at once. For tests that move time by hand. */
export function createFakeLine() {
  const slips: Buffer[] = [];
  const written: number[] = [];
  let listener = (_bytes: Uint8Array) => {};
  let open: { readonly close: () => void } | undefined;
  let isMissing = false;
  let opened = 0;
  const mechanism = createMechanism({
    onSlip: (slip) => slips.push(slip),
    answer: (bytes) => queueMicrotask(() => listener(Uint8Array.from(bytes))),
  });

  const openPort: OpenPort = () => {
    opened += 1;
    if (isMissing) return Promise.reject(new Error('no such port'));
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    open = { close: resolve };
    const line: SerialLine = {
      write(bytes) {
        written.push(...bytes);
        for (const byte of bytes) mechanism.receive(byte);
      },
      onBytes: (next) => void (listener = next),
      closed,
      close() {
        resolve();
        return closed;
      },
    };
    return Promise.resolve(line);
  };

  return {
    openPort,
    slips,
    written,
    setState: mechanism.setState,
    /** A byte out of nowhere, as noise or a late answer. */
    inject: (...bytes: number[]) => listener(Uint8Array.from(bytes)),
    opened: () => opened,
    unplug(): void {
      isMissing = true;
      open?.close();
    },
    replug: () => void (isMissing = false),
  };
}
