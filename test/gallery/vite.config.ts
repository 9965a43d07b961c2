import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/** The gallery page, in development only: `npx vite --config test/gallery/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: resolve(root, 'node_modules/.vite-gallery'),
  resolve: { alias: { '@contract': resolve(root, 'src-main/contract') } },
  server: { host: '127.0.0.1', port: 5199, strictPort: true, hmr: false, fs: { allow: [root] } },
})
