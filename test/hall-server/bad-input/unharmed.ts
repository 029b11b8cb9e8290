import { expect } from 'vitest';
import { askHttp, type HallClient } from '#test/support/hall-client.ts';
import type { TestHall } from '#test/support/hall-server.ts';

export const KB = 1024;

/** A command that is accepted. */
export const take = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: 'v'.repeat(22) };

export const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Whatever happened: nothing is changed, and the next good command is carried out, on the same connection and on a new one. */
export async function expectUnharmed(hall: TestHall, revision: number, client?: HallClient): Promise<void> {
  expect(await hall.revision()).toBe(revision);
  const again = await hall.connect('kiosk');
  for (const kiosk of client ? [client, again] : [again]) {
    expect(await kiosk.send('ticket.take', take)).toMatchObject({ ok: true });
  }
  expect(await hall.revision()).toBe(revision + (client ? 2 : 1));
  expect((await askHttp(hall.url, '/healthz')).body).toEqual({ ok: true });
}
