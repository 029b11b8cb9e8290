import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import type { CommandAnswer } from '#protocol/wire.ts';
import { openClient } from '#test/support/hall-client.ts';
import { aDataDir, startHall } from '#test/support/hall-server.ts';
import { createFaultyDisk } from '#test/support/journal-faults.ts';
import { openLine } from '#test/support/raw-line.ts';
import { aPagesDir } from '#test/support/terminal.ts';
import { turns } from '#test/support/virtual-time.ts';

const take = (visitKey = 'v'.repeat(22)) => ({
  serviceId: 'deeds',
  classId: 'ordinary',
  language: 'zh',
  visitKey,
});

describe('a stop in good order', () => {
  it('answers the commands in hand, then closes; what comes later is told that it is stopping or finds nobody', async () => {
    const disk = createFaultyDisk();
    const hall = await startHall(disk);
    const kiosk = await hall.connect('kiosk');
    const gate = disk.shut();
    const inHand = kiosk.send('ticket.take', take(), { commandId: 'take-1' });
    await gate.waiting;
    const queued = kiosk.send('ticket.take', take(), { commandId: 'take-2' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopping = hall.server.close();
    const late = kiosk.send('ticket.take', take(), { commandId: 'take-3' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await turns(20);
    gate.open();
    expect(await inHand).toMatchObject({ ok: true, answer: { number: 'A001' } });
    expect(await queued).toMatchObject({ ok: true, answer: { number: 'A002' } });
    expect(await late).toEqual({ ok: false, code: 'server-stopping', retryable: true });
    await stopping;
    await kiosk.ended;
    const later = await hall.restart({ wrapJournal: (journal) => journal });
    expect(await later.server.writer.settled(({ current }) => current?.totals.issued)).toBe(2);
  });

  it('is not held up by a client that never ends its request, nor by one that is silent', async () => {
    const hall = await startHall();
    const [half, silent] = [await openLine(hall.url), await openLine(hall.url)];
    half.write(
      'POST /api/v1/commands/ticket.take HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{',
    );
    silent.write('GET /healthz HTTP/1.1\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopping = hall.server.close();
    await hall.time.advance(1_000);
    await stopping;
    await Promise.all([half.closed, silent.closed]);
  });

  it('may be asked for twice', async () => {
    const hall = await startHall();
    await Promise.all([hall.server.close(), hall.server.close()]);
  });
});

/** The real process on a port of its own, and how to speak to it. */
async function spawnHall(
  dataDir: string,
): Promise<{ child: ChildProcess; url: string; token: string; exited: Promise<number | string> }> {
  const pages = aPagesDir([]);
  const child = spawn(process.execPath, ['test/support/hall-process.ts'], {
    env: {
      ...process.env,
      TINGHAO_DATA_DIR: dataDir,
      TINGHAO_PORT: '0',
      TINGHAO_HOST: '127.0.0.1',
      TINGHAO_PAGES_DIR: pages.path,
      TINGHAO_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | string>(
    (resolve) => void child.on('exit', (code, signal) => resolve(signal ?? code ?? 'unknown')),
  );
  void exited.then(() => pages.remove());
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"url"'))
      return { child, exited, ...(JSON.parse(line) as { url: string; token: string }) };
  }
  throw new Error(`the hall did not open: ${await exited}`);
}

describe('the process', () => {
  it('ends with 0 when it is told to, with clients connected and commands under way', async () => {
    const { child, url, token, exited } = await spawnHall(aDataDir());
    const client = await openClient(url, token);
    const answers = Array.from({ length: 50 }, () => client.send('ticket.take', take()));
    await answers[0];
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    client.close();
  });

  it('killed under load: whatever was answered is there, whatever was not is there wholly or not at all', async () => {
    const dataDir = aDataDir();
    const answered = new Map<string, CommandAnswer>();
    const sent: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { child, url, token, exited } = await spawnHall(dataDir);
      const client = await openClient(url, token);
      for (const [commandId, answer] of answered)
        expect(await client.send('ticket.take', take(), { commandId })).toEqual(answer);
      let running = true;
      const load = Array.from({ length: 8 }, async (_, worker) => {
        for (let i = 0; running; i += 1) {
          const commandId = `take-${round}-${worker}-${i}`;
          sent.push(commandId);
          const answer = await Promise.race([
            client.send('ticket.take', take(), { commandId }),
            client.ended,
          ]);
          if (typeof answer === 'string') return;
          answered.set(commandId, answer);
          if (answered.size >= (round + 1) * 150) running = false;
        }
      });
      while (answered.size < (round + 1) * 150 - 20) await new Promise((resolve) => setTimeout(resolve, 2));
      child.kill('SIGKILL');
      expect(await exited).toBe('SIGKILL');
      running = false;
      await Promise.all(load);
      client.close();
    }
    const { child, url, token, exited } = await spawnHall(dataDir);
    const client = await openClient(url, token);
    const numbers = new Set<unknown>();
    for (const commandId of sent) {
      const answer = await client.send('ticket.take', take(), { commandId });
      expect(answer.ok).toBe(true);
      if (answered.has(commandId)) expect(answer).toEqual(answered.get(commandId));
      numbers.add(answer.ok && answer.answer['number']);
    }
    expect(numbers.size).toBe(sent.length);
    client.close();
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    const { default: Database } = await import('better-sqlite3');
    const { verifyLog } = await import('#hall-server/journal/sqlite/verify.ts');
    const db = new Database(`${dataDir}/hall.sqlite`, { readonly: true });
    expect(verifyLog(db).findings).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM ticket').pluck().get()).toBe(sent.length);
    db.close();
  });

  it('does not open on settings that are wrong, and says which', async () => {
    const child = spawn(process.execPath, ['hall-server/main.ts'], {
      env: { ...process.env, TINGHAO_PORT: 'http' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
    const code = await new Promise((resolve) => void child.on('close', resolve));
    expect(code).not.toBe(0);
    expect(errors).toContain('port (TINGHAO_PORT): a port is a number from 0 to 65535');
  });
});
