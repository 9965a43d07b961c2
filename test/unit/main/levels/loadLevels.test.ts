import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadLevels } from '../../../../src-main/levels/loadLevels.ts'
import { parseData } from '../../../../src-main/levels/readData.ts'
import { levelSchema } from '../../../../src-main/levels/schema.ts'

const shipped = resolve(import.meta.dirname, '../../../../levels')
let directory = ''

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftwood-levels-'))
  cpSync(shipped, directory, { recursive: true })
})

afterEach(() => rmSync(directory, { recursive: true }))

const change = (file: string, from: string | RegExp, to: string) => {
  const path = join(directory, file)
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
}

const yaml = 'stack/first-write/level.yaml'

describe('loading levels', () => {
  it('reads every level in the order of play', () => {
    const { levels, problems } = loadLevels(directory, 'en')
    expect(problems).toEqual([])
    expect(levels.map(({ number }) => number)).toEqual(levels.map((_, at) => at + 1))
    expect(levels.at(-1)?.nextLevelId).toBeNull()
    expect(levels[0]?.nextLevelId).toBe(levels[1]?.data.id)
  })

  it('says file, line, column, place and expectation for a value that does not fit', () => {
    change(yaml, 'par: 4', 'par: many')
    const { problems, levels } = loadLevels(directory, 'en')
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^stack\/first-write\/level\.yaml:\d+:6 par: .*expected number/)
    expect(levels.map(({ data }) => data.id)).not.toContain('first-write')
  })

  it('names a key that nothing knows', () => {
    change(yaml, 'focus: archive', 'focus: archive\nfokus: archive')
    expect(loadLevels(directory, 'en').problems[0]).toMatch(/level\.yaml:\d+:\d+ file: .*"fokus"/)
  })

  it('names a goal whose text is missing', () => {
    change('stack/first-write/en.json', '"new-file": "Start', '"old-file": "Start')
    const { problems } = loadLevels(directory, 'en')
    expect(problems).toContainEqual(expect.stringContaining('goals.new-file: expected a text'))
    expect(problems).toContainEqual(expect.stringContaining('goals.old-file'))
  })

  it('refuses a level that no index lists, and one that lists nothing', () => {
    cpSync(join(directory, 'stack/first-write'), join(directory, 'stack/stray'), {
      recursive: true,
    })
    expect(loadLevels(directory, 'en').problems).toContainEqual(
      expect.stringContaining('stack/stray'),
    )
    change('index.json', '"white-sheet"', '"no-such-level"')
    expect(loadLevels(directory, 'en').problems).toContainEqual(
      expect.stringMatching(/bill\/no-such-level\/level\.yaml:1:1 file: cannot be read/),
    )
  })

  it('refuses an id that is not its folder', () => {
    change(yaml, 'id: first-write', 'id: second-write')
    expect(loadLevels(directory, 'en').problems[0]).toContain('id: expected first-write')
  })

  it('reports a language that is not there', () => {
    expect(loadLevels(directory, 'tlh').problems[0]).toContain('index.tlh.json')
  })
})

describe('a level file from a stranger', () => {
  const read = (source: string) => {
    const result = parseData(source, 'level.yaml', levelSchema)
    return result.ok ? 'accepted' : result.problem
  }

  it('cannot blow up by aliases', () => {
    const rows = Array.from({ length: 20 }, (_, n) =>
      n === 0
        ? 'a0: &a0 [x, x, x, x]'
        : `a${n}: &a${n} [*a${n - 1}, *a${n - 1}, *a${n - 1}, *a${n - 1}]`,
    )
    expect(read(rows.join('\n'))).toMatch(/^level\.yaml:1:1 file: .*alias/i)
  })

  it('cannot say a key twice', () => {
    expect(read('id: one\nid: two')).toMatch(/^level\.yaml:2:1 file: .*unique/i)
  })

  it('cannot be larger than a level ever is', () => {
    writeFileSync(join(directory, yaml), `# ${'x'.repeat(300_000)}`)
    expect(loadLevels(directory, 'en').problems[0]).toContain('expected at most 262144 bytes')
  })

  it('cannot reach the prototype of things', () => {
    expect(read('__proto__: { polluted: true }\nformatVersion: 1')).toMatch(/level\.yaml/)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('is told where the syntax breaks', () => {
    expect(read('goals: [')).toMatch(/^level\.yaml:\d+:\d+ file: /)
  })
})
