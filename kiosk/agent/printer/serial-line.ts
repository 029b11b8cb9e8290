import { SerialPort } from 'serialport';

/** An open serial line, 8 data bits, no parity, 1 stop bit. */
export interface SerialLine {
  /** Queues bytes. A failure shows as `closed`. */
  readonly write: (bytes: Uint8Array) => void;
  readonly onBytes: (listener: (bytes: Uint8Array) => void) => void;
  /** Resolves once, when the line is closed from either side. Never rejects. */
  readonly closed: Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a line; rejects where the path cannot be opened. */
export type OpenPort = (path: string, baudRate: number) => Promise<SerialLine>;

/** OpenPort over a real serial port (COM3, /dev/ttyUSB0, a pseudo-terminal). */
export const openSerialPort: OpenPort = async (path, baudRate) => {
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error === null ? resolve() : reject(error)));
  });
  const { promise: closed, resolve: markClosed } = Promise.withResolvers<void>();
  port.once('close', () => markClosed());
  const shut = () => {
    // Failing to close leaves nothing to wait for either.
    if (port.isOpen && !port.closing) port.close(() => markClosed());
  };
  // A failed write is reported as `error` and leaves the port open: a line that lost bytes is of no use.
  port.on('error', shut);
  return {
    write(bytes) {
      if (port.isOpen) port.write(Buffer.from(bytes));
    },
    onBytes: (listener) => void port.on('data', listener),
    closed,
    async close() {
      shut();
      await closed;
    },
  };
};
