import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { setLocale } from '../../../../src-renderer/strings/index.ts'
import { toldRefusal } from '../../../../src-renderer/strings/toldRefusal.ts'

const main = resolve(import.meta.dirname, '../../../../src-main')
const calls = join(main, 'calls')
const sources = readdirSync(calls, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(calls, file), 'utf8'))

/** Sentences that come after something, a 7 where anything is filled in. */
const said = (source: string, before: string) =>
  [...source.matchAll(new RegExp(`${before}(?:'([^']+)'|\`([^\`]+)\`)`, 'g'))].map(
    ([, plain, filled]) => plain ?? (filled ?? '').replace(/\$\{[^}]*\}/g, '7'),
  )
/** Every sentence that a call is refused with. */
const refusals = sources.flatMap((source) => said(source, "refuse\\(\\s*'[a-z-]+',\\s*"))
/** What is said of a file that was opened with the game and holds nothing for it. */
const problems = [
  ...sources.flatMap((source) => said(source, 'nothing\\(')),
  ...said(readFileSync(join(main, 'readOpenedFile.ts'), 'utf8'), 'problem: '),
]

afterEach(() => setLocale('en'))

describe('toldRefusal', () => {
  it('knows what every call says when it is refused', () => {
    expect(refusals.length).toBeGreaterThan(30)
    setLocale('de')
    // A sentence made of nothing but its values has its words from elsewhere.
    const untold = refusals.filter((text) => text !== '7.' && toldRefusal(text) === text)
    expect(untold).toEqual([])
  })

  it('knows what is said of a file that cannot be taken in', () => {
    expect(problems.length).toBeGreaterThan(4)
    setLocale('de')
    expect(problems.filter((text) => toldRefusal(text) === text)).toEqual([])
  })

  it('fills in what the sentence fills in, a sentence too', () => {
    setLocale('de')
    expect(toldRefusal('This level opens when "Ten from one" is solved.')).toBe(
      'Dieses Level öffnet sich, wenn „Ten from one“ gelöst ist.',
    )
    expect(
      toldRefusal(
        'This could not be saved and was not done: the disk is full; free some space. Everything before it is safe.',
      ),
    ).toContain('Der Datenträger ist voll')
  })

  it('leaves alone what it does not know, and English as it is', () => {
    expect(toldRefusal('That is not the PIN.')).toBe('That is not the PIN.')
    setLocale('de')
    expect(toldRefusal('Schon auf Deutsch.')).toBe('Schon auf Deutsch.')
  })
})
