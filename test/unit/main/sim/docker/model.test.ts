import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../../../../../src-main/sim/docker/rules.ts'

const model = readFileSync(
  join(import.meta.dirname, '../../../../../src-main/sim/MODEL.md'),
  'utf8',
)

test.each(Object.values(rules))('MODEL.md tells the fact behind %s', (rule) => {
  expect(model).toContain(`| \`${rule}\` |`)
})
