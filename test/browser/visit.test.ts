import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { midnightOf } from '#domain/time.ts';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { startLiveHall, type LiveHall } from '#test/support/live-hall.ts';

const NINE = midnightOf('2026-11-23', 'Asia/Shanghai') + 9 * 3_600_000;
const PHONE = { width: 390, height: 844, hasTouch: true };
const KEY = 'k'.repeat(22);
const CLERK = { role: 'clerk', clerk: 'clerk-c1' } as const;

let browser: Browser;
let hall: LiveHall;

beforeAll(async () => {
  browser = await launchBrowser();
  hall = await startLiveHall(aCatalogue(), NINE);
});

afterAll(async () => {
  await browser.close();
  await hall.close();
});

const seenRevision = async (): Promise<number> =>
  (await hall.server.writer.settled(({ countersById }) => countersById.get('c1')?.revision)) ?? 0;

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id }) => id);
}

test('a phone follows its number to the counter, in both languages, and says when it no longer does', async () => {
  const payload = { serviceId: 'deeds', classId: 'ordinary', language: 'zh', visitKey: KEY } as const;
  expect(await hall.send('ticket.take', payload, { role: 'kiosk' })).toMatchObject({ ok: true });
  const outside: string[] = [];
  const { page, complaints, close } = await openPage(
    browser,
    `${hall.server.url}/v/${KEY}`,
    PHONE,
    async (opened) => {
      await opened.clock.install({ time: NINE });
      opened.on('request', (request) => {
        if (!request.url().startsWith(hall.server.url)) outside.push(request.url());
      });
    },
  );
  await page.getByRole('button', { name: '中文' }).tap();
  await page.getByText('本业务前面没有人了').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('A001');
  expect(await page.locator('.facts').textContent()).toContain('综合区 · 1F');

  await hall.send('counter.open', { counterId: 'c1' }, CLERK);
  const call = { counterId: 'c1', seenRevision: await seenRevision() };
  expect(await hall.send('ticket.callNext', call, CLERK)).toMatchObject({ ok: true });
  await page.clock.fastForward(5_000);
  await page.getByText('请现在前往').waitFor();
  const label = aCatalogue().counters.find(({ id }) => id === 'c1')!.label;
  expect(await page.locator('.call .label').textContent()).toBe(label);
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'English' }).tap();
  await page.getByText('Please go now to').waitFor();
  expect(await page.locator('.call').textContent()).toContain('Counter');

  await page.route('**/api/v1/visits/**', (route) => route.abort());
  await page.clock.fastForward(16_000);
  await page.getByText(/This page stopped at 09:\d\d/).waitFor();
  expect(complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
  expect(outside).toEqual([]);
  expect(
    await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length),
  ).toBe(0);
  await close();
});

test('a handle that the hall does not know gets plain words and a way on', async () => {
  const { page, close } = await openPage(browser, `${hall.server.url}/v/${'x'.repeat(22)}`, PHONE);
  await page.getByRole('button', { name: '中文' }).tap();
  await page.getByText('查不到这个号码').waitFor();
  expect(await page.locator('main').textContent()).toContain('没有手机也不影响办理');
  expect(await violations(page)).toEqual([]);
  await close();
});
