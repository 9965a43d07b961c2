import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const program = resolve(import.meta.dirname, '../../../../src-main/cli/driftwood.ts')

const driftwoodWith = (input: string, ...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', input })

const driftwood = (...args: string[]) => driftwoodWith('', ...args)

it('prints its commands and exit codes', () => {
  const { status, stdout, stderr } = driftwood('--help')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  for (const word of ['replay', 'shell', 'levels', 'play', 'report', '70']) {
    expect(stdout).toContain(word)
  }
})

it.each([[[]], [['sail']], [['../start']], [['__proto__']]])(
  'refuses %j as bad input, on stderr only',
  (args) => {
    const { status, stdout, stderr } = driftwood(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^driftwood: /)
  },
)

it('takes the lines of a simulated host from a pipe', () => {
  const input = 'docker volume create pgdata\ndocker volume ls -q\ndocker sail\nexit\ndocker ps\n'
  const { status, stdout, stderr } = driftwoodWith(input, 'shell', '--world', 'empty')
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'pgdata\npgdata\n' })
  expect(stderr).toContain('unknown command: docker sail')
})

it('gives a line of JSON for each line of a pipe', () => {
  const { status, stdout } = driftwoodWith('echo one\nfalse\n', 'shell', '--json')
  expect(status).toBe(0)
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { cmd: 'echo one', stdout: 'one\n', stderr: '', exit: 0 },
    { cmd: 'false', stdout: '', stderr: '', exit: 1 },
  ])
})

it('names the worlds there are when it knows none of that name', () => {
  const { status, stderr } = driftwood('shell', '--world', 'atlantis')
  expect(status).toBe(2)
  expect(stderr).toMatch(/--world: expected one of .*driftwood.*, found atlantis/)
})
