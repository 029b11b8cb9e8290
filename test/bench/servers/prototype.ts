import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';
import { benchOptions } from './options.ts';
import { waitForDisk } from './slow-sync.ts';

// The control: a grouped commit of one row a command and a bare acknowledgement. No rules, no identity, no feeds.
const { folder, syncDelayMs, broadcast } = benchOptions(process.argv[2]);
const db = new Database(`${folder}/prototype.sqlite`);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE event (revision INTEGER PRIMARY KEY, row TEXT NOT NULL)');
const insert = db.prepare('INSERT INTO event (revision, row) VALUES (?, ?)');

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
let revision = 0;
let waiting: { row: string; acknowledge: (answer: object) => void }[] = [];

const commit = db.transaction((rows: typeof waiting) => {
  for (const { row } of rows) insert.run((revision += 1), row);
});

function drain(): void {
  const batch = waiting;
  waiting = [];
  commit.immediate(batch);
  waitForDisk(syncDelayMs);
  for (const { acknowledge } of batch) acknowledge({ ok: true, revision });
  if (broadcast) io.emit('feed', { upTo: revision, entries: {} });
}

io.on('connection', (socket) => {
  socket.on('command', (body: unknown, acknowledge: (answer: object) => void) => {
    if (waiting.length === 0) setImmediate(drain);
    waiting.push({ row: JSON.stringify(body), acknowledge });
  });
  socket.on('emit', (size: number, acknowledge: (answer: object) => void) => {
    acknowledge({ ok: true });
    io.emit('feed', { upTo: revision, filler: 'x'.repeat(size) });
  });
});
http.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }));
});
