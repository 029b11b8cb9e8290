import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { midnightOf } from '#domain/time.ts';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { startLiveHall, type LiveHall } from '#test/support/live-hall.ts';

const NINE = midnightOf('2026-11-23', 'Asia/Shanghai') + 9 * 3_600_000;
const DESK = { width: 1366, height: 768 };
const PASSWORD = 'reception-password';

let browser: Browser;
let hall: LiveHall;

beforeAll(async () => {
  browser = await launchBrowser();
  hall = await startLiveHall(aCatalogue(), NINE);
  await hall.server.clerks.create({ login: 'desk', name: 'desk', roles: ['reception'], password: PASSWORD });
});

afterAll(async () => {
  await browser.close();
  await hall.close();
});

const issued = (): Promise<number | undefined> =>
  hall.server.writer.settled((settled) => settled.current?.totals.issued);

test('a browser is enrolled and its person issues, looks up and cancels by keyboard alone', async () => {
  const { code } = hall.server.devices.createCode('reception', 'desk without a printer');
  const { page, complaints, close } = await openPage(
    browser,
    `${hall.server.url}/enrol/?next=/reception/`,
    DESK,
  );
  const keyboard = page.keyboard;

  await keyboard.type(code.toLowerCase());
  await keyboard.press('Enter');
  await page.waitForURL('**/reception/');

  await page.getByLabel('用户名').fill('desk');
  await page.getByLabel('密码').fill(PASSWORD);
  await keyboard.press('Enter');
  await page.getByRole('combobox').waitFor();

  // 'deeds' is the first of two services of that unit; the second Enter, held down, must not take two numbers.
  await keyboard.type('业务deeds');
  await keyboard.press('Enter');
  await page.getByRole('radio', { name: 'ordinary' }).waitFor();
  await page.getByRole('radio', { name: 'green' }).focus();
  await keyboard.press('Space');
  await keyboard.down('Enter');
  await keyboard.down('Enter');
  await keyboard.up('Enter');
  await page.getByText('已取号').waitFor();
  expect(await page.locator('.ticket [data-size="xl"]').textContent()).toBe('A001');
  expect(await page.locator('.ticket').textContent()).toContain('没有连接打印机');
  expect(await issued()).toBe(1);

  // The line has the focus again, its last word selected.
  await keyboard.type('a1');
  await keyboard.press('Enter');
  await page.getByText('查号结果').waitFor();
  await page.getByRole('button', { name: '作废' }).click();
  await page.getByRole('radio', { name: '取错业务' }).check();
  await page.getByRole('dialog').getByRole('button', { name: '作废', exact: true }).click();
  await page.getByText('已作废').waitFor();
  const cancelled = await hall.server.writer.settled((settled) => settled.current?.totals.cancelled);
  expect(cancelled).toBe(1);

  await keyboard.press('F2');
  await keyboard.type('a999');
  await keyboard.press('Enter');
  await page.getByText('查不到这个号').waitFor();
  expect(await page.getByText('A001').count()).toBe(1);
  expect(complaints).toEqual([]);
  await close();
});

test('somebody without the role is told so, and a reload keeps who has signed in', async () => {
  await hall.server.clerks.create({
    login: 'clerk',
    name: 'clerk-a12',
    roles: ['clerk'],
    password: PASSWORD,
  });
  const { code } = hall.server.devices.createCode('reception', 'second desk');
  const { page, close } = await openPage(browser, `${hall.server.url}/enrol/?next=/reception/`, DESK);
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.getByLabel('用户名').fill('clerk');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('clerk-a12 的账号不能使用这个页面').waitFor();
  await page.reload();
  await page.getByText('clerk-a12 的账号不能使用这个页面').waitFor();
  await page.getByRole('main').getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('用户名').waitFor();
  await page.reload();
  await page.getByLabel('用户名').waitFor();
  await close();
});
