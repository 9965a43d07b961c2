import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { PROGRESS_FILE_EXTENSION } from '../../../src-main/calls/brought.ts'
import { LEVEL_FILE_EXTENSION } from '../../../src-main/levels/levelFile.ts'

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
  expect(config.asarUnpack).toEqual(['node_modules/better-sqlite3/**'])
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
