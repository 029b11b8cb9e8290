import type { Session, WebContents } from 'electron';
import { waitingPageUrl } from './waiting-page.ts';

/** Whether a page or a part of it may come from there: from the agent, or it is the shell's own waiting page. */
export function isAtHome(url: string, home: string | undefined): boolean {
  if (url === waitingPageUrl) return true;
  const address = addressOf(url);
  if (home === undefined || address === undefined) return false;
  return (address.protocol === 'http:' || address.protocol === 'ws:') && address.host === new URL(home).host;
}

// Not URL.canParse: the Node inside an older Electron lacks it.
function addressOf(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** Nothing that a page could ask of the machine is given, and nothing is fetched but from the agent. */
export function lockSession(session: Session, home: () => string | undefined): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isAtHome(url, home()) }));
}

/** The page stays the page: no other window, no other site, no frame of another site, no zoom. */
export function lockContents(contents: WebContents, home: () => string | undefined): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const keepHome = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isAtHome(event.url, home())) event.preventDefault();
  };
  contents.on('will-frame-navigate', keepHome);
  contents.on('will-redirect', keepHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1));
  contents.on('before-input-event', (event, { control, meta, key }) => {
    if ((control || meta) && ['+', '-', '=', '0'].includes(key)) event.preventDefault();
  });
}
