import WebSocket from 'ws';

/**
 * A Socket.IO client of few instructions, so that the load generator is not what is measured: it speaks the text packets of
 * Engine.IO 4 and Socket.IO 5 over one websocket. The control and the hall are loaded with the same client.
 */
export interface BenchClient {
  ask(event: string, body: unknown): Promise<unknown>;
  onMessage(listen: (event: string, body: unknown, receivedMs: number) => void): void;
  close(): void;
}

export function connectClient(url: string, auth: object): Promise<BenchClient> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    const waiting = new Map<number, (answer: unknown) => void>();
    let nextId = 0;
    let listener: ((event: string, body: unknown, receivedMs: number) => void) | undefined;

    const client: BenchClient = {
      ask: (event, body) =>
        new Promise((answer) => {
          const id = nextId;
          nextId += 1;
          waiting.set(id, answer);
          socket.send(`42${id}${JSON.stringify([event, body])}`);
        }),
      onMessage: (listen) => {
        listener = listen;
      },
      close: () => {
        socket.close();
      },
    };
    socket.on('message', (raw: Buffer) => {
      const text = raw.toString('utf8');
      if (text.startsWith('43')) {
        const bracket = text.indexOf('[');
        const id = Number(text.slice(2, bracket));
        const [answer] = JSON.parse(text.slice(bracket)) as [unknown];
        waiting.get(id)?.(answer);
        waiting.delete(id);
      } else if (text.startsWith('42')) {
        if (!listener) return;
        const receivedMs = performance.now();
        const [event, body] = JSON.parse(text.slice(2)) as [string, unknown];
        listener(event, body, receivedMs);
      } else if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
      else if (text.startsWith('40')) resolve(client);
      else if (text.startsWith('44')) reject(new Error(`refused: ${text}`));
    });
    socket.on('error', reject);
  });
}
