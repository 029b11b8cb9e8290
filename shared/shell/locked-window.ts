import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { isAtHome, lockContents, lockSession } from './lock-down.ts';
import { waitingPageUrl } from './waiting-page.ts';

/** A page that fails again at once must not keep the machine busy with trying. */
const RETRY_MS = 1_000;
const ABORTED = -3;

export interface LockedWindowDeps {
  /** 'kiosk' fills the screen and cannot be closed; 'desk' is an ordinary window beside others. */
  readonly form: 'kiosk' | 'desk';
  /** The folder with preload.cjs. */
  readonly shellFolder: string;
  readonly version: string;
  /** The page is lost: it crashed, could not be loaded, or its cookie is no longer good. */
  readonly onLost: () => void;
}

export interface LockedWindow {
  /** Opens the agent's page. */
  enter(url: string): void;
  focus(): void;
  /** From now on the window may be closed. */
  release(): void;
}

export function createLockedWindow(deps: LockedWindowDeps): LockedWindow {
  const isKiosk = deps.form === 'kiosk';
  let home: string | undefined;
  let isReleased = false;
  let retry: NodeJS.Timeout | undefined;

  const browserWindow = new BrowserWindow({
    // The bounds as well: full-screen is a request to a window manager, and a locked-down terminal may have none.
    ...(isKiosk
      ? { kiosk: true, fullscreen: true, frame: false, ...screen.getPrimaryDisplay().bounds }
      : { width: 1366, height: 768 }),
    backgroundColor: '#f4f5f2',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(deps.shellFolder, 'preload.cjs'),
      additionalArguments: [`--shell-version=${deps.version}`],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      // Nothing of a visitor's is ever on the disk; a clerk's language is remembered.
      ...(isKiosk ? { partition: 'visitors' } : {}),
    },
  });
  const { webContents } = browserWindow;
  browserWindow.removeMenu();
  lockSession(webContents.session, () => home);
  lockContents(webContents, () => home);

  /** A page that could not be loaded says so by 'did-fail-load', too. */
  const show = (url: string): void => void browserWindow.loadURL(url).catch(() => undefined);
  const lost = (): void => {
    clearTimeout(retry);
    retry = setTimeout(deps.onLost, RETRY_MS);
  };

  webContents.on('render-process-gone', lost);
  webContents.on('did-navigate', (_event, url, status) => {
    // A page can always go to about:blank: nobody is asked before.
    if (status >= 400 || !isAtHome(url, home)) lost();
  });
  webContents.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
    if (!isMainFrame || code === ABORTED) return;
    show(waitingPageUrl);
    lost();
  });
  browserWindow.on('unresponsive', () => webContents.forcefullyCrashRenderer());
  browserWindow.on('close', (event) => {
    if (isKiosk && !isReleased) event.preventDefault();
  });
  browserWindow.on('closed', () => clearTimeout(retry));
  show(waitingPageUrl);

  return {
    enter(url) {
      home = new URL(url).origin;
      clearTimeout(retry);
      if (!browserWindow.isDestroyed()) show(url);
    },
    focus() {
      if (browserWindow.isMinimized()) browserWindow.restore();
      browserWindow.focus();
    },
    release: () => (isReleased = true),
  };
}
