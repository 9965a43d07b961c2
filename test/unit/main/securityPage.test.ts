import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const lineOf = (file: string, line: number): string =>
  readFileSync(join(root, file), 'utf8').split('\n')[line - 1] ?? ''

const named = [...page.matchAll(/`([\w./-]+):(\d+)` `([^`]+)`/g)].map(
  ([, file = '', line, words = '']) => [file, Number(line), words] as const,
)

test.each(named)('line %#: %s:%i says %s', (file, line, words) => {
  expect(lineOf(file, line)).toContain(words)
})

test('every item of the checklist of Electron is there, with a place or a reason and a test', () => {
  expect(named.length).toBeGreaterThan(25)
  const items = [...page.matchAll(/^\| (\d+)\. .+ \| .+ \| .*`(?:test|docs)\/.+ \|$/gm)]
  expect(items.map(([, number]) => Number(number))).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
})

test.each([
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'enableBlinkFeatures',
  'openExternal(',
  'enableRemoteModule',
  'eval(',
])('%s is nowhere in the sources of the main process', (word) => {
  const files = globSync('src-main/**/*.ts', { cwd: root })
  expect(files.length).toBeGreaterThan(100)
  const found = files.filter((file) => readFileSync(join(root, file), 'utf8').includes(word))
  expect(found).toEqual([])
})
