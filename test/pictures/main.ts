import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage, type PageSize } from '#test/support/browser.ts';
import { openLivelyHall, type LivelyHall } from './lively-hall.ts';

// npm run pictures: the screenshots of the README, from the demonstration on a busy morning.

const FOLDER = join(import.meta.dirname, '../../docs/pictures');
const KIOSK = { width: 1080, height: 1920, hasTouch: true };
const DESK = { width: 1366, height: 768 };
const TALL_DESK = { width: 1366, height: 1400 };
const WALL = { width: 1920, height: 1080 };
const PHONE = { width: 390, height: 844, hasTouch: true };
const PASSWORD = 'tinghao-demo';
/** After a call numbers flash for five seconds; then they stay highlighted. */
const FLASHES_MS = 5_500;
const SETTLED_MS = 1_200;

const hall = await openLivelyHall();
const browser = await launchBrowser();
try {
  mkdirSync(FOLDER, { recursive: true });
  await takePictures(hall, browser);
} finally {
  await browser.close();
  await hall.close();
}

async function takePictures(lively: LivelyHall, withBrowser: Browser): Promise<void> {
  const show: Show = async (url, size) => {
    // Pages without a feed go by their machine's clock, and the hall's is on another day.
    const time = await lively.now();
    const { page } = await openPage(withBrowser, new URL(url, lively.url).href, size, (fresh) =>
      fresh.clock.install({ time }),
    );
    return page;
  };
  // Screens on the wall first: their rows fill while the rest is being done.
  const displays = [
    ['display', await show('/display/', WALL)],
    ['display-en', await show('/display/?lang=en', WALL)],
  ] as const;
  await takeAtKiosk(await show(lively.linkTo('kiosk'), KIOSK));
  await deskPages(lively, show);
  await workAtCounter(lively, show, async () => {
    for (const [name, page] of displays) await save(page, name);
  });
  await save(await show('/board/', WALL), 'board');
  await save(await show('/board/?lang=en', WALL), 'board-en');
}

async function takeAtKiosk(page: Page): Promise<void> {
  const tiles = page.locator('.tile');
  await tiles.first().waitFor();
  await save(page, 'kiosk-home');
  const waiting = (await tiles.allInnerTexts()).map((text) => Number(/(\d+) 人等候/.exec(text)?.[1] ?? 0));
  const tile = tiles.nth(waiting.indexOf(Math.max(...waiting)));
  await page.getByRole('button', { name: 'English' }).tap();
  await save(page, 'kiosk-home-en');
  await page.getByRole('button', { name: '中文' }).tap();
  await page.waitForTimeout(SETTLED_MS);
  await tile.tap();
  await page.locator('.take').waitFor();
  await save(page, 'kiosk-confirm');
  await page.locator('.take').tap();
  await page.getByText('小票已打印').waitFor();
  await save(page, 'kiosk-number');
}

type Show = (url: string, size: PageSize) => Promise<Page>;

async function workAtCounter(
  lively: LivelyHall,
  show: Show,
  whileCalled: () => Promise<void>,
): Promise<void> {
  const counter = lively.idleCounter();
  const sign = await show(`/sign/?counter=${counter.id}`, WALL);
  const page = await show(lively.linkTo('caller'), DESK);
  await page.getByLabel('账号').fill(`clerk-${counter.id}`);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('option', { name: counter.label, exact: true }).click();
  await page.getByRole('button', { name: '签到并开启窗口' }).click();
  await page.getByText(/^下一位 [A-Z]+\d+/).waitFor();
  await page.keyboard.press('Space');
  await page.getByText(`请到 ${counter.label} 窗口`).waitFor();
  await save(page, 'caller-called');
  await sign.waitForTimeout(FLASHES_MS);
  await save(sign, 'sign');
  await whileCalled();
  await page.keyboard.press('s');
  await page.getByText('正在办理').first().waitFor();
  await save(page, 'caller-serving');
  await page.locator('.choice[lang="en"]').click();
  await save(page, 'caller-serving-en');
}

async function deskPages(lively: LivelyHall, show: Show): Promise<void> {
  const [slip = '/'] = await lively.slipAddresses();
  const phone = await show(new URL(slip).pathname, PHONE);
  await phone.getByRole('button', { name: '中文' }).tap();
  await save(phone, 'visit');
  await save(await show('/', TALL_DESK), 'start');
  await save(await show('/api/', DESK), 'api');

  const reception = await show(lively.linkTo('reception'), DESK);
  await signIn(reception, 'reception');
  await reception.getByRole('combobox').waitFor();
  await reception.keyboard.type('护照');
  await reception.keyboard.press('Enter');
  await save(reception, 'reception');

  const admin = await show('/admin/#catalogue', DESK);
  await signIn(admin, 'admin');
  await admin.getByRole('navigation').waitFor();
  await save(admin, 'admin');
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
}

async function save(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLED_MS);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  console.log(`${name}.png ${Math.round(statSync(path).size / 1000)} kB`);
}
