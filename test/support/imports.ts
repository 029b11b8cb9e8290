import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parse } from 'vue/compiler-sfc';
import ts from 'typescript';
import type { Layer } from './layers.ts';

/** The layer of a file is the deepest folder of the table that holds it. */
export function layerOf(path: string, layers: readonly Layer[]): Layer | undefined {
  return layers
    .filter((layer) => path.startsWith(`${layer.folder}/`))
    .reduce<Layer | undefined>((deepest, layer) => (isDeeper(layer, deepest) ? layer : deepest), undefined);
}

function isDeeper(layer: Layer, than: Layer | undefined): boolean {
  return than === undefined || layer.folder.length > than.folder.length;
}

/** Every module that a file names: static, dynamic, re-exported, by type only, and `src` of a component's blocks. */
export function findImports(path: string, source: string): readonly string[] {
  if (!path.endsWith('.vue')) return importsOfScript(source);
  const { script, scriptSetup, styles } = parse(source, { filename: path }).descriptor;
  const blocks = [script, scriptSetup].filter((block) => block !== null);
  return [
    ...blocks.flatMap((block) => importsOfScript(block.content)),
    ...[...blocks, ...styles].flatMap((block) => (block.src === undefined ? [] : [block.src])),
  ];
}

function importsOfScript(source: string): readonly string[] {
  return ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName);
}

/**
 * What is wrong with one import, in words, or undefined.
 * @param subpaths the `imports` of package.json: `#domain/*` → `./shared/domain/*`
 */
export function checkImport(
  from: string,
  specifier: string,
  layers: readonly Layer[],
  subpaths: Readonly<Record<string, string>>,
): string | undefined {
  const layer = layerOf(from, layers);
  if (layer === undefined) return `${from} is in no layer`;
  const complaint = specifier.startsWith('.')
    ? checkRelative(from, specifier, layer, layers)
    : specifier.startsWith('#')
      ? checkSubpath(specifier, layer, layers, subpaths)
      : checkPackage(specifier, layer);
  return complaint === undefined ? undefined : `${from}: ${specifier} ${complaint}`;
}

function checkRelative(
  from: string,
  specifier: string,
  layer: Layer,
  layers: readonly Layer[],
): string | undefined {
  const target = posix.join(posix.dirname(from), specifier);
  if (layerOf(target, layers) !== layer) return 'leaves its layer: name the other one with #';
  return checkExtension(specifier);
}

function checkSubpath(
  specifier: string,
  layer: Layer,
  layers: readonly Layer[],
  subpaths: Readonly<Record<string, string>>,
): string | undefined {
  const prefix = specifier.slice(0, specifier.indexOf('/') + 1);
  const folder = subpaths[`${prefix}*`];
  if (folder === undefined) return 'is no subpath of package.json';
  const target = posix.join(folder.replace('*', specifier.slice(prefix.length)));
  const other = layerOf(target, layers);
  if (other === undefined) return 'is in no layer';
  if (other !== layer && !layer.layers.includes(other.folder)) return `is not for ${layer.folder}`;
  return checkExtension(specifier);
}

// The bundler and the compiler would both find the file without; Node, which runs most of it as it stands, does not.
function checkExtension(specifier: string): string | undefined {
  return posix.extname(specifier.replace(/\?.*$/u, '')) === '' ? 'lacks its extension' : undefined;
}

function checkPackage(specifier: string, layer: Layer): string | undefined {
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) return 'is built in: write node: in front';
    return layer.node ? undefined : `is not for ${layer.folder}, which runs without Node`;
  }
  const [scope = '', name = ''] = specifier.split('/');
  const wanted = scope.startsWith('@') ? [`${scope}/${name}`, `${scope}/*`] : [scope];
  return wanted.some((entry) => layer.packages.includes(entry)) ? undefined : `is not for ${layer.folder}`;
}
