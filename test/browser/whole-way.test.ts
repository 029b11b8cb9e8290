import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, type OpenPage, type PageSize } from '#test/support/browser.ts';
import { startDemonstration, type Demonstration } from '#test/support/demonstration.ts';

interface Link {
  readonly id: string;
  readonly url: string;
}
interface PrintedSlip {
  readonly bytes: number;
  readonly lines: readonly { readonly text: string; readonly height: number }[];
  readonly qr: string;
}
interface CatalogueFacts {
  readonly services: readonly { readonly id: string; readonly name: { readonly zh: string } }[];
  readonly counters: readonly {
    readonly id: string;
    readonly label: string;
    readonly skills: readonly { readonly serviceId: string; readonly preference: number }[];
  }[];
}

const KIOSK = { width: 1080, height: 1920, hasTouch: true };
const DESK = { width: 1366, height: 768 };
const WALL = { width: 1920, height: 1080 };

let hall: Demonstration;
let browser: Browser;
const opened: OpenPage[] = [];

beforeAll(async () => {
  hall = await startDemonstration();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

async function fetched<T>(path: string): Promise<T> {
  return (await (await fetch(`${hall.url}${path}`)).json()) as T;
}

async function show(path: string, size: PageSize): Promise<Page> {
  const page = await openPage(browser, new URL(path, hall.url).href, size);
  opened.push(page);
  return page.page;
}

test('a number is taken at the kiosk, printed, called at a counter, shown, finished and counted', async () => {
  const { links } = await fetched<{ links: readonly Link[] }>('/api/v1/demonstration');
  const linkTo = (id: string): string => links.find((link) => link.id === id)?.url ?? '';
  const catalogue = await fetched<CatalogueFacts>('/api/v1/catalogue/1');

  // Taken.
  const kiosk = await show(linkTo('kiosk'), KIOSK);
  const tile = kiosk.locator('.tile').first();
  await tile.waitFor();
  const words = await tile.innerText();
  await tile.tap();
  await kiosk.locator('.take').waitFor();
  await kiosk.waitForTimeout(600);
  await kiosk.locator('.take').tap();
  const number = (await kiosk.locator('.number').first().innerText()).trim();
  expect(number).toMatch(/^[A-Z]{1,2}001$/);

  // Printed: read back from the bytes that came off the serial line, by a parser that is not ours.
  await kiosk.getByText('小票已打印').waitFor();
  const [slip] = await fetched<PrintedSlip[]>('/api/v1/demonstration/slips');
  expect(slip?.lines.find(({ height }) => height >= 4)?.text.trim()).toBe(number);
  expect(slip?.qr).toMatch(/^http:\/\/hall\.test:8100\/v\/[A-Za-z0-9_-]{22,}$/);
  expect(slip?.bytes).toBeLessThanOrEqual(1_500);

  // The screens that will show it are on before it is called.
  const service = catalogue.services.find(({ name }) => words.includes(name.zh));
  const counter = catalogue.counters.find(({ skills }) =>
    skills.some(({ serviceId, preference }) => serviceId === service?.id && preference === 1),
  );
  if (!counter) throw new Error(`no counter does ${words}`);
  const display = await show('/display/', WALL);
  const sign = await show(`/sign/?counter=${counter.id}`, WALL);
  const board = await show('/board/', WALL);

  // Called.
  const caller = await show(linkTo('caller'), DESK);
  await caller.getByLabel('账号').fill(`clerk-${counter.id}`);
  await caller.getByLabel('密码').fill('tinghao-demo');
  await caller.getByRole('option', { name: counter.label, exact: true }).click();
  await caller.getByRole('button', { name: '签到并开启窗口' }).click();
  await caller.getByText(`下一位 ${number}`).waitFor();
  await caller.keyboard.press('Space');
  await caller.getByText(`请到 ${counter.label} 窗口`).waitFor();

  // Shown, and the clerk is told that it was.
  await display.locator('[data-call]', { hasText: number }).waitFor();
  await expect.poll(() => display.locator('[data-call]').innerText()).toContain(counter.label);
  await sign.getByText(number).first().waitFor();
  const shown = await fetched<{ ok: boolean }>('/readyz');
  expect(shown.ok).toBe(true);

  // Finished.
  await caller.keyboard.press('s');
  await caller.getByText('正在办理').first().waitFor();
  await caller.keyboard.press('f');
  await caller.keyboard.press('1');
  await caller.getByText('有人取号后会自动出现在这里').waitFor();
  // A finished call keeps its row for the time that was promised, then leaves.
  await expect.poll(() => display.locator('[data-call]').count(), { timeout: 40_000 }).toBe(0);

  // Counted: one handled within ten minutes, in the zone of the counter and in the hall.
  const within = (row: string) => board.locator('tr', { hasText: row }).innerText();
  await expect
    .poll(() => within('全大厅'), { timeout: 10_000 })
    .toMatch(/100%[\s\S]*100%[\s\S]*100%[\s\S]*100%/);
  for (const { complaints } of opened) expect(complaints).toEqual([]);
});
