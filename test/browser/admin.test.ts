import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { midnightOf } from '#domain/time.ts';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { startLiveHall, type LiveHall } from '#test/support/live-hall.ts';

const NINE = midnightOf('2026-11-23', 'Asia/Shanghai') + 9 * 3_600_000;
const DESK = { width: 1366, height: 768 };
const PASSWORD = 'admin-password';
const REFERENCE_HALL = join(import.meta.dirname, '../../hall-server/reference-hall');

let browser: Browser;
let hall: LiveHall;

beforeAll(async () => {
  browser = await launchBrowser();
  hall = await startLiveHall(aCatalogue(), NINE);
  const roles = ['admin', 'manager'] as const;
  await hall.server.clerks.create({ login: 'admin', name: 'admin', roles, password: PASSWORD });
});

afterAll(async () => {
  await browser.close();
  await hall.close();
});

/** The administration in a browser of its own, signed in. */
async function openAdmin(section: string) {
  const { code } = hall.server.devices.createCode('display', 'office');
  const opened = await openPage(browser, `${hall.server.url}/enrol/?next=/admin/%23${section}`, DESK);
  await opened.page.keyboard.type(code);
  await opened.page.keyboard.press('Enter');
  await opened.page.getByLabel('用户名').fill('admin');
  await opened.page.getByLabel('密码').fill(PASSWORD);
  await opened.page.keyboard.press('Enter');
  await opened.page.getByRole('navigation').waitFor();
  return opened;
}

const confirm = (page: Page, name: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

test('a code is told once, lets one browser in, and the device can be shut out again', async () => {
  const { page, complaints, close } = await openAdmin('devices');
  await page.getByRole('button', { name: '登记新设备' }).click();
  await page.getByLabel('设备名称').fill('east display');
  await page.getByRole('button', { name: '生成登记码' }).click();
  const code = (await page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/).textContent()) ?? '';

  const television = await openPage(browser, `${hall.server.url}/enrol/`, { width: 1920, height: 1080 });
  await television.page.keyboard.type(code);
  await television.page.keyboard.press('Enter');
  await television.page.getByText('east display 已登记').waitFor();
  await television.close();

  const again = await openPage(browser, `${hall.server.url}/enrol/`, DESK);
  await again.page.keyboard.type(code);
  await again.page.keyboard.press('Enter');
  await again.page.getByText('登记码不对或已用过').waitFor();
  await again.close();

  const row = page.getByRole('row', { name: 'east display' });
  await row.getByRole('button', { name: '停用' }).click();
  await confirm(page, '停用');
  await row.waitFor({ state: 'detached' });
  const device = hall.server.devices.list().find(({ name }) => name === 'east display');
  expect(device?.revokedAt).toBeDefined();
  expect(complaints).toEqual([]);
  await close();
});

test('a catalogue with one bad line changes nothing and is told by file and row; mended, it is put in force', async () => {
  const { page, close } = await openAdmin('catalogue');
  const files = readdirSync(REFERENCE_HALL)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ name, mimeType: 'text/csv', buffer: readFileSync(join(REFERENCE_HALL, name)) }));
  const spoilt = files.map((file) =>
    file.name === 'zones.csv'
      ? { ...file, buffer: Buffer.from(file.buffer.toString('utf8').replace(',1F,2', ',1F,second')) }
      : file,
  );
  await page.setInputFiles('input[type=file]', spoilt);
  await page.getByRole('button', { name: '导入业务目录' }).click();
  const problem = page.getByRole('row', { name: /^zones\.csv 3 sort/ });
  await problem.waitFor();
  expect(hall.server.catalogues.list()).toHaveLength(1);

  await page.setInputFiles('input[type=file]', files);
  await page.getByRole('button', { name: '导入业务目录' }).click();
  await page.getByText(/已存为第 2 版：9 个区域、63 个单位/).waitFor();
  const inForce = (): Promise<number | undefined> =>
    hall.server.writer.settled((settled) => settled.catalogue?.version);
  expect(await inForce()).toBe(1);
  await page.getByRole('status').getByRole('button', { name: '启用' }).click();
  await confirm(page, '启用');
  await page.getByRole('row', { name: '2' }).getByText('正在使用').waitFor();
  expect(await inForce()).toBe(2);
  await close();
});

test('a new clerk can sign in, and the day is opened ahead', async () => {
  const { page, complaints, close } = await openAdmin('clerks');
  await page.getByRole('button', { name: '新增人员' }).click();
  await page.getByLabel('姓名', { exact: true }).fill('A12');
  await page.getByRole('textbox', { name: '用户名' }).fill('clerk-a12');
  await page.getByLabel('初始密码').fill('short');
  await page.getByRole('button', { name: '新增人员' }).click();
  await page.getByText('密码至少 8 位', { exact: true }).waitFor();
  await page.getByLabel('初始密码').fill('long-enough');
  await page.getByRole('button', { name: '新增人员' }).click();
  await page.getByRole('row', { name: 'clerk-a12' }).waitFor();
  const signedIn = await fetch(`${hall.server.url}/api/v1/queries/session.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-device-token': hall.enrol('caller') },
    body: JSON.stringify({ payload: { login: 'clerk-a12', password: 'long-enough' } }),
  });
  expect(await signedIn.json()).toMatchObject({ ok: true, answer: { name: 'A12', roles: ['clerk'] } });

  await page.getByRole('link', { name: '业务日' }).click();
  await page.getByRole('button', { name: '开启', exact: true }).click();
  await confirm(page, '开启');
  await page.getByText('2026-11-24').first().waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await hall.server.writer.settled((settled) => settled.next?.businessDate)).toBe('2026-11-24');
  expect(complaints).toEqual([]);
  await close();
});
