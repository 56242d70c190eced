// One small bundle for each surface. No inline script or style: the node's policy forbids both.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// Two chunks by hand, so that a surface loads few files: what every page begins with, and what the desks show,
// which the screens of the hall never load.
const BASE = /node_modules\/(@vue|vue|pinia)\/|src\/(api\/|i18n\/(index|moments|zh-CN)|stores\/(node|chip)\.|styles\/|surfaces\/start|composables\/(useMode|shut))/;
const DESK = /node_modules\/(?!idb)|src\/(ui\/|features\/(shell|sign-in)\/|stores\/(looks|session|notices)\.)/;
const chunkOf = (id) => (BASE.test(id) ? 'base' : DESK.test(id) ? 'desk' : undefined);
const surfaces = ['counter', 'display', 'eval', 'ticket', 'hub'];

export default defineConfig({
  root: here('.'),
  plugins: [vue()],
  resolve: { alias: { '@': here('./src') } },
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  build: {
    target: 'es2022',
    outDir: process.env.YZ_UI_OUT ?? here('./dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      output: { manualChunks: chunkOf },
      input: Object.fromEntries(surfaces.map((name) => [name, here(`./${name}.html`)])),
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.spec.ts'],
    setupFiles: [here('./src/spec/setup.ts')],
    restoreMocks: true,
    testTimeout: 30_000, // what is slow is not wrong
  },
});
