import type { Container } from '../docker/state.ts'
import { bookmarksHeap, readBookmarks } from '../process/readBookmarks.ts'
import type { World } from '../world.ts'
import { containerRecord } from './containers.ts'
import type { Owner } from './facts.ts'
import { ownerOf } from './files.ts'
import { rememberByMounts } from './remember.ts'
import { lookInside } from './view.ts'

const dataDirectory = (container: Container): string => {
  const entry = container.config.env.find((text) => text.startsWith('PGDATA='))
  return entry?.slice('PGDATA='.length) ?? '/var/lib/postgresql/data'
}

const bookmarksIn = rememberByMounts(
  (world, container) =>
    readBookmarks(lookInside(world, container), dataDirectory(container))?.length ?? null,
)

/**
 * Bookmarks alive in a container's database: counted in the heap files of its data directory, read
 * through the container's mounts. null when no database can be found or opened there.
 */
export const countBookmarks = (world: World, nameOrId: string): number | null => {
  const container = containerRecord(world, nameOrId)
  return container === null ? null : bookmarksIn(world, container)
}

/** What holds the heap file that a container's bookmarks lie in; `none` without a database. */
export const holderOfBookmarks = (world: World, nameOrId: string): Owner => {
  const container = containerRecord(world, nameOrId)
  if (container === null) return { kind: 'none' }
  const heap = bookmarksHeap(lookInside(world, container), dataDirectory(container))
  return heap === null ? { kind: 'none' } : ownerOf(world, nameOrId, heap)
}
