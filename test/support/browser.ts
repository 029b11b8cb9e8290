import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

export interface OpenPage {
  readonly page: Page;
  /** What the page complained about in its console, and what it threw. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
  readonly hasTouch?: boolean;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}

/** A page of its own profile at a given size. `prepare` comes before the first request. */
export async function openPage(
  browser: Browser,
  url: string,
  { width, height, hasTouch = false }: PageSize,
  prepare: (page: Page, context: BrowserContext) => Promise<void> = async () => undefined,
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width, height }, hasTouch });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await prepare(page, context);
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}
