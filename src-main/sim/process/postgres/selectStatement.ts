import type { Row } from './heap.ts'
import type { Answer, Session } from './session.ts'
import {
  type Expression,
  evaluate,
  SqlFault,
  type TokenReader,
  type Value,
} from './sqlExpression.ts'
import { columns, heapPath, isColumn, mostRows, readTable, scopeOf } from './tableFile.ts'

/** Does the row fulfil the condition? Every row does where there is none. */
export const matches = (session: Session, where: Expression | null, row: Row): boolean =>
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

/** Reads over `AS name` and a bare name behind a table. */
export const skipAlias = (reader: TokenReader): void => {
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

/** Reads `WHERE condition`, if there is one. */
export const whereClause = (reader: TokenReader): Expression | null =>
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

/** SELECT: rows of bookmarks, of a series, of a catalogue or of nothing. */
export const select = (session: Session, reader: TokenReader): Answer => {
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
