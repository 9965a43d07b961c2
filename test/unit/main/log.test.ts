import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appendToLogFile, createLog } from '../../../src-main/log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('writes the time, the level, the message and the cause', () => {
  const lines: string[] = []
  const log = createLog({ now: () => 0, write: (line) => lines.push(line) })
  log.warn('tide is high', new Error('moon'))
  expect(lines[0]).toMatch(/^1970-01-01T00:00:00\.000Z warn tide is high\nError: moon/)
})

it('keeps an entry on its line, whatever a request has put into the message', () => {
  const lines: string[] = []
  const log = createLog({ now: () => 0, write: (line) => lines.push(line) })
  log.warn('bad request at marks.a\n1970-01-01T00:00:00.000Z error all is lost\r\u001b[2J')
  expect(lines).toEqual([
    '1970-01-01T00:00:00.000Z warn bad request at marks.a\\n1970-01-01T00:00:00.000Z error all is lost\\r\\u001b[2J\n',
  ])
})

it('cuts a message that is longer than anybody reads', () => {
  const lines: string[] = []
  createLog({ now: () => 0, write: (line) => lines.push(line) }).warn('x'.repeat(70_000))
  expect(lines[0]?.length).toBeLessThan(2100)
})

describe('appendToLogFile', () => {
  it('appends', () => {
    const write = appendToLogFile(join(folder, 'a.log'))
    write('one\n')
    write('two\n')
    expect(readFileSync(join(folder, 'a.log'), 'utf8')).toBe('one\ntwo\n')
  })

  it('starts a new file before the old one fills the disk, and keeps one generation', () => {
    const file = join(folder, 'a.log')
    writeFileSync(file, 'x'.repeat(1024 * 1024 + 1))
    appendToLogFile(file)('new\n')
    expect(readFileSync(file, 'utf8')).toBe('new\n')
    expect(existsSync(`${file}.1`)).toBe(true)
  })

  it('falls back to stderr where the file cannot be written', () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    appendToLogFile(join(folder, 'no', 'such', 'folder.log'))('lost?\n')
    expect(stderr.mock.calls.join('')).toContain('lost?')
    stderr.mockRestore()
  })
})
