import { spawnSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const CONFIG = join(ROOT, '.dependency-cruiser.mjs')
const TOOL = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
const AREAS = ['src-main', 'src-renderer']

interface Cruise {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

function cruise(folder: string): Cruise {
  const args = [TOOL, '--config', CONFIG, '--output-type', 'json', ...AREAS]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Cruise
}

describe('the sources', () => {
  const { modules, summary } = cruise(ROOT)

  it('break no rule', () => {
    const told = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
    expect(told).toEqual([])
  }, 60_000)

  // With a TypeScript it does not know, the tool skips every .ts file and is content.
  it('are all read', () => {
    const files = AREAS.flatMap((area) => globSync(`${area}/**/*.{ts,vue}`, { cwd: ROOT })).sort()
    const read = new Set(modules.map(({ source }) => source))
    expect(files.length).toBeGreaterThan(300)
    expect(files.filter((file) => !read.has(file))).toEqual([])
  })
})

/** Arrows that must never appear: at least one for every rule. */
const ARROWS: readonly (readonly [from: string, to: string])[] = [
  ['src-main/levels/first.ts', './second.ts'],
  ['src-main/levels/second.ts', './first.ts'],
  ['src-main/paths.ts', './missing.ts'],
  ['src-main/log.ts', '../src-renderer/format/formatBytes.ts'],
  ['src-renderer/stores/playStore.ts', '../../src-main/play/session.ts'],
  ['src-renderer/format/formatBytes.ts', 'node:fs'],
  ['src-main/contract/schemas.ts', '../play/session.ts'],
  ['src-main/contract/api.ts', '../progress/rows.ts'],
  ['src-main/sim/world.ts', '../play/action.ts'],
  ['src-main/sim/apply.ts', 'zod'],
  ['src-main/sim/overlay/layer.ts', 'yaml'],
  ['src-main/levels/schema.ts', '../play/action.ts'],
  ['src-main/play/session.ts', '../progress/rows.ts'],
  ['src-main/quiz/quiz.ts', '../sim/world.ts'],
  ['src-main/progress/migrate.ts', '../levels/schema.ts'],
  ['src-main/calls/router.ts', '../browser/readJsonBody.ts'],
  ['src-main/served/contentPolicy.ts', '../log.ts'],
  ['src-main/browser/checkOrigin.ts', '../sim/world.ts'],
  ['src-main/electron/window.ts', '../progress/rows.ts'],
  ['src-main/cli/shell.ts', '../browser/checkOrigin.ts'],
  ['src-main/electron/preload/index.ts', '../../contract/schemas.ts'],
  ['src-main/start.ts', 'electron'],
  ['src-main/calls/context.ts', 'better-sqlite3'],
  ['src-renderer/scene/camera.ts', 'vue'],
  ['src-renderer/scene/palette.ts', '../stores/playStore.ts'],
  ['src-renderer/components/PlayPane.ts', 'pixi.js'],
  ['src-renderer/components/MapPanel.ts', '../gameApi.ts'],
  ['src-renderer/components/AppBar.ts', '../screens/MapScreen.ts'],
  ['src-renderer/composables/useTheme.ts', '../components/AppBar.ts'],
  ['src-renderer/stores/quizStore.ts', '../composables/useTheme.ts'],
  ['src-main/openGame.ts', '../test/support/fakeApi.ts'],
]

const folder = mkdtempSync(join(tmpdir(), 'driftwood-layering-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A tree of the same shape in which every arrow is there. */
function writeBadTree(): void {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  for (const [from, to] of ARROWS) {
    if (to.startsWith('.') && !to.includes('missing')) write(join(dirname(from), to), 'export {}\n')
  }
  for (const [from, to] of ARROWS) {
    write(from, `import * as it from '${to}'\nexport const used = it\n`)
  }
  for (const file of ['tsconfig.json', 'src-renderer/tsconfig.json', 'package.json']) {
    cpSync(join(ROOT, file), join(folder, file))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
}

describe('a tree with every arrow that must never appear', async () => {
  writeBadTree()
  const { violations } = cruise(folder).summary
  const { default: config } = (await import(CONFIG)) as {
    default: { forbidden: readonly { readonly name: string }[] }
  }

  it.each(ARROWS)('%s -> %s is reported', (from) => {
    // A cycle is told once, from either of its ends.
    expect(violations.flatMap((one) => [one.from, one.to])).toContain(from)
  })

  it.each(config.forbidden)('rule $name bites', ({ name }) => {
    expect(violations.map(({ rule }) => rule.name)).toContain(name)
  })
})
