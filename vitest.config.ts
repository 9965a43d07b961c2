import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { licencesPlugin } from './src-main/licencesPlugin.ts'

const alias = { '@contract': resolve(import.meta.dirname, 'src-main/contract') }

/** A project that runs in Node: everything that lives in or beside the main process. */
const nodeProject = (name: string, include: string, testTimeout = 15_000) => ({
  plugins: [vue()],
  resolve: { alias },
  test: {
    name,
    include: [include],
    environment: 'node' as const,
    testTimeout,
    setupFiles: ['test/support/matchers.ts'],
  },
})

const domProject = (name: string, include: string) => ({
  plugins: [vue(), licencesPlugin(import.meta.dirname)],
  resolve: { alias },
  test: {
    name,
    include: [include],
    environment: 'happy-dom' as const,
    testTimeout: 60_000,
    setupFiles: ['test/support/matchers.ts', 'test/support/patience.ts'],
  },
})

export default defineConfig({
  test: {
    globalSetup: ['test/support/globalSetup.ts'],
    projects: [
      nodeProject('unit-main', 'test/unit/main/**/*.test.ts'),
      domProject('unit-renderer', 'test/unit/renderer/**/*.test.ts'),
      domProject('component', 'test/component/**/*.test.ts'),
      nodeProject('levels', 'test/levels/**/*.test.ts'),
      nodeProject('layering', 'test/layering/**/*.test.ts'),
      nodeProject('conformance', 'test/conformance/**/*.test.ts'),
      // Kills processes and damages files: slow, but still part of `npm test`.
      nodeProject('durability', 'test/durability/**/*.test.ts', 60_000),
    ],
  },
})
