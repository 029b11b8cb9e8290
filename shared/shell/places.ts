import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Installation {
  readonly isPackaged: boolean;
  /** Electron's resources folder. */
  readonly resourcesPath: string;
  /** The folder of the built main: dist/shell/<product>. */
  readonly shellFolder: string;
  readonly platform: string;
}

/** Where the bundled Node and the product's files are, installed (see electron-builder.yml) or in the repository. */
export function placesOf({ isPackaged, resourcesPath, shellFolder, platform }: Installation) {
  if (isPackaged) {
    const program = platform === 'win32' ? 'node.exe' : 'node';
    return { node: join(resourcesPath, 'runtime', program), root: join(resourcesPath, 'app.asar.unpacked') };
  }
  const root = join(shellFolder, '../../..');
  const installed = join(root, 'node_modules/.bin/node');
  return { node: existsSync(installed) ? installed : 'node', root };
}
