import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../../shell/machine.ts'
import { type Options, readInput, readOptions, textOf } from '../../shell/tools/support.ts'
import { insertRows } from './changeStatements.ts'
import { fullVersions, readCatalog } from './cluster.ts'
import { connect, connectionNames } from './connect.ts'
import { printTable, type TableStyle } from './printTable.ts'
import { runStatement } from './runStatement.ts'
import type { Session } from './session.ts'
import { SqlFault } from './sqlExpression.ts'

interface Client {
  readonly context: ProcessContext
  readonly session: Session
  style: TableStyle
  readonly quiet: boolean
  readonly stopOnError: boolean
  failed: boolean
  quit: boolean
}

/** Where an error lies, as psql shows it below the message. */
const pointer = (sql: string, at: number): string => {
  const before = sql.slice(0, at)
  const number = before.split('\n').length
  const start = before.lastIndexOf('\n') + 1
  const line = sql.slice(start).split('\n')[0] ?? ''
  const label = `LINE ${number}: `
  return `${label}${line}\n${' '.repeat(label.length + at - start)}^\n`
}

const showFault = (client: Client, fault: SqlFault, sql: string, where: string): void => {
  const place = fault.at === null ? '' : pointer(sql, fault.at)
  const more = fault.more === '' ? '' : `${fault.more}\n`
  client.context.err(`${where}ERROR:  ${fault.message}\n${place}${more}`)
  client.failed = true
}

const attempt = (client: Client, sql: string, where: string, action: () => void): void => {
  try {
    action()
  } catch (fault) {
    if (!(fault instanceof SqlFault)) throw fault
    showFault(client, fault, sql, where)
  }
}

const execute = (client: Client, sql: string, where: string): void => {
  attempt(client, sql, where, () => {
    const answer = runStatement(client.session, sql)
    if (answer.columns !== null)
      client.context.out(printTable(answer.columns, answer.rows, client.style))
    const showsTag = answer.columns === null || answer.tag.startsWith('INSERT')
    if (showsTag && !client.quiet) client.context.out(`${answer.tag}\n`)
  })
}

const describeTable = `                                        Table "public.bookmarks"
  Column  |            Type             | Collation | Nullable |                Default                
----------+-----------------------------+-----------+----------+---------------------------------------
 id       | integer                     |           | not null | nextval('bookmarks_id_seq'::regclass)
 url      | text                        |           | not null | 
 title    | text                        |           |          | 
 added_at | timestamp without time zone |           |          | now()
Indexes:
    "bookmarks_pkey" PRIMARY KEY, btree (id)

`

const metaCommand = (client: Client, line: string): void => {
  const { context, session } = client
  const [name = '', ...args] = line.trim().split(/\s+/)
  switch (name) {
    case '\\q':
      client.quit = true
      return
    case '\\dt': {
      const exists = runStatement(session, 'SELECT tablename FROM pg_tables').rows.length > 0
      if (!exists) {
        context.err('Did not find any relations.\n')
        return
      }
      context.out(
        `         List of relations\n${printTable(['Schema', 'Name', 'Type', 'Owner'], [['public', 'bookmarks', 'table', session.user]], client.style)}`,
      )
      return
    }
    case '\\d':
      if (args[0] !== undefined && args[0] !== 'bookmarks')
        context.err(`Did not find any relation named "${args[0]}".\n`)
      else context.out(describeTable)
      return
    case '\\l': {
      const names = readCatalog(session.sys, session.directory)
        .databases.map((one) => one.name)
        .sort()
      context.out(
        printTable(
          ['Name', 'Owner', 'Encoding'],
          names.map((one) => [one, session.user, 'UTF8']),
          client.style,
        ),
      )
      return
    }
    case '\\conninfo':
      context.out(
        `You are connected to database "${session.database}" as user "${session.user}" via socket in "/var/run/postgresql" at port "5432".\n`,
      )
      return
    case '\\t':
      client.style = { ...client.style, tuplesOnly: !client.style.tuplesOnly }
      return
    case '\\a':
      client.style = { ...client.style, unaligned: !client.style.unaligned }
      return
    case '\\echo':
      context.out(`${args.join(' ')}\n`)
      return
    case '\\restrict':
    case '\\unrestrict':
    case '\\connect':
    case '\\c':
      return
    default:
      context.err(`invalid command ${name}\nTry \\? for help.\n`)
      client.failed = true
  }
}

const unescapeCopy = (text: string): string | null => {
  if (text === '\\N') return null
  const plain: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\' }
  return text.replace(/\\(.)/g, (_, char: string) => plain[char] ?? char)
}

const copyTarget = (sql: string): readonly string[] | null => {
  const match = /^\s*copy\s+(?:public\.)?bookmarks\s*(?:\(([^)]*)\))?\s+from\s+stdin\s*$/i.exec(sql)
  if (match === null) return null
  return match[1] === undefined
    ? ['id', 'url', 'title', 'added_at']
    : match[1].split(',').map((one) => one.trim().replaceAll('"', ''))
}

/** A statement ends at a `;` outside quotes and comments. Gives its end, or -1. */
const statementEnd = (text: string, from: number): number => {
  const pattern = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|;/g
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === ';') return match.index
  }
  return -1
}

/** Runs a whole script: statements, `\` commands and COPY data. */
const runScript = (
  client: Client,
  text: string,
  name: string | null,
  stop = client.stopOnError,
): void => {
  let at = 0
  const whereOf = (place: number): string =>
    name === null ? '' : `psql:${name}:${text.slice(0, place).split('\n').length}: `
  while (at < text.length && !client.quit && !(client.failed && stop)) {
    client.context.step()
    const blank = /^(\s|--[^\n]*(\n|$))+/.exec(text.slice(at))
    if (blank !== null) {
      at += blank[0].length
      continue
    }
    if (text[at] === '\\') {
      const end = text.indexOf('\n', at)
      metaCommand(client, text.slice(at, end < 0 ? text.length : end))
      at = end < 0 ? text.length : end + 1
      continue
    }
    const end = statementEnd(text, at)
    const sql = text.slice(at, end < 0 ? text.length : end)
    const next = end < 0 ? text.length : end + 1
    const names = copyTarget(sql)
    if (names === null) {
      if (sql.trim() !== '') execute(client, sql, whereOf(next))
      at = next
      continue
    }
    const dataStart = text.indexOf('\n', next) + 1
    const dataEnd = text.indexOf('\n\\.', dataStart - 1)
    const dataStop = dataEnd < 0 ? text.length : dataEnd + 1
    const lines =
      dataStart === 0 || dataStop <= dataStart
        ? []
        : text.slice(dataStart, dataStop).split('\n').filter(Boolean)
    attempt(client, sql, whereOf(next), () => {
      const count = insertRows(
        client.session,
        names,
        lines.map((line) => line.split('\t').map(unescapeCopy)),
      )
      if (!client.quiet) client.context.out(`COPY ${count}\n`)
    })
    const after = text.indexOf('\n', dataStop)
    at = after < 0 ? text.length : after + 1
  }
}

const runCommands = (client: Client, options: Options): number | null => {
  for (const command of options.values('c')) {
    if (command.startsWith('\\')) metaCommand(client, command)
    else runScript(client, command, null, true)
    if (client.failed) return 1
  }
  for (const path of options.values('f')) {
    const input = readInput(client.context, path)
    if (!input.ok) {
      client.context.err(`psql: error: ${path}: ${errnoText[input.errno]}\n`)
      return 1
    }
    runScript(client, textOf(input.content), path === '-' ? '<stdin>' : path)
    if (client.failed && client.stopOnError) return 3
  }
  return options.has('c') || options.has('f') ? 0 : null
}

/** psql: SQL on `bookmarks` against the server that runs in this container. */
export const psql: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'U:d:c:f:h:p:tAqXv:F:P:wWnaeb1lV',
    long: {
      username: 'U',
      dbname: 'd',
      command: 'c',
      file: 'f',
      host: 'h',
      port: 'p',
      'tuples-only': 't',
      'no-align': 'A',
      quiet: 'q',
      'no-psqlrc': 'X',
      set: 'v',
      variable: 'v',
      'field-separator': 'F',
      'no-password': 'w',
      version: 'V',
      list: 'l',
    },
  })
  if (options === null) return 1
  if (options.has('V')) {
    context.out(`psql (PostgreSQL) ${fullVersions[context.env.get('PG_MAJOR') ?? '16'] ?? '16'}\n`)
    return 0
  }
  const [database = null, user = null] = options.operands
  const names = connectionNames(context, {
    user: options.value('U') ?? user,
    database: options.value('d') ?? database,
    host: options.value('h'),
  })
  const session = connect(context, names)
  if (typeof session === 'string') {
    context.err(`psql: error: ${session}\n`)
    return 2
  }
  const client: Client = {
    context,
    session,
    style: {
      tuplesOnly: options.has('t'),
      unaligned: options.has('A'),
      separator: options.value('F') ?? '|',
    },
    quiet: options.has('q'),
    stopOnError: options.values('v').some((one) => /^ON_ERROR_STOP(=(1|on|true))?$/i.test(one)),
    failed: false,
    quit: false,
  }
  if (options.has('l')) {
    metaCommand(client, '\\l')
    return 0
  }
  const code = runCommands(client, options)
  if (code !== null) return code
  runScript(client, textOf(context.stdin), '<stdin>')
  return client.failed && client.stopOnError ? 3 : 0
}
