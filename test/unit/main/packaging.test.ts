import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { PROGRESS_FILE_EXTENSION } from '../../../src-main/calls/brought.ts'
import { LEVEL_FILE_EXTENSION } from '../../../src-main/levels/levelFile.ts'
import { type Packaged, packagedProblems } from '../../packaging/packagedProblems.ts'

const root = resolve(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8')
const require = createRequire(import.meta.url)

interface Validator {
  readonly validateConfiguration: (config: unknown, log: unknown) => Promise<void>
}

const validate = (config: unknown): Promise<void> =>
  (require('app-builder-lib/out/util/config/config.js') as Validator).validateConfiguration(
    config,
    {
      add: () => {},
      isEnabled: false,
    },
  )

const config = parse(read('electron-builder.yml'))
const manifest = JSON.parse(read('package.json'))

test('the packager accepts the configuration, and notices a wrong one', async () => {
  await validate(config)
  await expect(validate({ ...config, nsis: { oneClick: 'no' } })).rejects.toThrow(/oneClick/)
})

test('it packs the Electron the project is tested with, the levels and the native module', () => {
  expect(config.electronVersion).toBe(manifest.devDependencies.electron)
  expect(config.files).toEqual(expect.arrayContaining(['out/**', 'levels/**', 'package.json']))
  expect(config.asarUnpack).toEqual(['node_modules/better-sqlite3/prebuilds/*.node'])
  expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3'])
})

test('files that players pass on are opened by the game, under the names it gives them', () => {
  const associations: readonly { ext: string; mimeType: string; name: string }[] =
    config.fileAssociations
  expect(associations.map(({ ext }) => `.${ext}`)).toEqual([
    PROGRESS_FILE_EXTENSION,
    LEVEL_FILE_EXTENSION,
  ])
  // Linux knows a file by its mime type alone, Windows by a name that nobody else uses.
  for (const { mimeType, name } of associations) {
    expect(mimeType).toMatch(/^application\/x-driftwood-/)
    expect(name).toMatch(/^Driftwood\./)
  }
})

/** What `npm run rehearse` finds where all is well. */
const sound: Packaged = {
  packed: [
    ...['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
    ...['inter-x.woff2', 'jetbrains-mono-x.woff2'].map((file) => `out/renderer/assets/${file}`),
    ...['levels/index.json', 'levels/quay/first/level.yaml', 'levels/quay/first/de.json'],
    ...['lib/index.js', 'prebuilds/linux-x64.node'].map((f) => `node_modules/better-sqlite3/${f}`),
  ].map((file) => ({ file, unpacked: file.endsWith('.node') })),
  beside: () => true,
  fuse: (name) => name === 'OnlyLoadAppFromAsar',
  fuses: { onlyLoadAppFromAsar: true, runAsNode: false },
  target: 'linux-x64',
}
const without = (file: string): Packaged => ({
  ...sound,
  packed: sound.packed.filter((one) => one.file !== file),
})
const withFile = (file: string, unpacked = false): Packaged => ({
  ...sound,
  packed: [...sound.packed, { file, unpacked }],
})

test('the rehearsal of a release finds nothing wrong with a sound package', () => {
  expect(packagedProblems(sound)).toEqual([])
})

test.each<readonly [string, Packaged, RegExp]>([
  ['no fonts', without('out/renderer/assets/inter-x.woff2'), /font Inter/],
  ['no levels', without('levels/quay/first/level.yaml'), /not inside: levels/],
  ['sources', withFile('src-main/index.ts'), /sources: src-main/],
  ['tests', withFile('test/e2e/x.js'), /tests: test/],
  ['another package', withFile('node_modules/vite/index.js'), /only for building/],
  [
    'a driver for another system',
    withFile('node_modules/better-sqlite3/prebuilds/win32-x64.node', true),
    /one native module/,
  ],
  ['scripts that nobody checks', withFile('out/main/b.js', true), /beside the archive/],
  ['no licence', { ...sound, beside: (file) => !file.includes('LICENCES') }, /not beside/],
  ['a fuse that is not blown', { ...sound, fuse: () => true }, /fuse runAsNode/],
])('and names %s', (_, packaged, said) => {
  expect(packagedProblems(packaged).join()).toMatch(said)
})
