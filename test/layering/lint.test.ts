import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

/** Lints texts as if they were files of the project; the complaints by path. */
function lint(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'driftwood-lint-')))
  try {
    for (const own of ['biome.json', '.biome']) {
      cpSync(join(ROOT, own), join(folder, own), { recursive: true })
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), `${text}\n`)
    }
    const tool = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
    const args = [tool, 'lint', '--reporter=github', '--max-diagnostics=none', '.']
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    const errors = stdout.split('\n').filter((line) => line.startsWith('::error'))
    const pathOf = (line: string) => relative(folder, /file=([^,]+)/.exec(line)?.[1] ?? '')
    const byPath = Map.groupBy(errors, pathOf)
    return new Map([...byPath].map(([path, lines]) => [path, lines.join('\n')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const FORBIDDEN: readonly (readonly [path: string, text: string, complaint: string])[] = [
  ['src-main/sim/clock.ts', 'export const now = () => Date.now()', 'noRestrictedGlobals'],
  ['src-main/sim/date.ts', 'export const now = () => new Date()', 'noRestrictedGlobals'],
  ['src-main/sim/precise.ts', 'export const now = () => performance.now()', 'noRestrictedGlobals'],
  ['src-main/sim/dice.ts', 'export const dice = () => Math.random()', 'no randomness'],
  ['src-main/sim/loaded.ts', `export const dice = () => Math['random']()`, 'no randomness'],
  ['src-main/sim/ids.ts', 'export const id = () => crypto.randomUUID()', 'noRestrictedGlobals'],
  [
    'src-main/sim/wait.ts',
    'export const wait = () => setTimeout(() => {}, 1)',
    'noRestrictedGlobals',
  ],
  ['src-main/sim/ask.ts', `export const ask = () => fetch('/')`, 'noRestrictedGlobals'],
  ['src-main/sim/home.ts', 'export const home = () => process.env.HOME', 'noRestrictedGlobals'],
  ['src-main/sim/all.ts', 'export const all = () => globalThis', 'noRestrictedGlobals'],
  ['src-renderer/stores/ask.ts', `export const ask = () => fetch('/')`, 'noRestrictedGlobals'],
  ['src-main/play/plain.ts', 'export default function thing() {}', 'noDefaultExport'],
  ['src-main/play/barrel.ts', `export * from './world.ts'`, 'noReExportAll'],
  ['src-main/play/any.ts', 'export const thing = (it: any) => it', 'noExplicitAny'],
  ['src-main/play/enum.ts', 'export enum Kind {\n  File,\n}', 'noEnum'],
]

const ALLOWED: Readonly<Record<string, string>> = {
  'src-main/sim/plain.ts': 'export const half = (it: number) => Math.floor(it / 2)',
  'src-main/progress/clock.ts': 'export const now = () => Date.now() + Math.random()',
  'src-renderer/gameApi.ts': `export const ask = () => fetch('/')`,
}

const complaints = lint({
  ...ALLOWED,
  ...Object.fromEntries(FORBIDDEN.map(([path, text]) => [path, text])),
})

it.each(FORBIDDEN)('%s is reported: %s', (path, _text, complaint) => {
  expect(complaints.get(path)).toContain(complaint)
})

it.each(Object.keys(ALLOWED))('%s is not', (path) => {
  expect(complaints.get(path)).toBeUndefined()
})
