import { readBookmarks } from '../process/readBookmarks.ts'
import type { World } from '../world.ts'
import { containerRecord } from './containers.ts'
import { lookInside } from './view.ts'

/**
 * Bookmarks alive in a container's database: counted in the heap files of its data directory, read
 * through the container's mounts. null when no database can be found or opened there.
 */
export const countBookmarks = (world: World, nameOrId: string): number | null => {
  const container = containerRecord(world, nameOrId)
  if (container === null) return null
  const entry = container.config.env.find((text) => text.startsWith('PGDATA='))
  const directory = entry?.slice('PGDATA='.length) ?? '/var/lib/postgresql/data'
  return readBookmarks(lookInside(world, container), directory)?.length ?? null
}
