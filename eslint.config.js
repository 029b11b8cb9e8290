import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import { determinism } from './scripts/lint/capabilities.mjs';
import {
  house,
  houseSyntax,
  noDefaultExport,
  noHalfTests,
  noTextInPages,
  noTextInTemplates,
} from './scripts/lint/house-rules.mjs';

const product = '{shared,hall-server,kiosk,caller-display}/**/*';
const typed = ['{shared,hall-server,kiosk,caller-display,test}/**/*.ts', '*.config.ts'];
const pages = [
  'shared/screen/**/*.{ts,vue}',
  'kiosk/screens/**/*.{ts,vue}',
  'caller-display/{caller,sign,display,board}/**/*.{ts,vue}',
  'hall-server/pages/**/*.{ts,vue}',
];

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', 'var/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ts.configs.recommended,
  vue.configs['flat/recommended'],
  { files: ['**/*.{ts,vue,js,mjs}'], plugins: { house }, rules: houseRules() },
  { files: ['scripts/**', '*.config.js'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
  },
  { files: typed, extends: [ts.configs.recommendedTypeCheckedOnly], ...typeChecked() },
  {
    files: [`${product}.{ts,vue}`],
    ignores: ['**/*.d.ts'],
    rules: {
      'no-console': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-syntax': ['error', ...houseSyntax, ...noDefaultExport],
    },
  },
  { files: ['**/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: pages,
    // shared/screen/*.ts holds what formats dates and names languages, each in its own script.
    ignores: ['**/locales/**', '**/*.d.ts', 'shared/screen/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...houseSyntax, ...noDefaultExport, ...noTextInPages],
      'vue/no-restricted-syntax': ['error', ...noTextInTemplates],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...houseSyntax, ...noDefaultExport, ...noHalfTests],
      // Tests read answers off the wire and poke at what must refuse them.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  determinism,
  prettier,
);

/** @returns {import('eslint').Linter.RulesRecord} */
function houseRules() {
  return {
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-restricted-syntax': ['error', ...houseSyntax],
    'house/file-name': 'error',
    'house/long-file': ['warn', { max: 300 }],
    'max-lines': ['error', { max: 400 }],
    'no-empty': ['error', { allowEmptyCatch: false }],
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'vue/component-api-style': ['error', ['script-setup']],
    'vue/block-lang': ['error', { script: { lang: 'ts' } }],
    'vue/no-v-html': 'error',
    'vue/require-default-prop': 'off',
    'vue/multi-word-component-names': 'off',
  };
}

/** Rules that need types run on .ts only: through vue-eslint-parser they would load every page a second time. */
function typeChecked() {
  return {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: /** @type {const} */ ({
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      // A port may wait where this adapter of it need not.
      '@typescript-eslint/require-await': 'off',
      // createX gives closures: no method of ours knows `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Fastify's and Socket.IO's callbacks take async functions and await them.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    }),
  };
}
