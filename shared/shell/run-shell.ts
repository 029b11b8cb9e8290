import { join } from 'node:path';
import { app, Menu } from 'electron';
import { createAgentProcess, type AgentProcess } from './agent-process.ts';
import { createLockedWindow, type LockedWindow, type LockedWindowDeps } from './locked-window.ts';
import { placesOf } from './places.ts';

export interface ShellProduct {
  readonly form: LockedWindowDeps['form'];
  /** The agent's main.ts, from the product's root. */
  readonly agent: string;
  /** The folder of the built main. */
  readonly shellFolder: string;
}

/** One window on one agent. All that a page needs beyond a browser it gets from the agent. */
export function runShell(product: ShellProduct): void {
  // Electron's own answer to a fault is a dialog, and behind it everything stands still until somebody presses OK. A terminal has
  // nobody who could: it ends, and what started it (systemd, Assigned Access) starts it again.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? String(error)}\n`);
    app.exit(1);
  });
  // A second start brings the first to the front: two agents would fight for one port and one printer.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  Menu.setApplicationMenu(null);
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(() => open(product));
}

function open({ form, agent, shellFolder }: ShellProduct): void {
  const { isPackaged } = app;
  const { resourcesPath, platform, env } = process;
  const { node, root } = placesOf({ isPackaged, resourcesPath, shellFolder, platform });
  const lockedWindow = createLockedWindow({
    form,
    shellFolder,
    version: app.getVersion(),
    onLost: () => agentProcess.askForEntry(),
  });
  const agentProcess = createAgentProcess({
    node,
    main: join(root, agent),
    folder: app.getPath('userData'),
    env,
    onEntry: lockedWindow.enter,
  });
  app.on('second-instance', lockedWindow.focus);
  closeInOrder(lockedWindow, agentProcess);
}

/** The agent goes first and in peace; Electron would not wait for it. */
function closeInOrder(lockedWindow: LockedWindow, agentProcess: AgentProcess): void {
  let isClosed = false;
  app.on('before-quit', lockedWindow.release);
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void agentProcess.close().then(() => {
      isClosed = true;
      app.quit();
    });
  });
}
