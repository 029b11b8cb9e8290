/** What is wrong with the mechanism: 'recoverable' goes away by itself or by opening the cover. */
export type PrinterError = 'none' | 'cutter' | 'recoverable' | 'fatal';

/** What a printer last said of itself. */
export type PrinterStatus =
  | { readonly state: 'starting' }
  /** No answer: cable out, power off, port missing. */
  | { readonly state: 'gone' }
  | {
      readonly state: 'answering';
      readonly online: boolean;
      /** 'near-end': still prints; somebody should bring a roll. */
      readonly paper: 'ok' | 'near-end' | 'out';
      readonly coverOpen: boolean;
      readonly error: PrinterError;
    };

/** Why a slip does not count as printed. */
export type NotPrintedReason =
  | 'paper-out'
  | 'cover-open'
  | 'printer-error'
  | 'offline'
  | 'gone'
  /** Answers and claims to be well, but never said that it had worked through the bytes. */
  | 'unconfirmed'
  /** close() came first. */
  | 'closed';

/** The parts of DLE EOT n that are asked: printer, cause of offline, cause of error, roll paper. */
export const STATUS_PARTS = [1, 2, 3, 4] as const;

/** Asks for part n. Answered at once, even offline or with a full buffer. */
export function statusRequest(part: number): Uint8Array {
  return Uint8Array.of(0x10, 0x04, part);
}

/** Bits 0, 1, 4 and 7 of each DLE EOT answer are fixed: 0xx1xx10. */
export function isStatusByte(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

/**
 * GS r 1: unlike DLE EOT it is answered in its turn, when all bytes before it are printed and cut. A DLE EOT right
 * after the last byte would only say that the printer was well while the slip still lay in its buffer.
 */
export const CONFIRMATION_REQUEST = Uint8Array.of(0x1d, 0x72, 0x01);

/** The GS r answer uses bits 0 to 3 only, so it is never taken for a DLE EOT answer, nor for XON or XOFF. */
export function isConfirmationByte(byte: number): boolean {
  return (byte & 0xf0) === 0;
}

/**
 * DLE DC4 8: throws away what is in the printer's buffers. Otherwise a printer that got new paper would go on
 * with the rest of a slip that was reported as not printed, and answer its confirmation during the next one.
 */
export const CLEAR_BUFFERS = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);

/** Decodes the answers to DLE EOT 1, 2, 3, 4, in that order. */
export function decodeStatus([printer, cause, error, paper]: readonly [
  number,
  number,
  number,
  number,
]): PrinterStatus {
  return {
    state: 'answering',
    online: (printer & 0x08) === 0,
    // Bit 5 of part 2 is set by models without a sensor at the end of the roll, where part 4 stays silent.
    paper: (paper & 0x60) !== 0 || (cause & 0x20) !== 0 ? 'out' : (paper & 0x0c) !== 0 ? 'near-end' : 'ok',
    coverOpen: (cause & 0x04) !== 0,
    error: decodeError(cause, error),
  };
}

function decodeError(cause: number, error: number): PrinterError {
  if ((error & 0x20) !== 0) return 'fatal';
  if ((error & 0x08) !== 0) return 'cutter';
  return (error & 0x44) !== 0 || (cause & 0x40) !== 0 ? 'recoverable' : 'none';
}

/** Why nothing can be printed now; undefined where it can. */
export function obstacle(status: PrinterStatus): NotPrintedReason | undefined {
  if (status.state !== 'answering') return 'gone';
  if (status.paper === 'out') return 'paper-out';
  if (status.coverOpen) return 'cover-open';
  if (status.error !== 'none') return 'printer-error';
  return status.online ? undefined : 'offline';
}

export function isSameStatus(left: PrinterStatus, right: PrinterStatus): boolean {
  if (left.state !== 'answering' || right.state !== 'answering') return left.state === right.state;
  return (
    left.online === right.online &&
    left.paper === right.paper &&
    left.coverOpen === right.coverOpen &&
    left.error === right.error
  );
}
