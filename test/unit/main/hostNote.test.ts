import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  alreadyRunningMessage,
  isAlreadyRunning,
  readHostNote,
  removeHostNote,
  writeHostNote,
} from '../../../src-main/hostNote.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-note-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const note = { url: 'http://127.0.0.1:8123/start?token=t', pid: 7 }

it('tells a second start where the first one is, and only its owner', () => {
  writeHostNote(folder, note)
  expect(readHostNote(folder)).toEqual(note)
  expect(statSync(join(folder, 'host.json')).mode & 0o777).toBe(0o600)
  expect(alreadyRunningMessage(folder)).toContain(note.url)
})

it('is known again on the port of HTTP', () => {
  const there = { url: 'http://127.0.0.1/start?token=t', pid: 7 }
  writeHostNote(folder, there)
  expect(readHostNote(folder)).toEqual(there)
})

it('is gone after the host has stopped', () => {
  writeHostNote(folder, note)
  removeHostNote(folder)
  expect(readHostNote(folder)).toBeNull()
  expect(alreadyRunningMessage(folder)).not.toContain('http')
})

it.each(['', '{', '[]', '{"url":"http://evil.example/","pid":1}', '{"url":7,"pid":1}'])(
  'ignores a note that is not ours: %s',
  (text) => {
    writeFileSync(join(folder, 'host.json'), text)
    expect(readHostNote(folder)).toBeNull()
  },
)

it('recognises the error of an open data folder', () => {
  expect(isAlreadyRunning(Object.assign(new Error('open'), { code: 'already-running' }))).toBe(true)
  expect(isAlreadyRunning(new Error('disk full'))).toBe(false)
})
