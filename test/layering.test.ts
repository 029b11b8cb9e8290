import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkImport, findImports, layerOf } from './support/imports.ts';
import { layers } from './support/layers.ts';
import { fromRoot, root, sourceFiles } from './support/source-tree.ts';

const { imports: subpaths } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  imports: Record<string, string>;
};
const product = ['shared', 'hall-server', 'kiosk', 'caller-display'];

function complaintsAbout(path: string, source: string): readonly string[] {
  return findImports(path, source).flatMap(
    (specifier) => checkImport(path, specifier, layers, subpaths) ?? [],
  );
}

describe('layers', () => {
  it('holds for every import of the product', () => {
    const files = product.flatMap((folder) => sourceFiles(['.ts', '.vue'], folder));
    expect(files.length).toBeGreaterThan(0);
    const complaints = files.flatMap((path) => complaintsAbout(path, readFileSync(join(root, path), 'utf8')));
    expect(complaints).toEqual([]);
  });

  it('has a place for every source file of the product', () => {
    const files = product.flatMap((folder) => sourceFiles(['.ts', '.vue'], folder));
    expect(files.filter((path) => layerOf(path, layers) === undefined)).toEqual([]);
  });

  it('takes the deepest folder of the table', () => {
    expect(layerOf('hall-server/main.ts', layers)?.folder).toBe('hall-server');
    expect(layerOf('hall-server/pages/reception/App.vue', layers)?.folder).toBe('hall-server/pages');
    expect(layerOf('hall-server-old/main.ts', layers)).toBeUndefined();
  });

  it('names only layers that are in the table', () => {
    const folders = layers.map((layer) => layer.folder);
    expect(layers.flatMap((layer) => layer.layers).filter((folder) => !folders.includes(folder))).toEqual([]);
  });
});

describe('the checker of layers', () => {
  it.each([
    ['a static import', `import { x } from '#terminal/agent.ts';`],
    ['a type', `import type { X } from '#terminal/agent.ts';`],
    ['a type in place', `export type Y = import('#terminal/agent.ts').X;`],
    ['a dynamic import', `const x = await import('#terminal/agent.ts');`],
    ['a re-export', `export * from '#terminal/agent.ts';`],
    ['a relative path', `import { x } from '../../terminal/agent.ts';`],
  ])('finds %s that goes to the right', (_, source) => {
    expect(complaintsAbout('shared/domain/tickets/take.ts', source)).toHaveLength(1);
  });

  it.each([
    ['Node', `import { readFileSync } from 'node:fs';`],
    ['Node without its prefix', `import { readFileSync } from 'fs';`],
    ['a package of another layer', `import Database from 'better-sqlite3';`],
    ['a scoped package of another layer', `import cookie from '@fastify/cookie';`],
    ['a path without extension', `import { take } from '#domain/tickets/take';`],
    ['an unknown subpath', `import { take } from '#rules/take.ts';`],
  ])('finds %s in the rules of a hall', (_, source) => {
    expect(complaintsAbout('shared/domain/tickets/take.ts', source)).toHaveLength(1);
  });

  it('reads both scripts of a component, and the files of its blocks', () => {
    const component = [
      `<script lang="ts">import '#hall-server/main.ts';</script>`,
      `<script setup lang="ts">import fs from 'node:fs';</script>`,
      `<template><p>import '#terminal/agent.ts'</p></template>`,
      `<style src="../../shared/terminal/agent.css"></style>`,
    ].join('\n');
    expect(complaintsAbout('kiosk/screens/App.vue', component)).toHaveLength(3);
  });

  it('keeps terminal and hall-server apart', () => {
    expect(complaintsAbout('hall-server/main.ts', `import '#terminal/agent.ts';`)).toHaveLength(1);
    expect(complaintsAbout('shared/terminal/agent.ts', `import '#hall-server/main.ts';`)).toHaveLength(1);
  });

  it('lets pass what the table allows', () => {
    const source = `import { z } from 'zod';\nimport { take } from '#domain/tickets/take.ts';\nimport './x.css?inline';`;
    expect(complaintsAbout('shared/protocol/contract.ts', source)).toEqual([]);
    expect(
      complaintsAbout('hall-server/main.ts', `import cookie from '@fastify/cookie';\nimport 'node:fs';`),
    ).toEqual([]);
  });
});

describe('type checking', () => {
  it('covers every source file in exactly one project', () => {
    const projects = readConfig('tsconfig.json').projectReferences ?? [];
    const checked = projects
      .flatMap(({ path }) => readConfig(fromRoot(path)).fileNames)
      .map(fromRoot)
      .sort();
    expect(checked).toEqual(sourceFiles(['.ts', '.vue', '.mjs']));
  });
});

function readConfig(path: string): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(join(root, path), (file) => readFileSync(file, 'utf8')) as {
    config: unknown;
  };
  const vue = { extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred };
  return ts.parseJsonConfigFileContent(config, ts.sys, root, undefined, path, undefined, [vue]);
}
