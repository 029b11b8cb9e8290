// For tools that do not read .vue files (ESLint's type service); vue-tsc finds the real component and prefers it.
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}
