import {
  CLEAR_BUFFERS,
  CONFIRMATION_REQUEST,
  decodeStatus,
  isConfirmationByte,
  isStatusByte,
  type NotPrintedReason,
  obstacle,
  type PrinterStatus,
  STATUS_PARTS,
  statusRequest,
} from './printer-status.ts';
import type { SerialLine } from './serial-line.ts';
import type { Timers } from './timers.ts';

/** A printer that is silent this long to a question is gone. With the pause between polls: found within 3 s. */
export const ANSWER_WITHIN_MS = 1000;
/** From the last byte on the wire to the confirmation: 25 cm of paper take 5 s at 50 mm/s. */
export const CONFIRM_WITHIN_MS = 10_000;
const CONFIRM_POLL_MS = 100;
const GONE: PrinterStatus = { state: 'gone' };

/** The talk with a printer over one open line. Its calls must not overlap. */
export interface PrinterLink {
  /** Asks for the whole status; 'gone' after ANSWER_WITHIN_MS of silence or when the line closes. */
  readonly poll: () => Promise<PrinterStatus>;
  /** Sends a job and follows it to its end. undefined: printed, cut, and the printer is well. */
  readonly send: (
    bytes: Uint8Array,
    onStatus: (status: PrinterStatus) => void,
  ) => Promise<NotPrintedReason | undefined>;
  /** Empties the printer's buffers. */
  readonly clear: () => void;
}

export function createPrinterLink(line: SerialLine, baudRate: number, timers: Timers): PrinterLink {
  let takeStatusByte: ((byte: number | undefined) => void) | undefined;
  let confirmed = false;
  let isClosed = false;
  /** When the last byte handed to the line will have left it. */
  let wireFreeAtMs = 0;

  line.onBytes((bytes) => {
    for (const byte of bytes) {
      if (isStatusByte(byte)) takeStatusByte?.(byte);
      else if (isConfirmationByte(byte)) confirmed = true;
    }
  });
  void line.closed.then(() => {
    isClosed = true;
    takeStatusByte?.(undefined);
  });

  // drain() is not asked: it returns at once on pseudo-terminals, and USB adapters buffer behind its back. The
  // byte count knows better (a byte is 10 bits on the wire).
  function write(bytes: Uint8Array): void {
    wireFreeAtMs = Math.max(wireFreeAtMs, timers.nowMs()) + (bytes.length * 10_000) / baudRate;
    line.write(bytes);
  }

  function ask(part: number): Promise<number | undefined> {
    if (isClosed) return Promise.resolve(undefined);
    write(statusRequest(part));
    return new Promise((resolve) => {
      const answer = (byte: number | undefined) => {
        cancel();
        takeStatusByte = undefined;
        resolve(byte);
      };
      const cancel = timers.after(wireFreeAtMs - timers.nowMs() + ANSWER_WITHIN_MS, () => answer(undefined));
      takeStatusByte = answer;
    });
  }

  async function poll(): Promise<PrinterStatus> {
    const answers: number[] = [];
    // One question at a time: the four answers look alike.
    for (const part of STATUS_PARTS) {
      const byte = await ask(part);
      if (byte === undefined) return GONE;
      answers.push(byte);
    }
    const [printer = 0, cause = 0, error = 0, paper = 0] = answers;
    return decodeStatus([printer, cause, error, paper]);
  }

  async function send(bytes: Uint8Array, onStatus: (status: PrinterStatus) => void) {
    confirmed = false;
    write(bytes);
    write(CONFIRMATION_REQUEST);
    const giveUpAtMs = wireFreeAtMs + CONFIRM_WITHIN_MS;
    for (;;) {
      const wasConfirmed = confirmed;
      const status = await poll();
      onStatus(status);
      const reason = obstacle(status);
      if (reason !== undefined || wasConfirmed) return reason;
      if (timers.nowMs() > giveUpAtMs) return 'unconfirmed';
      await new Promise<void>((resolve) => timers.after(CONFIRM_POLL_MS, resolve));
    }
  }

  return { poll, send, clear: () => write(CLEAR_BUFFERS) };
}
