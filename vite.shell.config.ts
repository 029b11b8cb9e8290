import { builtinModules } from 'node:module';
import { defineConfig, type EnvironmentOptions } from 'vite';

const outside = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/**
 * One file in, one file out. Each product's shell is packed by itself, and the preload of a sandboxed page may require nothing but
 * electron: no chunk may be shared.
 */
function script(entry: string, outFile: string): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: outside },
    build: {
      outDir: 'dist/shell',
      emptyOutDir: false,
      copyPublicDir: false,
      // The Electron that the tests run brings Node 18; the one that is shipped is newer.
      target: 'node18',
      minify: false,
      rolldownOptions: {
        input: `${import.meta.dirname}/${entry}`,
        external: outside,
        output: { format: 'cjs', entryFileNames: outFile, codeSplitting: false },
      },
    },
  };
}

const scripts = {
  kioskMain: script('kiosk/electron/main.ts', 'kiosk/main.cjs'),
  kioskPreload: script('shared/shell/preload.ts', 'kiosk/preload.cjs'),
  callerMain: script('caller-display/electron/main.ts', 'caller/main.cjs'),
  callerPreload: script('shared/shell/preload.ts', 'caller/preload.cjs'),
};

export default defineConfig({
  environments: scripts,
  builder: {
    // All but the client that Vite always adds.
    async buildApp({ build, environments }) {
      for (const name of Object.keys(scripts)) {
        const environment = environments[name];
        if (environment) await build(environment);
      }
    },
  },
});
