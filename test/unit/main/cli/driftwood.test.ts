import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const program = resolve(import.meta.dirname, '../../../../src-main/cli/driftwood.ts')

const driftwood = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })

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
