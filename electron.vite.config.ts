import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { licencesPlugin } from './src-main/licencesPlugin.ts'

const fromRoot = (path: string) => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: { index: fromRoot('src-main/index.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one plain script: everything but `electron` has to be inside it.
      externalizeDeps: false,
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: fromRoot('src-main/electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: fromRoot('src-renderer'),
    plugins: [vue(), licencesPlugin(import.meta.dirname)],
    resolve: { alias: { '@contract': fromRoot('src-main/contract') } },
    build: {
      outDir: fromRoot('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The CSP allows no data: fonts, so nothing is inlined.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          index: fromRoot('src-renderer/index.html'),
          // The door of a classroom; the desktop app never opens it.
          join: fromRoot('src-renderer/join.html'),
        },
      },
    },
  },
})
