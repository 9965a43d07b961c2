import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { jsonSchemas } from '../../../../src-main/levels/jsonSchemas.ts'

it('the JSON Schemas for editors are current', () => {
  for (const [name, text] of Object.entries(jsonSchemas())) {
    const file = resolve(import.meta.dirname, '../../../../levels', name)
    expect(readFileSync(file, 'utf8'), name).toBe(text)
  }
})
