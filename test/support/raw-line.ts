import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { PROTOCOL_VERSION } from '#protocol/wire.ts';

/** A line to the server's port on which anything can be written. */
export interface RawLine {
  /** Everything that came back, as text. */
  readonly heard: () => string;
  readonly closed: Promise<void>;
  write(bytes: string | Buffer): void;
  /** Resolves when what came back has `text` in it. */
  until(text: string): Promise<void>;
  end(): void;
}

export async function openLine(url: string): Promise<RawLine> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  const listeners = new Set<() => void>();
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    heard += chunk;
    // A close frame is answered by going: the server would wait half a minute for ours.
    if (/\x88(?:\x00|\x02..)$/su.test(chunk)) socket.end();
    for (const listener of listeners) listener();
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.on('close', () => resolve()));
  await new Promise<void>((resolve) => void socket.on('connect', () => resolve()));
  return {
    heard: () => heard,
    closed,
    write: (bytes) => void socket.write(bytes),
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!heard.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    end: () => void socket.destroy(),
  };
}

/** A web socket by hand: frames that no library would send, and several of them in one piece. */
export async function openRawSocket(url: string, token: string): Promise<RawLine> {
  const line = await openLine(url);
  line.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${new URL(url).host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
      '\r\n',
    ].join('\r\n'),
  );
  await line.until('"sid"');
  line.write(textFrame(`40${JSON.stringify({ protocol: PROTOCOL_VERSION, token })}`));
  await line.until('40{"sid"');
  return line;
}

export const textFrame = (text: string): Buffer => frame(0x1, Buffer.from(text));
export const binaryFrame = (bytes: Buffer): Buffer => frame(0x2, bytes);

/** One final frame, masked by zeros: the mask then changes nothing. */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length])
      : length < 65_536
        ? Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | 126]), beginning(length, 2)])
        : Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | 127]), beginning(length, 8)]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

function beginning(length: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(length, Math.max(0, bytes - 6), Math.min(6, bytes));
  return buffer;
}

/** A command with an acknowledgement, as Socket.IO writes it. */
export const commandFrame = (id: number, body: unknown): Buffer =>
  textFrame(`42${id}${JSON.stringify(['command', body])}`);
