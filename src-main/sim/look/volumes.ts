import { listUpper } from '../overlay/list.ts'
import type { FileSystemState, StorageState } from '../vfs/storageState.ts'
import type { World } from '../world.ts'
import type { VolumeFacts } from './facts.ts'

const counts = new WeakMap<FileSystemState, number>()

const filesIn = (storage: StorageState, fs: FileSystemState): number => {
  const known = counts.get(fs)
  if (known !== undefined) return known
  let files = 0
  for (const { kind } of listUpper(storage, fs.id)) if (kind !== 'dir') files += 1
  counts.set(fs, files)
  return files
}

/** All volumes, in the order in which they were made. */
export const listVolumes = (world: World): readonly VolumeFacts[] =>
  world.engine.volumes.map((volume) => {
    const fs = world.storage.fileSystems.get(volume.fs)
    return {
      name: volume.name,
      anonymous: volume.anonymous,
      bytes: fs?.bytes ?? 0,
      files: fs === undefined ? 0 : filesIn(world.storage, fs),
      usedBy: world.engine.containers
        .filter(({ mounts }) => mounts.some(({ name }) => name === volume.name))
        .map(({ id }) => id),
    }
  })
