import type { Sys } from '../../errno.ts'
import { type Content, concat, contentOf, slice, toText, zeros } from '../../tree/content.ts'
import { utf8Length } from '../../tree/utf8.ts'
import type { Syscalls } from '../../vfs/syscalls.ts'

/** A row of the table `bookmarks`. Times are text as PostgreSQL prints them. */
export interface Row {
  readonly id: number
  readonly url: string | null
  readonly title: string | null
  readonly added_at: string | null
}

/** Size of a page of a heap file. */
export const pageSize = 8192
const headText = 'heap page\n'
const room = pageSize - headText.length

/** Rows as they lie in a file: page by page. */
export type Pages = readonly (readonly Row[])[]

const lineOf = (row: Row): string =>
  `${JSON.stringify([row.id, row.url, row.title, row.added_at])}\n`

/** Bytes that a row takes in its page. */
export const rowBytes = (row: Row): number => utf8Length(lineOf(row))

/** The most that one row may take. */
export const largestRow = room

/** A page as it is stored: its rows, then zeros. */
export const pageContent = (rows: readonly Row[]): Content => {
  const head = contentOf(headText + rows.map(lineOf).join(''))
  return concat(head, zeros(pageSize - head.size))
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const rowOf = (line: string): Row | null => {
  if (!line.startsWith('[')) return null
  try {
    const values: unknown = JSON.parse(line)
    if (!Array.isArray(values) || typeof values[0] !== 'number') return null
    return {
      id: values[0],
      url: text(values[1]),
      title: text(values[2]),
      added_at: text(values[3]),
    }
  } catch {
    // Someone wrote over the page: this line is no row any more.
    return null
  }
}

const pagesRead = new WeakMap<Content, Pages>()

/** The rows of a heap file. Damaged lines are left out, as a server with zeroed pages would. */
export const readPages = (content: Content): Pages => {
  const known = pagesRead.get(content)
  if (known !== undefined) return known
  const pages: Row[][] = []
  for (let at = 0; at < content.size; at += pageSize) {
    const lines = toText(slice(content, at, at + pageSize)).split('\n')
    pages.push(lines.map(rowOf).filter((row) => row !== null))
  }
  pagesRead.set(content, pages)
  return pages
}

const spaceIn = (rows: readonly Row[]): number =>
  room - rows.reduce((sum, row) => sum + rowBytes(row), 0)

/** Pages with more rows at their end: the last one is filled first. */
export const appendRows = (pages: Pages, rows: readonly Row[]): Pages => {
  const result = pages.map((page) => [...page])
  let space = result.length === 0 ? 0 : spaceIn(result.at(-1) ?? [])
  for (const row of rows) {
    const size = rowBytes(row)
    if (result.length === 0 || size > space) {
      result.push([])
      space = room
    }
    result.at(-1)?.push(row)
    space -= size
  }
  return result
}

/** Pages changed in place; a row that outgrew its page moves to the end. */
export const mapRows = (pages: Pages, change: (row: Row) => Row | null): Pages => {
  const overflow: Row[] = []
  const kept = pages.map((page) => {
    const rows: Row[] = []
    let space = room
    for (const row of page) {
      const next = change(row)
      if (next === null) continue
      const size = rowBytes(next)
      if (size > space) overflow.push(next)
      else {
        rows.push(next)
        space -= size
      }
    }
    return rows
  })
  return appendRows(kept, overflow)
}

/** Writes the pages that differ, in place; the file grows by whole pages. */
export const writePages = (
  sys: Syscalls,
  path: string,
  before: Pages,
  after: Pages,
): Sys<number> => {
  const fd = sys.open(path, { read: true, write: true })
  if (!fd.ok) return fd
  let written = 0
  for (const [i, page] of after.entries()) {
    const old = before[i]
    const same =
      old !== undefined && old.length === page.length && old.every((row, k) => row === page[k])
    if (same) continue
    const done = sys.pwrite(fd.value, pageContent(page), i * pageSize)
    if (!done.ok || done.value < pageSize) {
      if (old === undefined) sys.ftruncate(fd.value, before.length * pageSize)
      sys.close(fd.value)
      return done.ok ? { ok: false, errno: 'ENOSPC' } : done
    }
    written += 1
  }
  sys.close(fd.value)
  return { ok: true, value: written }
}
