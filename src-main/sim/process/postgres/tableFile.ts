import { errnoText } from '../../errno.ts'
import { longDate } from '../../shell/tools/dateText.ts'
import { md5Of } from '../../shell/tools/md5.ts'
import { contentOf } from '../../tree/content.ts'
import { utf8Encode } from '../../tree/utf8.ts'
import { appendWal, fullVersions, heapFile, readWhole, sequenceFile } from './cluster.ts'
import { type Pages, readPages, writePages } from './heap.ts'
import type { Answer, Session } from './session.ts'
import { type Scope, SqlFault, type Value } from './sqlExpression.ts'

/** Columns of the one table there is, in its order. */
export const columns = ['id', 'url', 'title', 'added_at'] as const
export type Column = (typeof columns)[number]

/** Is this the name of a column of bookmarks? */
export const isColumn = (name: string): name is Column =>
  (columns as readonly string[]).includes(name)

/** Rows that one statement may make: enough for any lesson, little enough for a browser. */
export const mostRows = 50_000

/** The answer of a statement that gives no rows. */
export const plain = (tag: string): Answer => ({ tag, columns: null, rows: [] })

/** File of the rows. */
export const heapPath = (session: Session): string =>
  `${session.directory}/base/${session.oid}/${heapFile}`

/** File of the next id. */
export const sequencePath = (session: Session): string =>
  `${session.directory}/base/${session.oid}/${sequenceFile}`

/** The pages of the table as they lie in its file. `at`: where the statement names it. Throws SqlFault where there is no such table or file. */
export const readTable = (session: Session, table: string, at: number): Pages => {
  if (table !== 'bookmarks') throw new SqlFault(`relation "${table}" does not exist`, at)
  const content = readWhole(session.sys, heapPath(session))
  if (content === null) throw new SqlFault(`relation "${table}" does not exist`, at)
  return readPages(content)
}

/** What the server says when its disk refuses. */
export const storageFault = (session: Session, errno: keyof typeof errnoText): SqlFault => {
  const path = `base/${session.oid}/${heapFile}`
  if (errno === 'ENOSPC') {
    return new SqlFault(
      `could not extend file "${path}": ${errnoText[errno]}`,
      null,
      'HINT:  Check free disk space.',
    )
  }
  return new SqlFault(`could not write to file "${path}": ${errnoText[errno]}`)
}

/** Writes what changed: the log first, then the pages. Throws SqlFault where the disk refuses. */
export const store = (session: Session, before: Pages, after: Pages, record: string): void => {
  const logged = appendWal(session.sys, session.directory, contentOf(`${record}\n`))
  if (!logged.ok) throw storageFault(session, logged.errno)
  const written = writePages(session.sys, heapPath(session), before, after)
  if (!written.ok) throw storageFault(session, written.errno)
}

/** Time of the simulated clock as a timestamp. */
export const now = (session: Session): string =>
  longDate(session.context.kernel.nowMs()).slice(0, 19)

/** Names and functions that an expression can use, with the row it looks at. */
export const scopeOf = (session: Session, row: Readonly<Record<string, Value>> | null): Scope => ({
  column: (name, at) => {
    const value = row?.[name]
    if (value === undefined) throw new SqlFault(`column "${name}" does not exist`, at)
    return value
  },
  functions: {
    now: () => `${now(session)}+00`,
    current_timestamp: () => `${now(session)}+00`,
    current_date: () => now(session).slice(0, 10),
    version: () =>
      `PostgreSQL ${fullVersions[session.major] ?? session.major} on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14+deb12u1) 12.2.0, 64-bit`,
    current_user: () => session.user,
    session_user: () => session.user,
    current_database: () => session.database,
    length: ([text]) => (text === null ? null : [...String(text)].length),
    upper: ([text]) => (text === null ? null : String(text).toUpperCase()),
    lower: ([text]) => (text === null ? null : String(text).toLowerCase()),
    md5: ([text]) => md5Of(Uint8Array.from(utf8Encode(String(text)), (char) => char.charCodeAt(0))),
    repeat: ([text, count]) => String(text).repeat(Math.max(0, Math.min(Number(count) || 0, 8000))),
    coalesce: (args) => args.find((one) => one !== null) ?? null,
    concat: (args) => args.map((one) => one ?? '').join(''),
    pg_relation_size: () => sizeOf(session, heapPath(session)),
    pg_table_size: () => sizeOf(session, heapPath(session)),
    pg_total_relation_size: () => sizeOf(session, heapPath(session)) + 8192,
    pg_database_size: () => directoryBytes(session, `${session.directory}/base/${session.oid}`),
    pg_size_pretty: ([bytes]) => prettySize(Number(bytes)),
  },
})

const sizeOf = (session: Session, path: string): number => {
  const stat = session.sys.stat(path)
  return stat.ok ? stat.value.size : 0
}

const directoryBytes = (session: Session, path: string): number => {
  const entries = session.sys.readdir(path)
  return (entries.ok ? entries.value : []).reduce(
    (sum, { name }) => sum + sizeOf(session, `${path}/${name}`),
    0,
  )
}

const prettySize = (bytes: number): string => {
  if (bytes < 10240) return `${bytes} bytes`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1024
  let i = 0
  while (value >= 10240 && i < units.length - 1) {
    value /= 1024
    i += 1
  }
  return `${Math.round(value)} ${units[i]}`
}
