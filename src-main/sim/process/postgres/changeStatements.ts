import { contentOf } from '../../tree/content.ts'
import { readSmall } from './cluster.ts'
import { appendRows, largestRow, mapRows, type Row, rowBytes } from './heap.ts'
import { matches, select, skipAlias, whereClause } from './selectStatement.ts'
import type { Answer, Session } from './session.ts'
import {
  type Expression,
  evaluate,
  SqlFault,
  type TokenReader,
  type Value,
} from './sqlExpression.ts'
import {
  type Column,
  columns,
  heapPath,
  isColumn,
  mostRows,
  now,
  plain,
  readTable,
  scopeOf,
  sequencePath,
  storageFault,
  store,
} from './tableFile.ts'

const nextIds = (session: Session, count: number): number => {
  const next = Number(readSmall(session.sys, sequencePath(session))?.split('\n')[0] ?? '1') || 1
  setSequence(session, next + count)
  return next
}

/** Writes the next id. */
export const setSequence = (session: Session, next: number): void => {
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

/** INSERT INTO bookmarks, from VALUES or a SELECT. */
export const insert = (session: Session, reader: TokenReader): Answer => {
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

/** DELETE FROM bookmarks. */
export const remove = (session: Session, reader: TokenReader): Answer => {
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

/** UPDATE bookmarks. */
export const update = (session: Session, reader: TokenReader): Answer => {
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

/** TRUNCATE bookmarks. */
export const truncate = (session: Session, reader: TokenReader): Answer => {
  reader.take('table')
  const { at } = reader.peek()
  readTable(session, reader.name(), at)
  const cut = session.sys.truncate(heapPath(session), 0)
  if (!cut.ok) throw storageFault(session, cut.errno)
  if (reader.take('restart', 'identity')) setSequence(session, 1)
  return plain('TRUNCATE TABLE')
}

/** CREATE TABLE bookmarks; any other table is not simulated. */
export const createTable = (session: Session, reader: TokenReader): Answer => {
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

/** DROP TABLE bookmarks. */
export const dropTable = (session: Session, reader: TokenReader): Answer => {
  const lenient = reader.take('if', 'exists')
  const name = reader.name()
  const gone = name === 'bookmarks' && session.sys.unlink(heapPath(session)).ok
  if (!gone && !lenient) throw new SqlFault(`table "${name}" does not exist`)
  return plain('DROP TABLE')
}
