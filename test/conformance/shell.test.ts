import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readyWorld } from '../../src-main/cli/readyWorld.ts'
import { apply } from '../../src-main/sim/apply.ts'
import { BusyboxShell, busyboxMissing } from './shell/busyboxShell.ts'
import { arbitraryShellScript, fixedScripts } from './shell/scripts.ts'
import { runSimulated } from './shell/simulatedShell.ts'

describe('the shell and its tools against busybox', () => {
  const missing = busyboxMissing()
  const busybox = missing === null ? new BusyboxShell() : null
  if (missing !== null) console.log(`skipped: scripts on busybox: ${missing}`)
  afterAll(() => busybox?.close())

  const expectSame = (script: string): void => {
    if (busybox === null) return
    const theirs = busybox.run(script)
    // Another script in its place: how far one comes that has no end says nothing.
    fc.pre(theirs !== null)
    expect(runSimulated(script)).toEqual(theirs)
  }

  test.skipIf(missing !== null)(
    `${fixedScripts.length} fixed scripts print, end and leave the same`,
    () => fixedScripts.forEach(expectSame),
    120_000,
  )

  test.skipIf(missing !== null)(
    '300 random scripts print, end and leave the same',
    () => {
      fc.assert(fc.property(arbitraryShellScript, expectSame), { numRuns: 300, seed: 1 })
    },
    240_000,
  )

  test.skipIf(missing !== null)('a difference is seen', () => {
    expect(runSimulated('echo a > new')).not.toEqual(busybox?.run('echo b > new'))
  })
})

describe('how a file is changed shows in what is copied up', () => {
  const copiedUp = (line: string): string[] => {
    let world = readyWorld('driftwood')
    if (world === null) throw new Error('the world of the prompt is missing')
    world = apply(world, 'docker run -d --name box busybox sleep 1d').world
    const { steps, exit } = apply(world, `docker exec box ${line}`)
    expect(exit).toBe(0)
    return steps.flatMap(({ event }) => (event.type === 'file-copied-up' ? [event.path] : []))
  }

  test('appending copies the file up', () => {
    expect(copiedUp("sh -c 'echo x:x:5:5::/: >> /etc/passwd'")).toContain('/etc/passwd')
  })

  test('sed -i writes a new file and renames it: nothing of the old one is copied', () => {
    expect(copiedUp('sed -i s/root/boss/ /etc/passwd')).not.toContain('/etc/passwd')
  })

  test('a new file moved over the old one copies nothing either', () => {
    expect(copiedUp("sh -c 'echo new > /etc/new; mv /etc/new /etc/passwd'")).not.toContain(
      '/etc/passwd',
    )
  })

  test('moving the file itself copies it up first', () => {
    expect(copiedUp('mv /etc/passwd /etc/moved')).toContain('/etc/passwd')
  })
})
