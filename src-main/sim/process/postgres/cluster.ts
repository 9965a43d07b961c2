import { done, type Errno, refused, type Sys } from '../../errno.ts'
import {
  type Content,
  concat,
  contentOf,
  extentsOf,
  pattern,
  slice,
  toText,
  zeros,
} from '../../tree/content.ts'
import type { Syscalls } from '../../vfs/syscalls.ts'

/** Full versions of the majors that exist here. */
export const fullVersions: Readonly<Record<string, string>> = {
  '16': '16.10 (Debian 16.10-1.pgdg12+1)',
  '17': '17.6 (Debian 17.6-1.pgdg12+1)',
  '18': '18.0 (Debian 18.0-1.pgdg12+1)',
}

/** Names of the relation files of `bookmarks` and of its sequence. */
export const heapFile = '16389'
export const sequenceFile = '16388'
const firstDatabaseOid = '16384'
export const walSegmentBytes = 16 << 20

export interface Database {
  readonly oid: string
  readonly name: string
}

/** What the catalogues of a data directory say. */
export interface Catalog {
  readonly roles: readonly string[]
  readonly databases: readonly Database[]
}

/** Reads a small file; null when there is none. */
export const readSmall = (sys: Syscalls, path: string): string | null => {
  const content = readWhole(sys, path)
  return content === null ? null : toText(slice(content, 0, 65536))
}

export const readWhole = (sys: Syscalls, path: string): Content | null => {
  const fd = sys.open(path, { read: true })
  if (!fd.ok) return null
  const content = sys.read(fd.value)
  sys.close(fd.value)
  return content.ok ? content.value : null
}

const page = (text: string): Content => {
  const head = contentOf(text)
  return concat(head, zeros(Math.max(0, 8192 - head.size)))
}

const bulk = (name: string, bytes: number): Content => pattern(`${name} `, bytes)

/** Relation files of one database: about 7.4 MB, as a fresh one has. */
const databaseFiles: Readonly<Record<string, number>> = {
  '1247': 122_880,
  '1249': 475_136,
  '1255': 802_816,
  '1259': 114_688,
  '2606': 106_496,
  '2608': 1_064_960,
  '2618': 1_351_680,
  '2674': 761_856,
  '2690': 491_520,
  '2691': 327_680,
  '2753': 1_163_264,
  '3596': 516_096,
}

const createFile = (sys: Syscalls, path: string, content: Content): Errno | null => {
  const fd = sys.open(path, { write: true, create: true, truncate: true }, 0o600)
  if (!fd.ok) return fd.errno
  const written = content.size === 0 ? done(0) : sys.write(fd.value, content)
  sys.close(fd.value)
  if (!written.ok) return written.errno
  return written.value < content.size ? 'ENOSPC' : null
}

const directories = [
  'base',
  'global',
  'pg_commit_ts',
  'pg_dynshmem',
  'pg_logical',
  'pg_multixact',
  'pg_multixact/members',
  'pg_multixact/offsets',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_tblspc',
  'pg_twophase',
  'pg_wal',
  'pg_wal/archive_status',
  'pg_xact',
]

export const firstSegment = '000000010000000000000001'

const configText = (major: string): string =>
  [
    '# PostgreSQL configuration file',
    "listen_addresses = '*'",
    'max_connections = 100',
    'shared_buffers = 128MB',
    'dynamic_shared_memory_type = posix',
    'max_wal_size = 1GB',
    'min_wal_size = 80MB',
    "log_timezone = 'Etc/UTC'",
    "datestyle = 'iso, mdy'",
    "timezone = 'Etc/UTC'",
    "lc_messages = 'en_US.utf8'",
    `# written by initdb ${major}`,
    '',
  ].join('\n')

const accessText = (trust: boolean): string =>
  `local   all             all                                     trust\nhost    all             all             127.0.0.1/32            trust\nhost    all             all             ::1/128                 trust\nhost all all all ${trust ? 'trust' : 'scram-sha-256'}\n`

interface NewCluster {
  readonly major: string
  readonly user: string
  readonly database: string
  readonly trust: boolean
}

const databasesOf = ({ database }: NewCluster): readonly Database[] => {
  const standard: Database[] = [
    { oid: '1', name: 'template1' },
    { oid: '4', name: 'template0' },
    { oid: '5', name: 'postgres' },
  ]
  return database === 'postgres'
    ? standard
    : [...standard, { oid: firstDatabaseOid, name: database }]
}

const clusterFiles = (cluster: NewCluster): readonly (readonly [string, Content])[] => {
  const { major, user, database, trust } = cluster
  const databases = databasesOf(cluster)
  const catalogText = databases.map(({ oid, name }) => `${oid} ${name}\n`).join('')
  const files: [string, Content][] = [
    ['PG_VERSION', contentOf(`${major}\n`)],
    ['global/1260', page(`${user}\n`)],
    ['global/1262', page(catalogText)],
    ['global/pg_control', page(`pg_control ${major}\n`)],
    ['global/1213', bulk('pg_tablespace', 8192)],
    ['global/2964', bulk('pg_db_role_setting', 0)],
    ['global/6000', bulk('pg_replication_origin', 532_480)],
    [
      `pg_wal/${firstSegment}`,
      concat(contentOf(`wal ${major}\n`), zeros(walSegmentBytes - `wal ${major}\n`.length)),
    ],
    ['pg_xact/0000', bulk('pg_xact', 8192)],
    ['pg_multixact/members/0000', bulk('members', 8192)],
    ['pg_multixact/offsets/0000', bulk('offsets', 8192)],
    ['pg_subtrans/0000', bulk('pg_subtrans', 8192)],
    ['postgresql.conf', contentOf(configText(major))],
    ['postgresql.auto.conf', contentOf('# Do not edit this file manually!\n')],
    ['pg_hba.conf', contentOf(accessText(trust))],
    ['pg_ident.conf', contentOf('# MAPNAME       SYSTEM-USERNAME         PG-USERNAME\n')],
  ]
  for (const { oid, name } of databases) {
    files.push([`base/${oid}/PG_VERSION`, contentOf(`${major}\n`)])
    for (const [relation, bytes] of Object.entries(databaseFiles)) {
      files.push([`base/${oid}/${relation}`, bulk(`${name} ${relation}`, bytes)])
    }
    if (name === database) {
      files.push([`base/${oid}/${sequenceFile}`, page('1\n')])
      files.push([`base/${oid}/${heapFile}`, contentOf('')])
    }
  }
  return files
}

/** initdb and the first start: fills an empty directory with a new cluster of about 40 MB. */
export const createCluster = (
  sys: Syscalls,
  directory: string,
  cluster: NewCluster,
): { readonly ok: true } | { readonly ok: false; readonly path: string; readonly errno: Errno } => {
  const bases = databasesOf(cluster).map(({ oid }) => `base/${oid}`)
  for (const name of [...directories, ...bases]) {
    const made = sys.mkdir(`${directory}/${name}`, 0o700)
    if (!made.ok) return { ok: false, path: `${directory}/${name}`, errno: made.errno }
  }
  for (const [name, content] of clusterFiles(cluster)) {
    const errno = createFile(sys, `${directory}/${name}`, content)
    if (errno !== null) return { ok: false, path: `${directory}/${name}`, errno }
  }
  return { ok: true }
}

const linesIn = (text: string | null): readonly string[] =>
  (text ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('\0'))

export const readCatalog = (sys: Syscalls, directory: string): Catalog => ({
  roles: linesIn(readSmall(sys, `${directory}/global/1260`)),
  databases: linesIn(readSmall(sys, `${directory}/global/1262`)).map((line) => {
    const [oid = '', ...name] = line.split(' ')
    return { oid, name: name.join(' ') }
  }),
})

/** Where the log of a WAL segment ends and its unused zeros begin. */
const usedIn = (segment: Content): number => {
  for (const [offset, extent] of extentsOf(segment)) {
    const isZero = extent.kind === 'hole' || (extent.kind === 'pattern' && extent.fill === '\0')
    if (isZero) return offset
  }
  return segment.size
}

/** Appends a record to the write-ahead log, in place; a full segment is followed by a new one. */
export const appendWal = (sys: Syscalls, directory: string, record: Content): Sys<void> => {
  const entries = sys.readdir(`${directory}/pg_wal`)
  if (!entries.ok) return entries
  const segments = entries.value
    .map(({ name }) => name)
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
  const last = segments.at(-1)
  if (last === undefined) return refused('ENOENT')
  const path = `${directory}/pg_wal/${last}`
  const fd = sys.open(path, { read: true, write: true })
  if (!fd.ok) return fd
  const content = sys.pread(fd.value, 0)
  const used = content.ok ? usedIn(content.value) : walSegmentBytes
  const fits = used + record.size <= walSegmentBytes
  const written = fits ? sys.pwrite(fd.value, record, used) : done(0)
  sys.close(fd.value)
  if (!written.ok) return written
  if (fits) return done(undefined)
  const next = (BigInt(`0x${last}`) + 1n).toString(16).toUpperCase().padStart(24, '0')
  const head = contentOf('wal\n')
  const body = slice(concat(head, record), 0, walSegmentBytes)
  const errno = createFile(
    sys,
    `${directory}/pg_wal/${next}`,
    concat(body, zeros(walSegmentBytes - body.size)),
  )
  return errno === null ? done(undefined) : refused(errno)
}
