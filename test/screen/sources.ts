/** Sources of everything that people see, as text and as modules. Paths are keys from here: '../../kiosk/…'. */

export const vueSources = import.meta.glob<string>(
  ['../../{shared/screen,kiosk/screens,caller-display,hall-server/pages}/**/*.vue'],
  { query: '?raw', import: 'default', eager: true },
);

export const pageSources = import.meta.glob<string>(
  [
    '../../{shared/screen,kiosk/screens,hall-server/pages}/**/*.ts',
    '../../caller-display/{caller,display,sign,board}/**/*.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export const htmlSources = import.meta.glob<string>(
  ['../../kiosk/screens/index.html', '../../{caller-display,hall-server/pages}/*/index.html'],
  { query: '?raw', import: 'default', eager: true },
);

export const cssSources = import.meta.glob<string>(
  ['../../{shared/screen,kiosk/screens,caller-display,hall-server/pages}/**/*.css'],
  { query: '?raw', import: 'default', eager: true },
);

export const localeModules = import.meta.glob<Record<string, unknown>>(
  [
    '../../shared/screen/locales/*.ts',
    '../../kiosk/screens/locales/*.ts',
    '../../{caller-display,hall-server/pages}/*/locales/*.ts',
  ],
  { eager: true },
);

export const TOKENS = '../../shared/screen/tokens.css';

/** The folder in which a page or shared/screen stands: '../../kiosk/screens'. */
export function pageFolder(path: string): string {
  const folder =
    /^\.\.\/\.\.\/(?:shared\/screen|kiosk\/screens|caller-display\/[^/]+|hall-server\/pages\/[^/]+)(?=\/)/.exec(
      path,
    );
  if (folder === null) throw new Error(`Not within a page: ${path}`);
  return folder[0];
}

/** The text of one stylesheet; fails where the runner hands out an empty one instead of the file. */
export function cssSource(path: string): string {
  const source = cssSources[path];
  if (!source) throw new Error(`No text for ${path}`);
  return source;
}
