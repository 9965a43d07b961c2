import { errnoText } from '../../errno.ts'
import type { InternalProgram } from '../../shell/machine.ts'
import { writeFully } from '../../shell/streams.ts'
import { readOptions } from '../../shell/tools/support.ts'
import { contentOf } from '../../tree/content.ts'
import { fullVersions, heapFile, readSmall, readWhole, sequenceFile } from './cluster.ts'
import { connect, connectionNames } from './connect.ts'
import { type Row, readPages } from './heap.ts'
import type { Session } from './session.ts'

const copyField = (value: string | number | null): string => {
  if (value === null) return '\\N'
  return String(value)
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
}

const copyLine = (row: Row): string =>
  `${[row.id, row.url, row.title, row.added_at].map(copyField).join('\t')}\n`

const schema = (user: string): string => `CREATE TABLE public.bookmarks (
    id integer NOT NULL,
    url text NOT NULL,
    title text,
    added_at timestamp without time zone DEFAULT now()
);


ALTER TABLE public.bookmarks OWNER TO ${user};

`

const dumpText = (session: Session, parts: { schema: boolean; data: boolean }): string => {
  const base = `${session.directory}/base/${session.oid}`
  const heap = readWhole(session.sys, `${base}/${heapFile}`)
  const version = fullVersions[session.major] ?? session.major
  const head = `--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version ${version}\n-- Dumped by pg_dump version ${version}\n\nSET statement_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\n`
  const tail = '--\n-- PostgreSQL database dump complete\n--\n\n'
  if (heap === null) return head + tail
  const rows = readPages(heap).flat()
  const next = Number(readSmall(session.sys, `${base}/${sequenceFile}`)?.split('\n')[0] ?? '1')
  const data = `COPY public.bookmarks (id, url, title, added_at) FROM stdin;\n${rows.map(copyLine).join('')}\\.\n\n\nSELECT pg_catalog.setval('public.bookmarks_id_seq', ${Math.max(1, next - 1)}, ${next > 1});\n\n\n`
  const key =
    'ALTER TABLE ONLY public.bookmarks\n    ADD CONSTRAINT bookmarks_pkey PRIMARY KEY (id);\n\n\n'
  session.context.report({
    program: 'pg_dump',
    what: 'rows-read',
    count: rows.length,
    path: session.directory,
  })
  return (
    head +
    (parts.schema ? schema(session.user) : '') +
    (parts.data ? data : '') +
    (parts.schema ? key : '') +
    tail
  )
}

/** pg_dump: SQL that psql reads back. */
export const pgDump: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'U:d:h:p:f:F:aswWcCOxt:',
    long: {
      username: 'U',
      dbname: 'd',
      host: 'h',
      port: 'p',
      file: 'f',
      format: 'F',
      'data-only': 'a',
      'schema-only': 's',
      clean: 'c',
      'no-owner': 'O',
      table: 't',
    },
  })
  if (options === null) return 1
  const format = options.value('F')
  if (format !== null && format !== 'p' && format !== 'plain') {
    context.err(
      `pg_dump: error: output format "${format}" is not simulated in Driftwood, only plain\n`,
    )
    return 1
  }
  const names = connectionNames(context, {
    user: options.value('U'),
    database: options.value('d') ?? options.operands[0] ?? null,
    host: options.value('h'),
  })
  const session = connect(context, names)
  if (typeof session === 'string') {
    context.err(`pg_dump: error: ${session}\n`)
    return 1
  }
  const text = dumpText(session, { schema: !options.has('a'), data: !options.has('s') })
  const path = options.value('f')
  if (path === null) {
    context.out(text)
    return 0
  }
  const fd = context.sys.open(path, { write: true, create: true, truncate: true }, 0o666)
  const errno = fd.ok ? writeFully(context.sys, fd.value, contentOf(text)).errno : fd.errno
  if (fd.ok) context.sys.close(fd.value)
  if (errno === null) return 0
  context.err(`pg_dump: error: could not open output file "${path}": ${errnoText[errno]}\n`)
  return 1
}

/** pg_isready. */
export const pgIsReady: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'U:d:h:p:t:q' })
  if (options === null) return 3
  const up = context.sys.lstat('/var/run/postgresql/.s.PGSQL.5432').ok
  if (!options.has('q'))
    context.out(`/var/run/postgresql:5432 - ${up ? 'accepting connections' : 'no response'}\n`)
  return up ? 0 : 2
}

/** Tools of PostgreSQL that exist in the image but not in this simulation. */
export const notSimulated: InternalProgram = (context) => {
  context.err(`${(context.argv[0] ?? '').split('/').at(-1)}: not simulated in Driftwood\n`)
  return 1
}
