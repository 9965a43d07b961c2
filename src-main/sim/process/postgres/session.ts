import { errnoText } from '../../errno.ts'
import type { ProcessContext } from '../../shell/machine.ts'
import { longDate } from '../../shell/tools/dateText.ts'
import { md5Of } from '../../shell/tools/md5.ts'
import { contentOf } from '../../tree/content.ts'
import { utf8Encode } from '../../tree/utf8.ts'
import type { Syscalls } from '../../vfs/syscalls.ts'
import { appendWal, fullVersions, heapFile, readSmall, readWhole, sequenceFile } from './cluster.ts'
import {
  appendRows,
  largestRow,
  mapRows,
  type Pages,
  type Row,
  readPages,
  rowBytes,
  writePages,
} from './heap.ts'
import {
  type Expression,
  evaluate,
  type Scope,
  SqlFault,
  TokenReader,
  tokenize,
  type Value,
} from './sqlExpression.ts'

/** A connection to the server of this container: one database of one data directory. */
export interface Session {
  readonly context: ProcessContext
  /** System calls of the server, not of the client. */
  readonly sys: Syscalls
  readonly directory: string
  readonly oid: string
  readonly database: string
  readonly user: string
  readonly major: string
}

/** What a statement gives back: a table of values, or only its tag. */
export interface Answer {
  readonly tag: string
  readonly columns: readonly string[] | null
  readonly rows: readonly (readonly Value[])[]
}

const columns = ['id', 'url', 'title', 'added_at'] as const
type Column = (typeof columns)[number]

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name)

/** Rows that one statement may make: enough for any lesson, little enough for a browser. */
const mostRows = 50_000

const plain = (tag: string): Answer => ({ tag, columns: null, rows: [] })

const heapPath = (session: Session): string =>
  `${session.directory}/base/${session.oid}/${heapFile}`

const sequencePath = (session: Session): string =>
  `${session.directory}/base/${session.oid}/${sequenceFile}`

const readTable = (session: Session, table: string, at: number): Pages => {
  if (table !== 'bookmarks') throw new SqlFault(`relation "${table}" does not exist`, at)
  const content = readWhole(session.sys, heapPath(session))
  if (content === null) throw new SqlFault(`relation "${table}" does not exist`, at)
  return readPages(content)
}

const storageFault = (session: Session, errno: keyof typeof errnoText): SqlFault => {
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

const store = (session: Session, before: Pages, after: Pages, record: string): void => {
  const logged = appendWal(session.sys, session.directory, contentOf(`${record}\n`))
  if (!logged.ok) throw storageFault(session, logged.errno)
  const written = writePages(session.sys, heapPath(session), before, after)
  if (!written.ok) throw storageFault(session, written.errno)
}

const now = (session: Session): string => longDate(session.context.kernel.nowMs()).slice(0, 19)

const scopeOf = (session: Session, row: Readonly<Record<string, Value>> | null): Scope => ({
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

const matches = (session: Session, where: Expression | null, row: Row): boolean =>
  where === null || evaluate(where, scopeOf(session, { ...row })) === true

interface Item {
  readonly expression: Expression
  readonly label: string
}

const labelOf = (expression: Expression): string => {
  if (expression.kind === 'column') return expression.name
  return expression.kind === 'call' ? expression.name.replace(/^::/, '') : '?column?'
}

const selectItems = (reader: TokenReader): readonly Item[] => {
  const items: Item[] = []
  do {
    const expression = reader.expression()
    const named = reader.take('as')
    const token = reader.peek()
    const bare = token.kind === 'name' || (token.kind === 'word' && !clauseWords.has(token.text))
    items.push({ expression, label: named || bare ? reader.name() : labelOf(expression) })
  } while (reader.take(','))
  return items
}

const clauseWords = new Set([
  'from',
  'where',
  'order',
  'limit',
  'offset',
  'group',
  'union',
  'returning',
  'having',
])
const aggregates = new Set(['count', 'max', 'min', 'sum', 'avg'])

const isAggregate = ({ expression }: Item): boolean =>
  expression.kind === 'call' && aggregates.has(expression.name)

const aggregate = (
  session: Session,
  expression: Expression,
  rows: readonly Readonly<Record<string, Value>>[],
): Value => {
  if (expression.kind !== 'call' || !aggregates.has(expression.name)) {
    if (expression.kind !== 'column') return evaluate(expression, scopeOf(session, null))
    throw new SqlFault(
      `column "bookmarks.${expression.name}" must appear in the GROUP BY clause or be used in an aggregate function`,
      expression.at,
    )
  }
  const [argument] = expression.args
  if (expression.name === 'count' && (argument === undefined || argument.kind === 'star'))
    return rows.length
  if (argument === undefined)
    throw new SqlFault(`function ${expression.name}() does not exist`, expression.at)
  const values = rows
    .map((row) => evaluate(argument, scopeOf(session, row)))
    .filter((value) => value !== null)
  if (expression.name === 'count') return values.length
  if (values.length === 0) return null
  if (expression.name === 'sum' || expression.name === 'avg') {
    const sum = values.reduce<number>((total, value) => total + Number(value), 0)
    return expression.name === 'sum' ? sum : sum / values.length
  }
  const order = [...values].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  )
  return (expression.name === 'max' ? order.at(-1) : order[0]) ?? null
}

type Source = readonly Readonly<Record<string, Value>>[]

/** `generate_series(1, 12) AS n` */
const seriesSource = (session: Session, reader: TokenReader): Source => {
  reader.expect('(')
  const [from = 1, to = 0, step = 1] = reader
    .list()
    .map((one) => Number(evaluate(one, scopeOf(session, null))))
  reader.expect(')')
  const named = reader.take('as')
  const token = reader.peek()
  let alias =
    named || token.kind === 'name' || (token.kind === 'word' && !clauseWords.has(token.text))
      ? reader.name()
      : 'generate_series'
  if (reader.take('(')) {
    alias = reader.name()
    reader.expect(')')
  }
  if (step === 0) throw new SqlFault('step size cannot equal zero')
  if ((to - from) / step > mostRows)
    throw new SqlFault(`generate_series of more than ${mostRows} rows: not simulated in Driftwood`)
  const rows: Readonly<Record<string, Value>>[] = []
  for (let i = from; step > 0 ? i <= to : i >= to; i += step)
    rows.push({ [alias]: i, generate_series: i })
  return rows
}

const skipAlias = (reader: TokenReader): void => {
  const named = reader.take('as')
  const token = reader.peek()
  if (
    named ||
    token.kind === 'name' ||
    (token.kind === 'word' && !clauseWords.has(token.text) && token.text !== 'set')
  )
    reader.name()
}

const fromSource = (
  session: Session,
  reader: TokenReader,
): { rows: Source; star: readonly string[] } => {
  if (!reader.take('from')) return { rows: [{}], star: [] }
  if (reader.take('generate_series')) {
    const rows = seriesSource(session, reader)
    return { rows, star: Object.keys(rows[0] ?? { generate_series: 0 }).slice(0, 1) }
  }
  const { at } = reader.peek()
  const table = reader.name()
  skipAlias(reader)
  const rows =
    catalogRows(session, table) ??
    readTable(session, table, at)
      .flat()
      .map((row) => ({ ...row }))
  return { rows, star: table === 'bookmarks' ? columns : Object.keys(rows[0] ?? {}) }
}

const catalogRows = (session: Session, table: string): Source | null => {
  if (table === 'pg_database') return [{ datname: session.database, oid: Number(session.oid) }]
  if (table === 'pg_tables' || table === 'tables') {
    const exists = session.sys.stat(heapPath(session)).ok
    return exists
      ? [
          {
            schemaname: 'public',
            tablename: 'bookmarks',
            table_name: 'bookmarks',
            tableowner: session.user,
          },
        ]
      : []
  }
  return null
}

const whereClause = (reader: TokenReader): Expression | null =>
  reader.take('where') ? reader.expression() : null

const orderRows = (
  session: Session,
  reader: TokenReader,
  rows: Source,
  items: readonly Item[],
): Source => {
  if (!reader.take('order', 'by')) return rows
  const keys: { expression: Expression; down: boolean }[] = []
  do {
    const given = reader.expression()
    const position =
      given.kind === 'value' && typeof given.value === 'number'
        ? items[given.value - 1]?.expression
        : undefined
    const labelled =
      given.kind === 'column'
        ? items.find(({ label }) => label === given.name && !isColumn(label))?.expression
        : undefined
    const down = reader.take('desc')
    if (!down) reader.take('asc')
    if (reader.take('nulls')) reader.next()
    keys.push({ expression: position ?? labelled ?? given, down })
  } while (reader.take(','))
  const order = (a: Value, b: Value): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    if (typeof a === 'number' && typeof b === 'number') return a - b
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
  }
  const keyed = rows.map((row) => ({
    row,
    values: keys.map(({ expression }) => evaluate(expression, scopeOf(session, row))),
  }))
  keyed.sort((x, y) => {
    for (const [i, { down }] of keys.entries()) {
      const result = order(x.values[i] ?? null, y.values[i] ?? null)
      if (result !== 0) return down ? -result : result
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}

const limits = (session: Session, reader: TokenReader): readonly [number, number] => {
  let [limit, offset] = [Number.POSITIVE_INFINITY, 0]
  for (;;) {
    if (reader.take('limit'))
      limit = reader.take('all')
        ? limit
        : Number(evaluate(reader.expression(), scopeOf(session, null)))
    else if (reader.take('offset'))
      offset = Number(evaluate(reader.expression(), scopeOf(session, null)))
    else return [offset, offset + limit]
  }
}

const select = (session: Session, reader: TokenReader): Answer => {
  const distinct = reader.take('distinct')
  const items = selectItems(reader)
  const { rows, star } = fromSource(session, reader)
  const where = whereClause(reader)
  let kept =
    where === null ? rows : rows.filter((row) => evaluate(where, scopeOf(session, row)) === true)
  const grouped = items.some(isAggregate)
  if (reader.take('group')) throw new SqlFault('GROUP BY: not simulated in Driftwood')
  const ordered = orderRows(session, reader, grouped ? [] : kept, items)
  if (!grouped) kept = ordered
  const [from, to] = limits(session, reader)
  const expanded = items.flatMap((item): readonly Item[] =>
    item.expression.kind === 'star'
      ? star.map((name) => ({ expression: { kind: 'column', name, at: 0 }, label: name }))
      : [item],
  )
  session.context.report({
    program: 'postgres',
    what: 'rows-read',
    count: kept.length,
    path: session.directory,
  })
  if (!grouped && rows.length === 0 && star.length > 0) {
    // Names are looked up before there is any row.
    const none = scopeOf(session, Object.fromEntries(star.map((name) => [name, null])))
    for (const { expression } of expanded) evaluate(expression, none)
    if (where !== null) evaluate(where, none)
  }
  const labels = expanded.map(({ label }) => label)
  if (grouped)
    return {
      tag: 'SELECT 1',
      columns: labels,
      rows: [expanded.map(({ expression }) => aggregate(session, expression, kept))],
    }
  let shown = kept
    .slice(from, to)
    .map((row) => expanded.map(({ expression }) => evaluate(expression, scopeOf(session, row))))
  if (distinct) {
    const seen = new Set<string>()
    shown = shown.filter((row) => {
      const key = JSON.stringify(row)
      const fresh = !seen.has(key)
      seen.add(key)
      return fresh
    })
  }
  return { tag: `SELECT ${shown.length}`, columns: labels, rows: shown }
}

const nextIds = (session: Session, count: number): number => {
  const next = Number(readSmall(session.sys, sequencePath(session))?.split('\n')[0] ?? '1') || 1
  setSequence(session, next + count)
  return next
}

const setSequence = (session: Session, next: number): void => {
  const fd = session.sys.open(sequencePath(session), { write: true })
  if (!fd.ok) return
  session.sys.pwrite(fd.value, contentOf(`${next}\n${' '.repeat(12)}\n`), 0)
  session.sys.close(fd.value)
}

const asText = (value: Value | undefined): string | null =>
  value === undefined || value === null ? null : String(value)

/** Adds rows given by column; ids come from the sequence where none is given. */
export const insertRows = (
  session: Session,
  names: readonly string[],
  values: readonly (readonly Value[])[],
): number => {
  const pages = readTable(session, 'bookmarks', 0)
  if (values.length > mostRows)
    throw new SqlFault(`more than ${mostRows} rows in one statement: not simulated in Driftwood`)
  const idAt = names.indexOf('id')
  const taken = new Set(pages.flat().map(({ id }) => id))
  let next = idAt >= 0 ? 0 : nextIds(session, values.length)
  const rows = values.map((row): Row => {
    if (row.length > names.length)
      throw new SqlFault('INSERT has more expressions than target columns')
    const given = (name: Column): Value | undefined => row[names.indexOf(name)]
    const id = idAt >= 0 ? Number(given('id')) : next
    if (idAt < 0) next += 1
    if (!Number.isInteger(id))
      throw new SqlFault(`invalid input syntax for type integer: "${given('id')}"`)
    if (taken.has(id)) {
      throw new SqlFault(
        'duplicate key value violates unique constraint "bookmarks_pkey"',
        null,
        `DETAIL:  Key (id)=(${id}) already exists.`,
      )
    }
    taken.add(id)
    if (given('url') === null || (given('url') === undefined && !names.includes('url'))) {
      throw new SqlFault(
        'null value in column "url" of relation "bookmarks" violates not-null constraint',
      )
    }
    const made: Row = {
      id,
      url: asText(given('url')),
      title: asText(given('title')),
      added_at: asText(given('added_at')) ?? now(session),
    }
    if (rowBytes(made) > largestRow)
      throw new SqlFault(`row is too big: size ${rowBytes(made)}, maximum size ${largestRow}`)
    return made
  })
  store(
    session,
    pages,
    appendRows(pages, rows),
    `insert ${rows.length} ${JSON.stringify(rows.slice(0, 20))}`,
  )
  session.context.report({
    program: 'postgres',
    what: 'rows-inserted',
    count: rows.length,
    path: session.directory,
  })
  return rows.length
}

const columnList = (reader: TokenReader): readonly string[] => {
  const names: string[] = []
  do {
    const { at } = reader.peek()
    const name = reader.name()
    if (!isColumn(name))
      throw new SqlFault(`column "${name}" of relation "bookmarks" does not exist`, at)
    names.push(name)
  } while (reader.take(','))
  reader.expect(')')
  return names
}

const insert = (session: Session, reader: TokenReader): Answer => {
  reader.expect('into')
  const { at } = reader.peek()
  const table = reader.name()
  readTable(session, table, at)
  const names = reader.take('(') ? columnList(reader) : columns
  if (reader.take('select')) {
    const { rows } = select(session, reader)
    const count = insertRows(session, names, rows)
    return plain(`INSERT 0 ${count}`)
  }
  if (reader.take('default', 'values')) return plain(`INSERT 0 ${insertRows(session, [], [[]])}`)
  reader.expect('values')
  const rows: Value[][] = []
  do {
    reader.expect('(')
    const row: Value[] = []
    do {
      row.push(
        reader.take('default') ? null : evaluate(reader.expression(), scopeOf(session, null)),
      )
    } while (reader.take(','))
    reader.expect(')')
    rows.push(row)
  } while (reader.take(','))
  const before = Number(readSmall(session.sys, sequencePath(session))?.split('\n')[0] ?? '1')
  const count = insertRows(session, names, rows)
  if (!reader.take('returning')) return plain(`INSERT 0 ${count}`)
  reader.name()
  return { tag: `INSERT 0 ${count}`, columns: ['id'], rows: rows.map((_, i) => [before + i]) }
}

const remove = (session: Session, reader: TokenReader): Answer => {
  reader.expect('from')
  const { at } = reader.peek()
  const pages = readTable(session, reader.name(), at)
  skipAlias(reader)
  const where = whereClause(reader)
  let count = 0
  const after = mapRows(pages, (row) => {
    if (!matches(session, where, row)) return row
    count += 1
    return null
  })
  if (count > 0) store(session, pages, after, `delete ${count}`)
  return plain(`DELETE ${count}`)
}

const update = (session: Session, reader: TokenReader): Answer => {
  const { at } = reader.peek()
  const pages = readTable(session, reader.name(), at)
  skipAlias(reader)
  reader.expect('set')
  const changes: [Column, Expression][] = []
  do {
    const token = reader.peek()
    const name = reader.name()
    if (!isColumn(name))
      throw new SqlFault(`column "${name}" of relation "bookmarks" does not exist`, token.at)
    reader.expect('=')
    changes.push([name, reader.expression()])
  } while (reader.take(','))
  const where = whereClause(reader)
  let count = 0
  const after = mapRows(pages, (row) => {
    if (!matches(session, where, row)) return row
    count += 1
    const next: Record<Column, Value> = { ...row }
    for (const [name, expression] of changes)
      next[name] = evaluate(expression, scopeOf(session, { ...row }))
    return {
      id: Number(next.id),
      url: asText(next.url),
      title: asText(next.title),
      added_at: asText(next.added_at),
    }
  })
  if (count > 0) store(session, pages, after, `update ${count}`)
  return plain(`UPDATE ${count}`)
}

const truncate = (session: Session, reader: TokenReader): Answer => {
  reader.take('table')
  const { at } = reader.peek()
  readTable(session, reader.name(), at)
  const cut = session.sys.truncate(heapPath(session), 0)
  if (!cut.ok) throw storageFault(session, cut.errno)
  if (reader.take('restart', 'identity')) setSequence(session, 1)
  return plain('TRUNCATE TABLE')
}

const createTable = (session: Session, reader: TokenReader): Answer => {
  const lenient = reader.take('if', 'not', 'exists')
  const name = reader.name()
  if (name !== 'bookmarks')
    throw new SqlFault(
      `CREATE TABLE ${name}: not simulated in Driftwood: its only table is bookmarks`,
    )
  if (session.sys.stat(heapPath(session)).ok) {
    if (lenient) return plain('CREATE TABLE')
    throw new SqlFault('relation "bookmarks" already exists')
  }
  const fd = session.sys.open(heapPath(session), { write: true, create: true }, 0o600)
  if (!fd.ok) throw storageFault(session, fd.errno)
  session.sys.close(fd.value)
  setSequence(session, 1)
  return plain('CREATE TABLE')
}

const dropTable = (session: Session, reader: TokenReader): Answer => {
  const lenient = reader.take('if', 'exists')
  const name = reader.name()
  const gone = name === 'bookmarks' && session.sys.unlink(heapPath(session)).ok
  if (!gone && !lenient) throw new SqlFault(`table "${name}" does not exist`)
  return plain('DROP TABLE')
}

/** Statements of a dump that change nothing here. */
const quiet: readonly (readonly [RegExp, string])[] = [
  [/^set\b/, 'SET'],
  [/^alter table\b/, 'ALTER TABLE'],
  [/^alter sequence\b/, 'ALTER SEQUENCE'],
  [/^comment\b/, 'COMMENT'],
  [/^grant\b/, 'GRANT'],
  [/^begin\b|^start transaction\b/, 'BEGIN'],
  [/^commit\b|^end\b/, 'COMMIT'],
  [/^vacuum\b/, 'VACUUM'],
  [/^analyze\b/, 'ANALYZE'],
  [/^checkpoint\b/, 'CHECKPOINT'],
]

const shown = (session: Session, name: string): string => {
  const values: Record<string, string> = {
    data_directory: session.directory,
    server_version: fullVersions[session.major] ?? session.major,
    port: '5432',
    shared_buffers: '128MB',
  }
  const value = values[name]
  if (value === undefined) throw new SqlFault(`unrecognized configuration parameter "${name}"`)
  return value
}

/** Runs one statement. Throws SqlFault when the server would answer with an error. */
export const runStatement = (session: Session, text: string): Answer => {
  session.context.step()
  const lower = text.trim().toLowerCase()
  if (/^select\s+pg_catalog\.set_config\b/.test(lower))
    return { tag: 'SELECT 1', columns: ['set_config'], rows: [['']] }
  const setval = /^select\s+pg_catalog\.setval\('[^']*',\s*(\d+)(?:,\s*(true|false))?\)/.exec(lower)
  if (setval !== null) {
    setSequence(session, Number(setval[1]) + (setval[2] === 'false' ? 0 : 1))
    return { tag: 'SELECT 1', columns: ['setval'], rows: [[Number(setval[1])]] }
  }
  const tag = quiet.find(([pattern]) => pattern.test(lower))?.[1]
  if (tag !== undefined) return plain(tag)
  const reader = new TokenReader(tokenize(text))
  const answer = dispatch(session, reader)
  if (reader.peek().kind !== 'end') throw reader.fault()
  return answer
}

const skipRest = (reader: TokenReader): void => {
  while (reader.peek().kind !== 'end') reader.next()
}

const dispatch = (session: Session, reader: TokenReader): Answer => {
  if (reader.take('select')) return select(session, reader)
  if (reader.take('insert')) return insert(session, reader)
  if (reader.take('delete')) return remove(session, reader)
  if (reader.take('update')) return update(session, reader)
  if (reader.take('truncate')) return truncate(session, reader)
  if (reader.take('show')) {
    const name = reader.name()
    return { tag: 'SHOW', columns: [name], rows: [[shown(session, name)]] }
  }
  if (reader.take('create', 'table')) {
    const answer = createTable(session, reader)
    skipRest(reader)
    return answer
  }
  if (reader.take('drop', 'table')) {
    const answer = dropTable(session, reader)
    skipRest(reader)
    return answer
  }
  if (reader.take('create', 'sequence')) {
    skipRest(reader)
    return plain('CREATE SEQUENCE')
  }
  const word = reader.peek()
  const known = [
    'create',
    'drop',
    'alter',
    'explain',
    'copy',
    'with',
    'do',
    'rollback',
    'savepoint',
    'listen',
  ]
  if (word.kind === 'word' && known.includes(word.text)) {
    throw new SqlFault(`${word.text.toUpperCase()}: not simulated in Driftwood`)
  }
  throw reader.fault()
}
