import { gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import type { Plugin, Rolldown } from 'vite';

/**
 * The pages: dist/pages/<name>/index.html, from <folder>/index.html. `scriptKb` is the most JavaScript a page may
 * load before it draws, in kB after gzip; a page that grows past it fails the build.
 */
const pages = {
  start: { folder: 'hall-server/pages/start', scriptKb: 120 },
  kiosk: { folder: 'kiosk/screens', scriptKb: 250 },
  reception: { folder: 'hall-server/pages/reception', scriptKb: 400 },
  caller: { folder: 'caller-display/caller', scriptKb: 400 },
  display: { folder: 'caller-display/display', scriptKb: 200 },
  sign: { folder: 'caller-display/sign', scriptKb: 200 },
  board: { folder: 'caller-display/board', scriptKb: 400 },
  admin: { folder: 'hall-server/pages/admin', scriptKb: 400 },
  enrol: { folder: 'hall-server/pages/enrol', scriptKb: 200 },
  visit: { folder: 'hall-server/pages/visit', scriptKb: 120 },
  // Not 'api': /api/v1 is the protocol, and a folder of that name would stand in its way.
  'api-page': { folder: 'hall-server/pages/api', scriptKb: 200 },
} as const;

/** A page is served by its name, wherever its source lies. */
function namePagesFlat(): Plugin {
  return {
    name: 'tinghao:flat-pages',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const [name, { folder }] of Object.entries(pages)) {
        const page = bundle[`${folder}/index.html`];
        if (page !== undefined) page.fileName = `${name}/index.html`;
      }
    },
  };
}

/** The chunk and what it imports at once: what a page waits for. Dynamic imports come later and are not counted. */
function startupScripts(
  entry: Rolldown.OutputChunk,
  bundle: Rolldown.OutputBundle,
): Set<Rolldown.OutputChunk> {
  const found = new Set([entry]);
  for (const chunk of found) {
    for (const fileName of chunk.imports) {
      const imported = bundle[fileName];
      if (imported?.type === 'chunk') found.add(imported);
    }
  }
  return found;
}

function holdBudgets(): Plugin {
  return {
    name: 'tinghao:budgets',
    writeBundle(_options, bundle) {
      for (const [name, { scriptKb }] of Object.entries(pages)) {
        const entry = Object.values(bundle).find(
          (file) => file.type === 'chunk' && file.isEntry && file.name === name,
        );
        if (entry?.type !== 'chunk') throw new Error(`Page ${name} has no entry in the bundle`);
        let bytes = 0;
        for (const chunk of startupScripts(entry, bundle)) bytes += gzipSync(chunk.code).byteLength;
        const kb = bytes / 1000;
        if (kb > scriptKb)
          throw new Error(`Page ${name} loads ${kb.toFixed(1)} kB of script, allowed ${scriptKb}`);
        this.info(`${name}: ${kb.toFixed(1)} kB of script (allowed ${scriptKb})`);
      }
    },
  };
}

export default defineConfig({
  // Absolute: pages stand at /kiosk/, /caller/ …, assets at /assets/, on the hall-server and on an agent alike.
  base: '/',
  plugins: [vue(), namePagesFlat(), holdBudgets()],
  define: {
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: 'dist/pages',
    emptyOutDir: true,
    // The Electron that CI can run and the smart televisions of a hall are this old.
    target: 'chrome114',
    cssTarget: 'chrome114',
    modulePreload: { polyfill: false },
    // Never inlined: a font as base64 in the CSS would be loaded by every page, and data: is not in our CSP.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(pages).map(([name, { folder }]) => [
          name,
          `${import.meta.dirname}/${folder}/index.html`,
        ]),
      ),
    },
  },
});
