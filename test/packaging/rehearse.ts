/**
 * `npm run rehearse`: packs the game for Linux with electron-builder as a release does, without the
 * network, around a stand-in for the Electron program, and looks at what came out. Says at the end
 * what cannot be tried this way.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { buildIfChanged } from '../../src-main/buildIfChanged.ts'
import { packagedProblems } from './packagedProblems.ts'
import { writeStandInElectron } from './standInElectron.ts'

const root = resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const say = (text: string): unknown => process.stdout.write(`${text}\n`)

const failure = buildIfChanged(root, () => say('Building...'))
if (failure !== null) throw new Error(failure)

const folder = mkdtempSync(join(tmpdir(), 'driftwood-package-'))
try {
  process.exitCode = await rehearse()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function rehearse(): Promise<number> {
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
  writeStandInElectron(join(folder, 'electron'), config.electronVersion)
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const run = spawnSync(
    process.execPath,
    [
      builder,
      '--dir',
      '--linux',
      '--config',
      'electron-builder.yml',
      `-c.electronDist=${join(folder, 'electron')}`,
      `-c.directories.output=${join(folder, 'dist')}`,
      '--publish',
      'never',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  if (run.status !== 0) {
    say(`electron-builder failed:\n${run.stdout}${run.stderr}`)
    return 1
  }
  const out = join(folder, 'dist', 'linux-unpacked')
  const { listPackage, statFile } = require('@electron/asar') as {
    listPackage: (archive: string, options: object) => string[]
    statFile: (archive: string, file: string) => { readonly unpacked?: boolean; files?: unknown }
  }
  const archive = join(out, 'resources/app.asar')
  const packed = listPackage(archive, {})
    .map((file) => file.replace(/^[\\/]/, '').replaceAll('\\', '/'))
    .map((file) => ({ file, stat: statFile(archive, file) }))
    .filter(({ stat }) => stat.files === undefined)
    .map(({ file, stat }) => ({ file, unpacked: stat.unpacked === true }))
  const { getCurrentFuseWire, FuseV1Options } = await import('@electron/fuses')
  const wire = await getCurrentFuseWire(join(out, 'driftwood'))
  const problems = packagedProblems({
    packed,
    beside: (file) => existsSync(join(out, file)),
    fuse: (name) => {
      const at = FuseV1Options[name as keyof typeof FuseV1Options]
      return String.fromCharCode(Number((wire as unknown as Record<number, number>)[at])) === '1'
    },
    fuses: config.electronFuses,
    target: `${process.platform}-${process.arch}`,
  })
  for (const problem of problems) say(`✗ ${problem}`)
  say(
    `${packed.length} files packed, ${packed.filter(({ unpacked }) => unpacked).length} of them beside the archive; ${problems.length} problems`,
  )
  say(
    'Not tried: that the real Electron starts and loads the driver, its fuses in the real binary, ' +
      'installers (nsis, dmg, AppImage, deb), file associations, signing: docs/releasing.md.',
  )
  return problems.length === 0 ? 0 : 1
}
