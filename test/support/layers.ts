/** One folder of the product and everything it may import. Deeper folders stand for themselves. */
export interface Layer {
  /** Path from the repository's root. */
  readonly folder: string;
  /** Other layers' folders; a layer may always import itself. */
  readonly layers: readonly string[];
  /** npm packages; `@scope/*` stands for a whole scope. */
  readonly packages: readonly string[];
  readonly node: boolean;
}

const rules = ['shared/domain', 'shared/protocol'];
const agent = [...rules, 'shared/terminal'];
const drawing = [...rules, 'shared/screen'];

const vuePackages = [
  'vue',
  'pinia',
  'vue-router',
  'vue-i18n',
  '@vueuse/core',
  '@lucide/vue',
  'zod',
  'temporal-polyfill',
];
const deskPackages = [...vuePackages, 'element-plus'];
const serverPackages = [
  'fastify',
  '@fastify/*',
  'fastify-type-provider-zod',
  'socket.io',
  'better-sqlite3',
  'pino',
  'prom-client',
  'zod',
  'temporal-polyfill',
];
const agentPackages = [
  'fastify',
  '@fastify/*',
  'socket.io',
  'socket.io-client',
  'better-sqlite3',
  'pino',
  'zod',
  'temporal-polyfill',
];

function page(folder: string, packages: readonly string[]): Layer {
  return { folder, layers: drawing, packages, node: false };
}

/**
 * Who may import whom: domain → protocol → terminal | hall-server → electron, and pages on screen. Terminal and
 * hall-server are neighbours: neither imports the other, they meet on the wire.
 */
export const layers: readonly Layer[] = [
  { folder: 'shared/domain', layers: [], packages: ['zod', 'temporal-polyfill'], node: false },
  { folder: 'shared/protocol', layers: ['shared/domain'], packages: ['zod'], node: false },
  { folder: 'shared/terminal', layers: rules, packages: agentPackages, node: true },
  {
    folder: 'shared/screen',
    layers: rules,
    packages: [...deskPackages, 'socket.io-client', 'qrcode', '@fontsource-variable/noto-sans-sc'],
    node: false,
  },
  { folder: 'shared/shell', layers: [], packages: ['electron', 'zod'], node: true },

  { folder: 'hall-server', layers: rules, packages: [...serverPackages, 'csv-parse', 'qrcode'], node: true },
  // Plays the hall around the product, so it alone may know both ends of the wire.
  {
    folder: 'hall-server/demonstration',
    layers: [...agent, 'hall-server', 'kiosk/agent', 'kiosk/stand-in-printer', 'caller-display/agent'],
    packages: [...serverPackages, 'socket.io-client', 'serialport'],
    node: true,
  },
  page('hall-server/pages', [...deskPackages, 'qrcode']),

  {
    folder: 'kiosk/agent',
    layers: agent,
    packages: [...agentPackages, 'serialport', 'node-thermal-printer', 'iconv-lite', 'qrcode'],
    node: true,
  },
  // A printer is a device of its own: it shares nothing with the agent but the serial line.
  {
    folder: 'kiosk/stand-in-printer',
    layers: [],
    packages: ['serialport', 'iconv-lite', 'npos'],
    node: true,
  },
  { folder: 'kiosk/electron', layers: ['shared/shell'], packages: ['electron'], node: true },
  page('kiosk/screens', vuePackages),

  { folder: 'caller-display/agent', layers: agent, packages: agentPackages, node: true },
  { folder: 'caller-display/electron', layers: ['shared/shell'], packages: ['electron'], node: true },
  page('caller-display/caller', deskPackages),
  page('caller-display/sign', vuePackages),
  page('caller-display/display', vuePackages),
  page('caller-display/board', vuePackages),
];
