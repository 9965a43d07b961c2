import { expect, test } from 'vitest'
import { copySubtree } from '../../../../../src-main/sim/vfs/copySubtree.ts'
import { createKernel } from '../../../../../src-main/sim/vfs/createKernel.ts'
import { emptyStorage } from '../../../../../src-main/sim/vfs/storageState.ts'

const callsIn = (kernel: ReturnType<typeof createKernel>, fs: string) => {
  kernel.createTree(fs)
  const namespace = [{ at: '/', fs, root: 1, readOnly: false }]
  return kernel.syscalls({ namespace, uid: 0, gid: 0, umask: 0, cwd: '/', traceLookups: false })
}

test('a copied device keeps its number', () => {
  const kernel = createKernel(emptyStorage(0), () => {})
  const [from, to] = [callsIn(kernel, 'host'), callsIn(kernel, 'volume:data')]
  from.mkdir('/dev', 0o755)
  from.mknod('/dev/full', 0o620, [1, 7])
  expect(copySubtree(from, '/dev', to, '/dev').ok).toBe(true)
  expect(to.lstat('/dev/full')).toMatchObject({
    value: { kind: 'char', mode: 0o620, device: [1, 7] },
  })
})
