import {
  createTable,
  dropTable,
  insert,
  remove,
  setSequence,
  truncate,
  update,
} from './changeStatements.ts'
import { fullVersions } from './cluster.ts'
import { select } from './selectStatement.ts'
import type { Answer, Session } from './session.ts'
import { SqlFault, TokenReader, tokenize } from './sqlExpression.ts'
import { plain } from './tableFile.ts'

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
