import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../../../../../src-main/sim/docker/rules.ts'
import { overlayRules } from '../../../../../src-main/sim/overlay/rules.ts'
import { createKernel } from '../../../../../src-main/sim/vfs/createKernel.ts'
import { emptyStorage } from '../../../../../src-main/sim/vfs/storageState.ts'

const model = readFileSync(
  join(import.meta.dirname, '../../../../../src-main/sim/MODEL.md'),
  'utf8',
)

test('MODEL.md lists the rules of the code, each once, and no other', () => {
  const told = [...model.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, rule]) => rule)
  expect(told.toSorted()).toEqual([...overlayRules, ...new Set(Object.values(rules))].toSorted())
})

const refusedRules = (from: string, to: string): string[] => {
  const seen: string[] = []
  const kernel = createKernel(emptyStorage(0), (event) => seen.push(event.rule))
  kernel.createTree('volume:data')
  kernel.createTree('host')
  const calls = kernel.syscalls({
    namespace: [
      { at: '/', fs: 'host', root: 1, readOnly: false },
      { at: '/data', fs: 'volume:data', root: 1, readOnly: false },
    ],
    uid: 0,
    gid: 0,
    umask: 0,
    cwd: '/',
    traceLookups: false,
  })
  calls.mkdir('/data')
  calls.mkdir('/dir')
  seen.length = 0
  expect(calls.rename(from, to)).toEqual({ ok: false, errno: 'EXDEV' })
  return seen
}

test('a rename into another mount is explained by the mounts, not by the layers', () => {
  expect(refusedRules('/dir', '/data/dir')).toEqual(['other-mount-exdev'])
})
