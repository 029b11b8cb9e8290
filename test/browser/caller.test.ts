import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { midnightOf } from '#domain/time.ts';
import { launchBrowser, openPage, type OpenPage } from '#test/support/browser.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { startLiveHall, type LiveHall } from '#test/support/live-hall.ts';

const NINE = midnightOf('2026-11-23', 'Asia/Shanghai') + 9 * 3_600_000;
const PASSWORD = 'correct-horse-battery';

let hall: LiveHall;
let browser: Browser;

beforeAll(async () => {
  hall = await startLiveHall(aCatalogue(), NINE);
  for (const login of ['clerk-c1', 'clerk-c5', 'clerk-c6']) {
    await hall.server.clerks.create({ login, name: login, roles: ['clerk'], password: PASSWORD });
  }
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const openCaller = (): Promise<OpenPage> =>
  openPage(browser, `${hall.server.url}/caller/`, { width: 1280, height: 720 }, async (_page, context) => {
    await context.addCookies([{ name: 'tinghao_device', value: hall.enrol('caller'), url: hall.server.url }]);
  });

async function signIn(page: Page, login: string, counter: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('option', { name: counter, exact: true }).click();
  await page.getByRole('button', { name: '签到并开启窗口' }).click();
}

const take = (serviceId: string) =>
  hall.send(
    'ticket.take',
    { serviceId, classId: 'ordinary', language: 'zh', visitKey: 'k'.repeat(22) },
    { role: 'kiosk' },
  );

/** What has happened to the tickets at a counter, in the order of the log. */
const activeAt = (counterId: string) =>
  hall.server.writer.settled((state) => {
    const ticketId = state.countersById.get(counterId)?.activeTicketId ?? '';
    return state.current?.ticketsById.get(ticketId)?.number;
  });

test('a round by keyboard: call, start, finish and next; a double press calls once', async () => {
  const { page, complaints, close } = await openCaller();
  await signIn(page, 'clerk-c1', 'C1');
  await page.getByText('有人取号后会自动出现在这里').waitFor();

  for (const serviceId of ['deeds', 'deeds', 'fund']) await take(serviceId);
  await page.getByText('下一位 A001').waitFor();
  const next = page.getByRole('button', { name: /呼叫下一位/ });
  await next.dblclick();
  await page.getByText('请到 C1 窗口').waitFor();
  expect(await activeAt('c1')).toBe('A001');

  await page.keyboard.press('f');
  await page.getByText('请先开始办理').first().waitFor();
  await page.keyboard.press('s');
  await page.getByText('正在办理').waitFor();
  await page.keyboard.press('Space');
  await page.getByText('请到 C1 窗口').waitFor();
  expect(await activeAt('c1')).toBe('A002');

  await page.keyboard.press('r');
  await page.getByText('第 2 次').waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.keyboard.press('s');
  await page.getByText('正在办理').waitFor();
  await page.keyboard.press('h');
  await page.keyboard.press('2');
  await page.getByText('A002 已挂起').waitFor();
  await page.getByRole('tab', { name: /挂起 1/ }).click();
  await page.getByRole('button', { name: '恢复排队 A002' }).click();
  await page.getByText('A002 已回到原来的排队位置').waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('a reload keeps the seat; signing off gives it up', async () => {
  const { page, close } = await openCaller();
  await signIn(page, 'clerk-c5', 'C5');
  await page.getByText('现在没有人等候').first().waitFor();
  await page.reload();
  await page.getByText('现在没有人等候').first().waitFor();

  await page.getByRole('button', { name: '签退' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '签退' }).click();
  await page.getByText('本机上次使用的窗口').waitFor();
  const status = await hall.server.writer.settled((state) => state.countersById.get('c5')?.status);
  expect(status).toBe('closed');
  await close();
});

test('a wrong password and a counter of somebody else are explained', async () => {
  const { page, close } = await openCaller();
  await signIn(page, 'clerk-c6', 'C1', 'a-wrong-password');
  await page.getByText('账号或密码不对').waitFor();
  await signIn(page, 'clerk-c6', 'C1');
  await page.getByText('这个窗口已有人在岗').waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await signIn(page, 'clerk-c6', 'C6');
  await page.getByText('现在没有人等候').first().waitFor();
  await close();
});
