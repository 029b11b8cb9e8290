// What a file may take from the world, as one table. Everything that is not listed gets nothing: no clock, no chance,
// no timers, no process, no files, no network. Time, ids and random numbers come in as arguments (design: one log).

/** @typedef {'clock' | 'chance' | 'timers' | 'process' | 'files' | 'network'} Capability */

/** @type {readonly Capability[]} */
const everything = ['clock', 'chance', 'timers', 'process', 'files', 'network'];

/**
 * The last row that matches a file counts, so the narrow ones stand below the wide ones.
 * @type {readonly { files: readonly string[], may: readonly Capability[], because: string }[]}
 */
export const grants = [
  { files: ['hall-server/journal/**'], may: ['files'], because: 'the adapter of the disk' },
  {
    files: ['hall-server/{http,socket}/**', 'shared/terminal/loopback/**'],
    may: ['files', 'network'],
    because: 'the adapter of the network',
  },
  { files: ['hall-server/settings/**'], may: ['files'], because: 'reads the one settings file' },
  {
    files: ['hall-server/{verify,catalogue-import}/**'],
    may: ['files', 'process'],
    because: 'commands for an operator',
  },
  { files: ['hall-server/demonstration/**'], may: everything, because: 'plays the hall around the product' },
  {
    files: ['kiosk/agent/printer/**'],
    may: ['clock', 'timers', 'files'],
    because: 'a serial line gives no event to trust: it is polled',
  },
  {
    files: ['kiosk/stand-in-printer/**'],
    may: ['clock', 'timers', 'process', 'files'],
    because: 'a device of its own, paced like a serial line',
  },
  {
    files: ['{shared/shell,kiosk/electron,caller-display/electron}/**'],
    may: ['timers', 'process', 'files', 'network'],
    because: 'the shell supervises a process',
  },
  {
    files: [
      'shared/screen/**',
      'kiosk/screens/**',
      'caller-display/{caller,sign,display,board}/**',
      'hall-server/pages/**',
    ],
    may: ['timers'],
    because: 'a page animates and times out',
  },
  { files: ['shared/screen/clock.ts'], may: ['clock', 'timers'], because: 'the one clock of all pages' },
  { files: ['**/main.ts'], may: everything, because: 'puts adapters and program together' },
  { files: ['**/adapters/**'], may: everything, because: 'here the world comes in' },
];

const timerNames = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'requestAnimationFrame',
  'requestIdleCallback',
];

/** @type {Record<Capability, { globals: readonly string[], properties?: readonly [string, string][], modules?: readonly string[], instead: string }>} */
const capabilities = {
  clock: {
    globals: ['Date', 'performance'],
    properties: [['Temporal', 'Now']],
    modules: ['node:perf_hooks'],
    instead: 'take the time as an argument or from the clock in the dependencies',
  },
  chance: {
    globals: ['crypto'],
    properties: [['Math', 'random']],
    instead: 'take ids and random numbers as arguments or from the dependencies',
  },
  timers: {
    globals: timerNames,
    modules: ['node:timers', 'node:timers/promises'],
    instead: 'take a scheduler from the dependencies',
  },
  process: {
    globals: ['process'],
    modules: [
      'node:process',
      'node:child_process',
      'node:os',
      'node:cluster',
      'node:worker_threads',
      'node:readline',
    ],
    instead: 'take settings as arguments; only main.ts and adapters see the process',
  },
  files: {
    globals: [],
    modules: ['node:fs', 'node:fs/promises', 'node:sqlite', 'better-sqlite3', 'serialport'],
    instead: 'do I/O in an adapter behind a port',
  },
  network: {
    globals: ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
    modules: [
      'node:net',
      'node:http',
      'node:https',
      'node:http2',
      'node:tls',
      'node:dgram',
      'node:dns',
      'node:dns/promises',
    ],
    instead: 'do I/O in an adapter behind a port',
  },
};

const randomOfNodeCrypto = [
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'webcrypto',
];

/**
 * The ESLint rules for a file that may use nothing but what is named.
 * @param {readonly Capability[]} may
 * @param {readonly { group: readonly string[], message: string }[]} [patterns] modules banned besides
 * @returns {import('eslint').Linter.RulesRecord}
 */
function rulesWith(may, patterns = []) {
  const banned = Object.entries(capabilities).filter(
    ([name]) => !may.includes(/** @type {Capability} */ (name)),
  );
  // A type costs nothing at run time and lets a port be described in its adapter's words.
  const modules = banned.flatMap(([, { modules: names = [], instead }]) =>
    names.map((name) => ({
      name,
      message: `Determinism: ${instead}.`,
      allowTypeImports: patterns.length === 0,
    })),
  );
  const dice = { name: 'node:crypto', importNames: randomOfNodeCrypto, message: capabilities.chance.instead };
  const properties = banned.flatMap(([, { properties: pairs = [], instead }]) =>
    pairs.map(([object, property]) => ({ object, property, message: `Determinism: ${instead}.` })),
  );
  const globals = banned.flatMap(([, { globals: names, instead }]) =>
    names.map((name) => ({ name, message: `Determinism: ${instead}.` })),
  );
  return {
    'no-restricted-globals': orOff(globals, [{ globals, checkGlobalObject: true }]),
    'no-restricted-properties': orOff(properties, properties),
    '@typescript-eslint/no-restricted-imports': orOff(banned, [
      { paths: may.includes('chance') ? modules : [...modules, dice], patterns },
    ]),
  };
}

/**
 * 'off' when nothing is banned: a bare 'error' would keep the options of the row above.
 * @param {readonly unknown[]} banned
 * @param {readonly unknown[]} options
 * @returns {import('eslint').Linter.RuleEntry}
 */
function orOff(banned, options) {
  return banned.length === 0 ? 'off' : ['error', ...options];
}

const product = ['{shared,hall-server,kiosk,caller-display}/**/*.{ts,vue}'];
/** Absolute: no grant reaches in here, whatever a folder is called. */
const pure = ['shared/{domain,protocol}/**/*.ts'];

/** @type {import('eslint').Linter.Config[]} */
export const determinism = [
  { name: 'determinism/nothing granted', files: product, rules: rulesWith([]) },
  ...grants.map(({ files, may, because }) => ({
    name: `determinism/${because}`,
    files: product.flatMap((all) => files.map((glob) => [all, glob])),
    rules: rulesWith(may),
  })),
  {
    name: 'determinism/the rules of a hall',
    files: pure,
    rules: rulesWith(
      [],
      [{ group: ['node:*'], message: 'The rules of a hall run everywhere, also in a page.' }],
    ),
  },
];
