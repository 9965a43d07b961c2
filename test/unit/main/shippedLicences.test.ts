import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import {
  importedPackages,
  licencesAsText,
  mayBePassedOn,
  shippedLicences,
} from '../../../src-main/shippedLicences.ts'

const packages = shippedLicences(resolve(import.meta.dirname, '../../..'))
const names = packages.map(({ name }) => name)

test.each(packages.map((one) => [`${one.name} ${one.version}`, one] as const))(
  '%s has a licence that lets the game be passed on',
  (_, { licence, text }) => {
    expect(mayBePassedOn(licence)).toBe(true)
    expect(text).not.toBe('')
  },
)

test('names what the program is made of, fonts, icons and indirect packages included', () => {
  expect(names).toEqual(expect.arrayContaining(['better-sqlite3', 'electron', 'pixi.js', 'vue']))
  expect(names).toEqual(expect.arrayContaining(['@fontsource-variable/inter', '@lucide/vue']))
  expect(names).toEqual(expect.arrayContaining(['@vue/runtime-core', 'earcut', '@lezer/common']))
  expect(names).not.toContain('vite')
  expect(names).not.toContain('vitest')
  expect(importedPackages(resolve(import.meta.dirname, '../../..'))).not.toContain('node')
})

test.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['GPL-3.0 OR MIT', true],
  ['MIT AND OFL-1.1', true],
  ['MIT AND GPL-3.0', false],
  ['GPL-3.0-only', false],
  ['SEE LICENSE IN EULA', false],
  ['UNLICENSED', false],
  ['CC-BY-NC-4.0', false],
  ['', false],
])('%s may be passed on: %s', (licence, expected) => {
  expect(mayBePassedOn(licence)).toBe(expected)
})

test('the text beside the program has every licence in full', () => {
  const text = licencesAsText(packages)
  for (const one of packages) {
    expect(text).toContain(`${one.name} ${one.version}\n${one.licence}`)
    expect(text).toContain(one.text)
  }
})
