import { makeDirectories, writeHostFile } from './docker/hostFiles.ts'
import { contentOf, pattern } from './tree/content.ts'
import { createKernel } from './vfs/createKernel.ts'
import type { World } from './world.ts'

/** A file's text, or `size` bytes that repeat `fill`. */
export type HostFile = string | { readonly size: number; readonly fill: string }

/**
 * The world with these files on the host, as root made them; missing directories come into being,
 * scripts get the x bit as in a build context.
 * Paths are absolute. Throws when a path cannot be written: the caller chose it.
 */
export const placeHostFiles = (
  world: World,
  directory: string,
  files: Readonly<Record<string, HostFile>>,
): World => {
  const kernel = createKernel(world.storage, () => {})
  const sys = kernel.syscalls({
    namespace: [{ at: '/', fs: 'host', root: 1, readOnly: false }],
    uid: 0,
    gid: 0,
    umask: 0o022,
    cwd: '/',
    traceLookups: false,
  })
  makeDirectories(sys, directory)
  for (const [name, file] of Object.entries(files)) {
    const path = `${directory}/${name}`
    makeDirectories(sys, path.slice(0, path.lastIndexOf('/')))
    const content = typeof file === 'string' ? contentOf(file) : pattern(file.fill, file.size)
    const mode = typeof file === 'string' && file.startsWith('#!') ? 0o755 : 0o644
    if (!writeHostFile(sys, path, content, mode))
      throw new Error(`cannot place ${path} on the host`)
  }
  return { ...world, storage: kernel.storage() }
}
