import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = [
  'src-main/**/*.ts',
  'src-renderer/**/*',
  'assets/**/*',
  'electron.vite.config.ts',
  'package-lock.json',
]

/** Names, sizes and times of everything that goes into a build: quick, and changes with each edit. */
function sourceStamp(root: string): string {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES, { cwd: root }).sort()) {
    const stat = statSync(join(root, file))
    if (stat.isFile()) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/**
 * Builds main, preload and renderer into `out` unless they are current. Returns what the build
 * said where it failed, null where all is well.
 */
export function buildIfChanged(root: string, announce: () => void): string | null {
  const stampFile = join(root, 'out', 'stamp')
  const stamp = sourceStamp(root)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return null
  announce()
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const build = spawnSync(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (build.status !== 0) return `${build.stdout}${build.stderr}${build.error ?? ''}`
  writeFileSync(stampFile, stamp)
  return null
}
