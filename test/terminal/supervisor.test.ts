import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFakeHall, TOKEN, type FakeHall } from '../support/fake-hall.ts';
import { root } from '../support/source-tree.ts';
import { aPagesDir } from '../support/terminal.ts';

const pagesDir = aPagesDir(['kiosk', 'caller', 'sign', 'reception']);
const folder = mkdtempSync(join(tmpdir(), 'tinghao-agent-'));
let hall: FakeHall;
let child: ChildProcess | undefined;

beforeAll(async () => {
  hall = await createFakeHall();
});
afterEach(() => void child?.kill('SIGKILL'));
afterAll(async () => {
  await hall.close();
  pagesDir.remove();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (more: Record<string, string> = {}) => ({
  ...process.env,
  TINGHAO_HALL_URL: hall.url,
  TINGHAO_TOKEN_FILE: join(folder, 'token.json'),
  TINGHAO_PAGES_DIR: pagesDir.path,
  TINGHAO_PORT: '0',
  ...more,
});

interface EntryMessage {
  readonly kind: string;
  readonly url: string;
}
const nextMessage = async (process_: ChildProcess): Promise<EntryMessage> => {
  const [message] = (await once(process_, 'message')) as [EntryMessage];
  return message;
};

describe.each([
  ['kiosk/agent/main.ts', '/kiosk/'],
  ['caller-display/agent/main.ts', '/caller/'],
])('%s as a process', (main, page) => {
  const supervise = (more: Record<string, string> = {}) =>
    fork(join(root, main), { env: environment(more), cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });

  it('says which setting is missing, and ends', async () => {
    child = spawn(process.execPath, [join(root, main)], {
      env: environment({ TINGHAO_HALL_URL: '' }),
      cwd: folder,
    });
    let complaint = '';
    child.stderr?.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
    const [code] = await once(child, 'close');
    expect([code, complaint]).toEqual([78, expect.stringContaining('Setting hallUrl (TINGHAO_HALL_URL): ')]);
  });

  it('enrols at its first start, and gives its supervisor as many entries as it asks for', async () => {
    rmSync(join(folder, 'token.json'), { force: true });
    hall.http.set('/api/v1/devices/enrol', { deviceId: 'device-1', token: TOKEN, kind: 'kiosk' });
    child = supervise({ TINGHAO_ENROLMENT_CODE: 'CODE-1234' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => (output += bytes.toString()));
    const first = await nextMessage(child);
    child.send({ kind: 'mint' });
    const second = await nextMessage(child);
    expect(new Set([first.url, second.url]).size).toBe(2);
    for (const { url } of [first, second]) {
      const reply = await fetch(url, { redirect: 'manual' });
      expect([reply.status, reply.headers.get('location')]).toEqual([303, page]);
    }
    expect(statSync(join(folder, 'token.json')).mode & 0o777).toBe(0o600);
    expect(output).not.toContain('token=');
    expect(output).not.toContain(TOKEN);
  });

  it('ends when its supervisor is gone', async () => {
    child = supervise();
    await nextMessage(child);
    const ended = once(child, 'exit');
    child.disconnect();
    expect((await ended)[0]).toBe(0);
  });

  it('started by hand says its entry on stdout', async () => {
    child = spawn(process.execPath, [join(root, main)], { env: environment(), cwd: folder });
    const [bytes] = (await once(child.stdout!, 'data')) as [Buffer];
    const { url } = JSON.parse(bytes.toString()) as EntryMessage;
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});
