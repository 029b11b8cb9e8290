import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aCatalogue, aCounter } from '#test/support/builders.ts';
import { launchBrowser, openPage, type OpenPage } from '#test/support/browser.ts';
import { aHallDay, succeed, type HallDay } from '#test/support/hall-day.ts';
import { createScreenHall, type ScreenHall } from '#test/support/screen-hall.ts';

const FULL_HD = { width: 1920, height: 1080 };
const COUNTERS = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8'];

let browser: Browser;
let day: HallDay;
let hall: ScreenHall;
const opened: OpenPage[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  for (const { complaints, close } of opened.splice(0)) {
    await close();
    expect(complaints).toEqual([]);
  }
  await hall.close();
});

async function openHall(): Promise<void> {
  day = aHallDay({ catalogue: aCatalogue({ counters: COUNTERS.map((id) => aCounter(id, { deeds: 1 })) }) });
  for (const counterId of COUNTERS) succeed(day.open(counterId));
  hall = await createScreenHall(day);
}

async function show(path: string, size = FULL_HD): Promise<Page> {
  const page = await openPage(browser, `${hall.url}${path}`, size);
  opened.push(page);
  await page.page.waitForFunction(
    () => document.fonts.status === 'loaded' && document.querySelector('time, h1, table'),
  );
  return page.page;
}

function call(counterId: string): string {
  succeed(day.take('deeds'));
  const outcome = succeed(day.callNext(counterId));
  hall.sync();
  return String(outcome.answer['number']);
}

const rows = (page: Page): Promise<readonly string[]> =>
  page.$$eval('[data-call]', (all) =>
    all.map((row) => {
      const textOf = (part: string): string => row.querySelector(part)?.textContent ?? '';
      return `${textOf('.number')} ${textOf('.label')} ${(row as HTMLElement).dataset['phase']}`;
    }),
  );

/** Numbers in the order in which the pages said that they stood there to be read. */
function shownNumbers(): readonly string[] {
  return hall.telemetry.flatMap((told) =>
    told.kind === 'shown' ? [day.ticketOf(told.ticketId).number] : [],
  );
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('a call flashes at 1 Hz in a free row, with arrow and counter, and is reported once it is painted', async () => {
  await openHall();
  const page = await show('/display/?zone=general');
  await page.getByText('请在等候区就座').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(call('d3')).toBe('A001');
  await page.locator('[data-phase="flashing"]').waitFor();
  expect(await rows(page)).toEqual(['A001 D3 flashing']);
  const row = page.locator('[data-call]');
  const flashing = await row.evaluate((element) => {
    const { animationDuration, animationIterationCount } = getComputedStyle(element);
    return `${animationDuration} × ${animationIterationCount}`;
  });
  expect(flashing).toBe('1s × 5');
  expect(await row.locator('svg').count()).toBe(1);
  await expect.poll(shownNumbers).toEqual(['A001']);
  // Digits at least a ninetieth of 15 m on 55 inches: 263 px, in a font whose digits are 0.734 em high.
  const fontPx = await page
    .locator('.number')
    .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(fontPx * 0.734).toBeGreaterThanOrEqual(263);
  expect(await violations(page)).toEqual([]);
});

test('eight calls at once on three rows: the others wait, say when, and come in order; none is lost', async () => {
  await openHall();
  const page = await show('/display/?lang=en');
  const numbers = COUNTERS.map((counterId) => call(counterId));
  await page.getByText('+5').waitFor();
  await page.getByText(/more to come, next in [345] s/).waitFor();
  expect(await rows(page)).toEqual(['A001 D1 flashing', 'A002 D2 flashing', 'A003 D3 flashing']);
  await page.getByText('+2').waitFor();
  await expect.poll(() => rows(page)).toEqual(['A004 D4 flashing', 'A005 D5 flashing', 'A006 D6 flashing']);
  await expect.poll(shownNumbers, { timeout: 15_000 }).toEqual(numbers);
  const etas = hall.telemetry.flatMap((told) =>
    told.kind === 'queued' ? [Math.round(told.etaMs / 1_000)] : [],
  );
  expect(etas).toEqual([5, 5, 5, 10, 10]);
});

test('a display that comes back shows what is current, without old flashes', async () => {
  await openHall();
  call('d1');
  call('d2');
  succeed(day.start('d2'));
  const page = await show('/display/');
  await expect.poll(() => rows(page)).toEqual(['A001 D1 called', 'A002 D2 serving']);
  succeed(day.recall('d1'));
  hall.sync();
  await expect.poll(() => rows(page)).toEqual(['A001 D1 flashing', 'A002 D2 serving']);
});

test('without a heartbeat a band says so and no call stands as if it were current', async () => {
  await openHall();
  const page = await show('/display/?zone=general&lang=en');
  call('d1');
  await page.locator('[data-call]').waitFor();
  hall.silence(true);
  await page.getByText(/This screen stopped at/).waitFor();
  expect(await rows(page)).toEqual(['A001 D1 old']);
  expect(await violations(page)).toEqual([]);
  call('d2');
  hall.silence(false);
  await page.getByText(/This screen stopped at/).waitFor({ state: 'detached' });
  await expect.poll(async () => (await rows(page)).at(-1)).toBe('A002 D2 flashing');
});

test.each([
  [1280, 720],
  [3840, 2160],
  [1080, 1920],
])('the display fits %i × %i: every row can be read, and says so', async (width, height) => {
  await openHall();
  const page = await show('/display/?lang=en', { width, height });
  for (const counterId of ['d1', 'd2', 'd3']) call(counterId);
  await expect.poll(shownNumbers).toEqual(['A001', 'A002', 'A003']);
  const overflowing = await page.$$eval('.number, .label, .way, footer p, header h1', (all) =>
    all.filter((part) => part.getBoundingClientRect().right > innerWidth + 1).map((part) => part.className),
  );
  expect(overflowing).toEqual([]);
});

test.each([
  [1920, 360],
  [1920, 1080],
  [800, 480],
])('a sign of %i × %i goes through the states of its counter', async (width, height) => {
  await openHall();
  const page = await show('/sign/?counter=d2', { width, height });
  await page.getByText('请等候叫号').waitFor();
  expect(await violations(page)).toEqual([]);
  call('d2');
  await page.locator('.face[data-phase="flashing"]').getByText('A001').waitFor();
  await page.getByText('请到本窗口办理').waitFor();
  await expect.poll(shownNumbers).toEqual(['A001']);
  const isInside = await page.locator('.number, .status, .service, .counter').evaluateAll((parts) =>
    parts.every((part) => {
      const { left, right, top, bottom } = part.getBoundingClientRect();
      return left >= 0 && right <= innerWidth && top >= -innerHeight * 0.1 && bottom <= innerHeight * 1.1;
    }),
  );
  expect(isInside).toBe(true);
  succeed(day.start('d2'));
  succeed(day.finish('d2'));
  succeed(day.pause('d2'));
  hall.sync();
  await page.getByText('短暂休息').waitFor();
  expect(await violations(page)).toEqual([]);
});

test('the board follows the hall, marks long waits in words and shapes, and explains its figures', async () => {
  await openHall();
  const page = await show('/board/?lang=en', { width: 1366, height: 768 });
  const general = page.getByRole('row', { name: /General/ });
  await general.getByRole('cell').first().getByText('0', { exact: true }).waitFor();
  for (let visitors = 0; visitors < 4; visitors += 1) succeed(day.take('deeds'));
  hall.sync();
  await general.getByRole('cell').first().getByText('4', { exact: true }).waitFor();
  day.advance(31 * 60_000);
  hall.sync();
  await general.getByRole('img', { name: '30 min or more' }).waitFor();
  await expect.poll(() => general.getByRole('cell').nth(1).textContent()).toContain('31');
  await page.getByText('Longest now: who has waited longest').waitFor();
  const table = await page
    .locator('.frame')
    .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(table).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
});
