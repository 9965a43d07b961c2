import { mountOrder } from '../docker/mounts.ts'
import type { Container } from '../docker/state.ts'
import { createKernel } from '../vfs/createKernel.ts'
import type { Mount, Namespace, Syscalls } from '../vfs/syscalls.ts'
import type { World } from '../world.ts'

/** The mounts that a container has, or would have: a stopped one too. tmpfs only while it runs. */
const namespaceOf = (world: World, container: Container): Namespace => {
  if (container.namespace !== null) return container.namespace
  const mounts: Mount[] = [{ at: '/', fs: container.fs, root: 1, readOnly: true }]
  const kernel = createKernel(world.storage, () => undefined)
  for (const { type, fs, source, target, readOnly } of mountOrder(container.mounts)) {
    if (type === 'volume') mounts.push({ at: target, fs, root: 1, readOnly })
    if (type !== 'bind') continue
    const root = kernel.inodeAt('host', source)
    if (root !== null) mounts.push({ at: target, fs: 'host', root, readOnly })
  }
  return mounts.filter(({ fs }) => world.storage.fileSystems.get(fs) !== undefined)
}

/** Root's system calls inside a container, on a working copy that is dropped: for looking only. */
export const lookInside = (world: World, container: Container): Syscalls =>
  createKernel(world.storage, () => undefined).syscalls({
    namespace: namespaceOf(world, container),
    uid: 0,
    gid: 0,
    umask: 0o022,
    cwd: '/',
    traceLookups: false,
  })
