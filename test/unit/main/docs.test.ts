import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const pages = globSync('docs/*.md', { cwd: root })

test.each(pages)('every file that %s names is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const named = [...text.matchAll(/`((?:src-|test\/|docs\/|electron-builder)[\w./-]+)`/g)]
  const missing = named.flatMap(([, file]) => (existsSync(join(root, file ?? '')) ? [] : [file]))
  expect(missing).toEqual([])
})

test.each(pages)('every npm script that %s tells to run is there', (page) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const text = readFileSync(join(root, page), 'utf8')
  const told = [...text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name]) => name)
  expect(told.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([])
})
