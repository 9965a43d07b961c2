import { readHostFile } from '../docker/hostFiles.ts'
import type { Container } from '../docker/state.ts'
import type { LayerId } from '../event.ts'
import { listMerged, placeAt } from '../overlay/list.ts'
import { lowerNode } from '../overlay/lowerDir.ts'
import { slice, toText } from '../tree/content.ts'
import type { Stat } from '../vfs/syscalls.ts'
import type { World } from '../world.ts'
import { containerRecord } from './containers.ts'
import type { LayerEntry, Owner } from './facts.ts'
import { shownEntry } from './layerEntries.ts'
import { lookInside } from './view.ts'

/** The layer of a container's own file system that answers for a path; null when none does. */
const layerAt = (world: World, container: Container, path: string): LayerId | null => {
  const place = placeAt(world.storage, container.fs, path)
  if (place === null) return null
  if (place.upper !== null) return 'upper'
  return place.lower === null ? null : lowerNode(place.lower).layer.id
}

/** Who answers for a path in a container: the upper, an image layer, a mount, or nobody. */
export const ownerOf = (world: World, nameOrId: string, path: string): Owner => {
  const container = containerRecord(world, nameOrId)
  if (container === null) return { kind: 'none' }
  const sys = lookInside(world, container)
  const stat = sys.lstat(path)
  if (!stat.ok) return { kind: 'none' }
  const { fs } = stat.value
  if (fs.startsWith('volume:')) {
    const volume = world.engine.volumes.find((candidate) => candidate.fs === fs)
    return { kind: 'volume', name: volume?.name ?? '', anonymous: volume?.anonymous ?? false }
  }
  if (fs === 'host') return bindOwner(container, path)
  if (fs !== container.fs) return { kind: 'tmpfs' }
  const parent = path.slice(0, path.lastIndexOf('/')) || '/'
  const realParent = sys.realpath(parent)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const real = realParent.ok ? `${realParent.value === '/' ? '' : realParent.value}/${name}` : path
  const layer = layerAt(world, container, real)
  if (layer === null) return { kind: 'none' }
  return layer === 'upper' ? { kind: 'upper' } : { kind: 'layer', layer }
}

const bindOwner = (container: Container, path: string): Owner => {
  const bind = container.mounts
    .filter(
      ({ type, target }) => type === 'bind' && (path === target || path.startsWith(`${target}/`)),
    )
    .sort((a, b) => b.target.length - a.target.length)[0]
  if (bind === undefined) return { kind: 'none' }
  return { kind: 'bind', hostPath: `${bind.source}${path.slice(bind.target.length)}` }
}

/** stat(2) of a path as root in the container sees it; symlinks are not followed. */
export const statIn = (world: World, nameOrId: string, path: string): Stat | null => {
  const container = containerRecord(world, nameOrId)
  if (container === null) return null
  const stat = lookInside(world, container).lstat(path)
  return stat.ok ? stat.value : null
}

/** The first `maxBytes` of a file as text; null when it cannot be read. */
export const readText = (
  world: World,
  nameOrId: string,
  path: string,
  maxBytes = 65_536,
): string | null => {
  const container = containerRecord(world, nameOrId)
  if (container === null) return null
  const content = readHostFile(lookInside(world, container), path)
  return content === null ? null : toText(slice(content, 0, maxBytes))
}

/** The merged view below a directory, at most `limit` entries; mounts are not looked into. */
export const mergedEntries = (
  world: World,
  nameOrId: string,
  under: string,
  limit: number,
): readonly (LayerEntry & { readonly layer: LayerId })[] => {
  const container = containerRecord(world, nameOrId)
  if (container === null || world.storage.fileSystems.get(container.fs) === undefined) return []
  const entries: (LayerEntry & { readonly layer: LayerId })[] = []
  for (const entry of listMerged(world.storage, container.fs, under)) {
    if (entries.length >= limit) break
    entries.push({ ...shownEntry(entry, true, entry.layer === 'upper'), layer: entry.layer })
  }
  return entries
}
