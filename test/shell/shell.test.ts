import { readdirSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { createBuilder } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeHall, TOKEN, type FakeHall } from '../support/fake-hall.ts';
import { root } from '../support/source-tree.ts';
import { aPagesDir, eventually } from '../support/terminal.ts';
import { startXvfb, type Xvfb } from '../support/xvfb.ts';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.mjs';

const pagesDir = aPagesDir(['kiosk', 'caller', 'sign']);
const folder = mkdtempSync(join(tmpdir(), 'tinghao-shell-'));
let screen: Xvfb;
let hall: FakeHall;
let elsewhere: Server;
let elsewhereAsked = 0;
let runtime: string;

beforeAll(async () => {
  runtime = await ensureElectronRuntime();
  const builder = await createBuilder({ configFile: join(root, 'vite.shell.config.ts'), logLevel: 'error' });
  await builder.buildApp();
  screen = await startXvfb('1080x1920');
  hall = await createFakeHall();
  elsewhere = createServer((_request, response) => {
    elsewhereAsked += 1;
    response.end('elsewhere');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
}, 180_000);
afterAll(async () => {
  elsewhere.close();
  await hall.close();
  await screen.close();
  pagesDir.remove();
  rmSync(folder, { recursive: true, force: true });
});

const elsewhereUrl = (): string => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;

async function launch(product: 'kiosk' | 'caller'): Promise<ElectronApplication> {
  const home = join(folder, product);
  const tokenFile = `${home}-token.json`;
  writeFileSync(tokenFile, JSON.stringify({ deviceId: 'device-1', token: TOKEN, kind: product }), {
    mode: 0o600,
  });
  return _electron.launch({
    executablePath: runtime,
    // Chromium's own sandbox does not run as root, as which CI runs.
    args: ['--no-sandbox', '--disable-gpu', join(root, 'dist/shell', product, 'main.cjs')],
    env: {
      ...(process.env as Record<string, string>),
      DISPLAY: screen.display,
      XDG_CONFIG_HOME: home,
      TINGHAO_HALL_URL: hall.url,
      TINGHAO_TOKEN_FILE: tokenFile,
      TINGHAO_PAGES_DIR: pagesDir.path,
      TINGHAO_PORT: '0',
    },
  });
}

async function openPage(shell: ElectronApplication, title: string): Promise<Page> {
  const page = await shell.firstWindow();
  await page.waitForFunction((wanted) => document.title === wanted, title);
  return page;
}

/** The process that runs the agent: a child of the shell's main. */
function agentPid(shell: ElectronApplication): number | undefined {
  const parent = `PPid:\t${shell.process().pid}\n`;
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .find(
      (pid) =>
        read(`/proc/${pid}/status`).includes(parent) &&
        read(`/proc/${pid}/cmdline`).includes('agent/main.ts'),
    );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A process that has just ended.
    return '';
  }
}

/** The process that draws the page, and the page's title. */
const rendererOf = (shell: ElectronApplication): Promise<{ pid: number; title: string }> =>
  shell.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return { pid: contents?.getOSProcessId() ?? 0, title: contents?.getTitle() ?? '' };
  });

/** Until something asked of the shell's main is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the kiosk’s shell', { timeout: 60_000 }, () => {
  let shell: ElectronApplication;
  let page: Page;
  beforeAll(async () => {
    shell = await launch('kiosk');
    page = await openPage(shell, 'kiosk');
  }, 60_000);
  afterAll(() => shell.close());

  it('opens one kiosk window over the whole screen, on the agent’s page', async () => {
    expect(new URL(page.url()).pathname).toBe('/kiosk/');
    const windows = await shell.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((one) => ({ kiosk: one.isKiosk(), ...one.getBounds() })),
    );
    // Without a window manager Chromium leaves one pixel, so that none takes the window for a full-screen one by its size.
    expect(windows).toEqual([{ kiosk: true, x: 0, y: 0, width: 1079, height: 1919 }]);
  });

  it('gives the page its version and nothing of Node or Electron', async () => {
    const seen = await page.evaluate(() => ({
      shell: Object.keys((globalThis as unknown as { shell: object }).shell),
      rest: ['require', 'process', 'module', 'electron', 'Buffer'].filter((name) => name in globalThis),
    }));
    expect(seen).toEqual({ shell: ['version'], rest: [] });
  });

  it('opens no other window, goes nowhere else and asks nobody else', async () => {
    const url = page.url();
    expect(await page.evaluate((to) => window.open(to), elsewhereUrl())).toBeNull();
    for (const to of [elsewhereUrl(), 'file:///etc/hostname', 'chrome://version', 'data:text/html,x']) {
      await page.evaluate((address) => void (location.href = address), to);
      // A navigation that was let through would be under way before this answer comes.
      expect(await page.evaluate(() => fetch('/assets/app-0123.js').then(({ status }) => status))).toBe(200);
      expect(page.url()).toBe(url);
    }
    const asked = await page.evaluate(
      (to) =>
        fetch(to, { mode: 'no-cors' }).then(
          () => 'answered',
          () => 'refused',
        ),
      elsewhereUrl(),
    );
    expect(asked).toBe('refused');
    expect(shell.windows()).toHaveLength(1);
    expect(elsewhereAsked).toBe(0);
  });

  it('gives no permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
      const asked = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
      return [...asked.map(({ state }) => state), await Notification.requestPermission()];
    });
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  });

  it('has no developer tools and does not close', async () => {
    const isOpen = await shell.evaluate(({ BrowserWindow }) => {
      const [one] = BrowserWindow.getAllWindows();
      one?.webContents.openDevTools();
      one?.close();
      return { devTools: one?.webContents.isDevToolsOpened(), windows: BrowserWindow.getAllWindows().length };
    });
    expect(isOpen).toEqual({ devTools: false, windows: 1 });
  });

  it('comes back with a killed agent, and loads the page anew', async () => {
    await page.evaluate(() => void ((globalThis as { isOld?: boolean }).isOld = true));
    const pid = await eventually(() => agentPid(shell));
    const url = page.url();
    process.kill(pid, 'SIGKILL');
    await page.waitForFunction(() => document.title === 'kiosk' && !('isOld' in globalThis), undefined, {
      timeout: 30_000,
    });
    expect(await eventually(() => agentPid(shell))).not.toBe(pid);
    expect(page.url()).not.toBe(url);
  });

  it('waits in words of its own while the agent is away, then enters again', async () => {
    const pid = await eventually(() => agentPid(shell));
    process.kill(pid, 'SIGKILL');
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
    await page.waitForFunction(() => document.body.innerText.includes('正在启动'));
    await page.waitForFunction(() => document.title === 'kiosk', undefined, { timeout: 30_000 });
  });

  it('enters again with a new token when the page’s cookie is no longer good', async () => {
    await shell.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.session.clearStorageData(),
    );
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
    await page.waitForFunction(() => document.title === 'kiosk', undefined, { timeout: 30_000 });
    expect(await page.evaluate(() => fetch('/kiosk/').then(({ status }) => status))).toBe(200);
  });

  it('enters again after the page has gone blank', async () => {
    await page.evaluate(() => void (location.href = 'about:blank'));
    await page.waitForFunction(() => document.title === 'kiosk', undefined, { timeout: 30_000 });
  });

  it('enters again after the page has crashed', async () => {
    const agent = agentPid(shell);
    const renderer = await rendererOf(shell);
    await shell.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await until(async () => {
      const { pid, title } = await rendererOf(shell);
      return pid > 0 && pid !== renderer.pid && title === 'kiosk';
    });
    expect(agentPid(shell)).toBe(agent);
  });

  it('takes its agent along when it ends', async () => {
    const pid = await eventually(() => agentPid(shell));
    const ended = new Promise((resolve) => shell.process().once('exit', resolve));
    await shell.evaluate(({ app }) => app.quit());
    await ended;
    expect(read(`/proc/${pid}/cmdline`)).toBe('');
  });
});

describe('the caller’s shell', { timeout: 60_000 }, () => {
  it('opens an ordinary window on the clerk’s page, which can be closed', async () => {
    const shell = await launch('caller');
    const page = await openPage(shell, 'caller');
    expect(new URL(page.url()).pathname).toBe('/caller/');
    const one = await shell.evaluate(({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      return { kiosk: first?.isKiosk(), width: first?.getBounds().width, height: first?.getBounds().height };
    });
    expect(one).toEqual({ kiosk: false, width: 1366, height: 768 });
    const ended = new Promise((resolve) => shell.process().once('exit', resolve));
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await ended;
  });
});
