import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Tests that open real windows: browsers, and the shell in Electron. */
const screens = ['test/browser/**/*.test.ts', 'test/shell/shell.test.ts'];

export default defineConfig({
  plugins: [vue()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: screens,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: screens,
          // One chromium at a time: two of them on two processors make each other miss what a screen shows for a second.
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // What a person sees may come late on a busy machine; how late is the bench's business.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
    // Otherwise vitest empties every stylesheet, and the tests of the tokens have nothing to read.
    css: true,
    allowOnly: false,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
