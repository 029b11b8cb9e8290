import { AxeBuilder } from '@axe-core/playwright';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { midnightOf } from '#domain/time.ts';
import { createKioskAgent } from '#kiosk/agent/kiosk-agent.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import type { Agent } from '#terminal/agent.ts';
import { aCatalogue, aService, MINUTE_MS } from '#test/support/builders.ts';
import { launchBrowser, openPage, type OpenPage } from '#test/support/browser.ts';
import { builtPages, startLiveHall, type LiveHall } from '#test/support/live-hall.ts';
import { createStandInPrinter, type StandInPrinter } from '#test/support/stand-in-printer.ts';

const KIOSK = { width: 1080, height: 1920, hasTouch: true };
const BAUD = 115_200;
/** A Monday morning, 09:30. */
const MORNING_MS = midnightOf('2026-11-23', 'Asia/Shanghai') + 9.5 * 60 * MINUTE_MS;

/** The small hall with frequent services, one of them with a single number left, and a zone too long for one page. */
const catalogue = aCatalogue({
  services: [
    ...aCatalogue().services.map((service) => ({ ...service, bring: [{ zh: '身份证', en: 'ID card' }] })),
    ...Array.from({ length: 40 }, (_, index) => aService(`more-${index}`)),
  ].map((service, index) => ({
    ...service,
    ...(index < 4 ? { frequent: index + 1 } : {}),
    ...(service.id === 'fund' ? { quotas: [{ limit: 1, span: { from: '08:30', to: '12:00' } }] } : {}),
  })),
});

let browser: Browser;
let hall: LiveHall;
let printer: StandInPrinter;
let agent: Agent;
let opened: OpenPage;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  hall = await startLiveHall(catalogue, MORNING_MS);
  printer = await createStandInPrinter({ baudRate: BAUD });
  agent = await createKioskAgent({
    hallUrl: hall.server.url,
    publicUrl: 'http://hall.test:8100',
    token: hall.enrol('kiosk'),
    port: 0,
    pagesDir: builtPages,
    entry: 'open',
    system: createNodeSystem(),
    log: pino({ level: 'silent' }),
    page: 'kiosk',
    printer: { path: printer.path, baudRate: BAUD, paperWidthMm: 80 },
  });
  opened = await openPage(browser, `${agent.origin}/kiosk/`, KIOSK, async (fresh) => {
    await fresh.clock.install();
  });
  ({ page } = opened);
  await tile(0).waitFor();
});
afterEach(async () => {
  await opened.close();
  await agent.close();
  await printer.close();
  await hall.close();
});

const tile = (index: number) => page.locator('.tile').nth(index);
const button = (name: string | RegExp) => page.getByRole('button', { name });
const number = () => page.locator('.number');

/** A tap as a hand makes it: not within the time in which a second one counts as a slip. */
async function tap(target: ReturnType<typeof tile>): Promise<void> {
  await target.waitFor();
  await page.clock.runFor(500);
  await target.tap();
}

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

/** Everything that a finger has to hit, smaller than it may be. */
function smallTargets(): Promise<readonly string[]> {
  return page.locator('button:visible, summary:visible').evaluateAll((targets) =>
    targets.flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      return width < 96 || height < 96 ? [`${target.textContent} ${width}×${height}`] : [];
    }),
  );
}

function cutTexts(): Promise<readonly string[]> {
  return page
    .locator('button, h1, h2, p, dd, dt, li')
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.className),
    );
}

test('from the home screen to a number on paper in two taps, then home by itself', async () => {
  await tap(tile(0));
  await expect.poll(() => page.locator('.count').textContent()).toBe('0');
  await tap(page.locator('.take'));
  await expect.poll(() => number().textContent()).toBe('A001');
  await printer.nextSlip();
  await page.getByText('小票已打印').waitFor();
  await page.getByRole('img', { name: '查看排队进度的二维码' }).waitFor();
  await expectAccessible();
  await page.clock.runFor(16_000);
  await page.getByRole('heading', { name: '您要办什么业务' }).waitFor();
  expect(await page.content()).not.toContain('A001');
  expect(opened.complaints).toEqual([]);
});

test('a double tap takes one number, and does not press what comes to lie beneath it', async () => {
  await tap(tile(0));
  await page.locator('.take').waitFor();
  await page.clock.runFor(500);
  const { x, y, width, height } = (await page.locator('.take').boundingBox())!;
  // At its foot, where the button that sends the number away will be.
  for (let taps = 0; taps < 2; taps += 1) await page.touchscreen.tap(x + width / 2, y + height - 4);
  await expect.poll(() => number().textContent()).toBe('A001');
  const taken = await hall.server.writer.settled((settled) => settled.current?.ticketsById.size);
  expect(taken).toBe(1);
});

test('by zone, in English, with priority: every page can be gone back from, and keeps what was answered', async () => {
  await tap(button('English'));
  await tap(page.locator('.zone').first());
  await tap(button('Next'));
  await page.getByText('2/').waitFor();
  await page.clock.runFor(500);
  // By place and not by name: to look for a tile would scroll to it.
  await page.touchscreen.tap(KIOSK.width / 4, KIOSK.height / 2);
  await tap(button('Priority'));
  await expectAccessible();
  await tap(button('senior'));
  await page.getByText('With priority').waitFor();
  await tap(button('Back'));
  await page.getByText('2/').waitFor();
  expect(await smallTargets()).toEqual([]);
  await tap(button('Home'));
  await tap(tile(0));
  await page.getByText('With priority').waitFor();
  await tap(page.locator('.take'));
  await number().waitFor();
  const classes = await hall.server.writer.settled((settled) =>
    [...(settled.current?.ticketsById.values() ?? [])].map(({ classId }) => classId),
  );
  expect(classes).toEqual(['senior']);
});

test('a refusal says until when and what else, and leads on', async () => {
  await hall.send(
    'ticket.take',
    { serviceId: 'fund', classId: 'ordinary', language: 'zh', visitKey: 'k'.repeat(22) },
    { role: 'kiosk' },
  );
  await tap(tile(1));
  await tap(page.locator('.take'));
  await page.getByText('没有取到号').waitFor();
  await page.getByText('请改天再来').waitFor();
  expect(await page.getByText('quota-reached').isVisible()).toBe(false);
  await expectAccessible();
  await tap(button('选其他业务'));
  await tile(0).waitFor();
});

test('without paper the number stays, with why and what to do', async () => {
  printer.setState({ paper: 'out' });
  await tap(tile(0));
  await page.getByText('本机暂时打不出小票').waitFor();
  await tap(page.locator('.take'));
  await page.getByText('没有纸了').waitFor();
  await page.getByText('请拍照或记下号码').waitFor();
  expect(await number().textContent()).toBe('A001');
  expect(await smallTargets()).toEqual([]);
  await page.clock.runFor(20_000);
  expect(await number().isVisible()).toBe(true);
  printer.setState({ paper: 'ok' });
  await tap(button('再打印一次'));
  await printer.nextSlip();
  await page.getByText('小票已打印').waitFor();
});

test('with the hall gone it says so; a try is answered, then taking waits for the hall', async () => {
  await tap(tile(0));
  await hall.server.close();
  await page.getByText('与大厅服务器的连接暂时中断').waitFor();
  await tap(page.locator('.take'));
  await page.getByText('没有取到号').waitFor();
  expect(await button('再试一次').isDisabled()).toBe(true);
  await tap(button('返回'));
  expect(await page.locator('.take').isDisabled()).toBe(true);
  await page.getByText('也可到总服务台取号').waitFor();
});

test('whoever has gone is asked after, then forgotten', async () => {
  await tap(button('English'));
  await tap(tile(0));
  await tap(button('Priority'));
  await tap(button('senior'));
  await page.getByText('With priority').waitFor();
  await page.clock.runFor(62_000);
  await tap(button('Yes, go on'));
  await page.getByText('With priority').waitFor();
  await page.clock.runFor(62_000);
  await page.getByText('Are you still there?').waitFor();
  await page.clock.runFor(26_000);
  await page.getByRole('heading', { name: '您要办什么业务' }).waitFor();
  await tap(tile(0));
  await page.getByText('需要优先办理吗').waitFor();
});

test('with text 40 % larger nothing is cut, and what goes on stays in reach', async () => {
  await tap(button('English'));
  await page.addStyleTag({
    content: `[data-surface='kiosk'] { --text-small: 39px; --text-body: 45px; --text-lead: 53px; --text-title: 73px; --text-headline: 100px; }`,
  });
  for (const next of [tile(0), page.locator('.take'), page.locator('.done')]) {
    await next.waitFor();
    expect(await cutTexts()).toEqual([]);
    await expectAccessible();
    const box = (await next.boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(KIOSK.height);
    await tap(next);
  }
});
