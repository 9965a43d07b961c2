import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { checkLanguages } from '../../../../src-main/levels/checkLanguages.ts'

const levels = resolve(import.meta.dirname, '../../../../levels')

it('names a missing language, a missing text, other markup and a language nobody speaks', () => {
  const directory = mkdtempSync(join(tmpdir(), 'levels-'))
  cpSync(levels, directory, { recursive: true })
  expect(checkLanguages(directory)).toEqual([])
  rmSync(join(directory, 'stack/who-answered/de.json'))
  writeFileSync(join(directory, 'stack/ten-from-one/fr.json'), '{}')
  const file = join(directory, 'stack/first-write/de.json')
  const texts = readFileSync(file, 'utf8')
  writeFileSync(file, texts.replace('`/etc/driftwood.conf` an', '`/etc/treibholz.conf` an'))
  const hotFix = join(directory, 'lifetime/hot-fix/de.json')
  writeFileSync(hotFix, readFileSync(hotFix, 'utf8').replace('"commit":', '"begeh":'))
  const failures = checkLanguages(directory).join('\n')
  expect(failures).toContain('stack/who-answered/de.json')
  expect(failures).toContain('stack/ten-from-one/fr.json:1:1 expected index.fr.json')
  expect(failures).toContain('stack/first-write/de.json:1:1 goals.small-file: expected exactly')
  expect(failures).toContain('lifetime/hot-fix/de.json:1:1 actions.commit: expected a text')
})
