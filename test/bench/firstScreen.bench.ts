import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BenchResult } from '../support/runner/benchResult.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** What the first screen has to load: the entry and everything that it imports at once. */
export async function run(): Promise<readonly BenchResult[]> {
  const out = mkdtempSync(join(tmpdir(), 'driftwood-weight-'))
  try {
    const vite = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
    execFileSync(process.execPath, [vite, 'build', '--outDir', out], { cwd: ROOT, stdio: 'ignore' })
    const renderer = join(out, 'renderer')
    const html = readFileSync(join(renderer, 'index.html'), 'utf8')
    const files = new Set<string>()
    for (const [, file] of html.matchAll(/(?:src|href)="[./]*(assets\/[^"]+\.js)"/g)) {
      if (file) addWithImports(renderer, file, files)
    }
    if (files.size === 0) throw new Error('the first screen loads no script at all')
    const bytes = [...files].reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(renderer, file))).length,
      0,
    )
    return [
      { name: 'scripts of the first screen, gzipped', value: bytes / 1000, unit: 'kB', limit: 450 },
    ]
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** Follows `import ... from "./x.js"`; what is imported later does not count. */
function addWithImports(folder: string, file: string, files: Set<string>): void {
  if (files.has(file)) return
  files.add(file)
  const text = readFileSync(join(folder, file), 'utf8')
  for (const [, next] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
    if (next) addWithImports(folder, join('assets', next), files)
  }
}
