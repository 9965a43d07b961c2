import type { Syscalls } from '../vfs/syscalls.ts'
import { heapFile, readSmall, readWhole } from './postgres/cluster.ts'
import { type Row, readPages } from './postgres/heap.ts'

export type { Row } from './postgres/heap.ts'

/** Path of the heap file of `bookmarks` below a data directory; null when there is none. */
export const bookmarksHeap = (sys: Syscalls, dataDirectory: string): string | null => {
  const bases = sys.readdir(`${dataDirectory}/base`)
  if (!bases.ok) return null
  for (const { name } of bases.value) {
    const path = `${dataDirectory}/base/${name}/${heapFile}`
    if (sys.stat(path).ok) return path
  }
  return null
}

/**
 * The rows of `bookmarks` in a PostgreSQL data directory, read from its heap file as it lies there,
 * with or without a server; null when there is no such table or directory.
 */
export const readBookmarks = (sys: Syscalls, dataDirectory: string): readonly Row[] | null => {
  if (readSmall(sys, `${dataDirectory}/PG_VERSION`) === null) return null
  const path = bookmarksHeap(sys, dataDirectory)
  const content = path === null ? null : readWhole(sys, path)
  return content === null ? null : readPages(content).flat()
}
