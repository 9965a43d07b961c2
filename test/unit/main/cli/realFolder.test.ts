import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { levels } from '../../../../src-main/cli/levels.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-real-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]) {
  const said: string[] = []
  const errors: string[] = []
  const io = {
    stdin: process.stdin,
    write: (text: string) => said.push(text),
    error: (text: string) => errors.push(text),
  }
  return { exit: levels(args, io), said: said.join(''), errors: errors.join('') }
}

it('writes the folder that the debrief saves, in the language asked for, and only once', () => {
  const made = join(folder, 'driftwood-first-write')
  expect(run('real', 'first-write', folder, '--locale', 'de')).toMatchObject({
    exit: 0,
    said: `${made}\n`,
  })
  expect(readdirSync(made).toSorted()).toEqual(['Dockerfile', 'README.txt', 'commands.sh'])
  expect(readFileSync(join(made, 'commands.sh'), 'utf8')).toContain('docker build -t driftwood/')
  expect(readFileSync(join(made, 'README.txt'), 'utf8')).toMatch(/^Das erste Schreiben\n/)
  const again = run('real', 'first-write', folder)
  expect(again.exit).toBe(2)
  expect(again.errors).toContain('is there already')
})

it('names the levels there are when it gets another one', () => {
  const { exit, errors } = run('real', 'nope', folder)
  expect(exit).toBe(2)
  expect(errors).toContain('expected one of ten-from-one, who-answered')
  expect(readdirSync(folder)).toEqual([])
})
