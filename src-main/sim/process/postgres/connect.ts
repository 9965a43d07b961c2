import { errnoText } from '../../errno.ts'
import type { ProcessContext } from '../../shell/machine.ts'
import { readCatalog, readSmall } from './cluster.ts'
import { callsAs, postgresUser, socketPath } from './server.ts'
import type { Session } from './session.ts'

/** Data directory of the server that runs in this container, from the lock of its socket. */
const runningDirectory = (context: ProcessContext): string | null => {
  const sys = callsAs(context, 0, 0)
  if (!sys.lstat(socketPath).ok) return null
  return readSmall(sys, `${socketPath}.lock`)?.split('\n')[1] ?? null
}

/** Connects a client to the server of this container; an error is worded as libpq does. */
export const connect = (
  context: ProcessContext,
  who: { readonly user: string; readonly database: string; readonly host: string | null },
): Session | string => {
  if (who.host !== null && !['localhost', '127.0.0.1', '/var/run/postgresql'].includes(who.host)) {
    return `could not translate host name "${who.host}" to address: Name or service not known`
  }
  const directory = runningDirectory(context)
  if (directory === null) {
    return `connection to server on socket "${socketPath}" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`
  }
  const [uid, gid] = postgresUser(context)
  const owner = callsAs(context, 0, 0).stat(directory)
  const sys = owner.ok ? callsAs(context, owner.value.uid, gid) : callsAs(context, uid, gid)
  const refused = (message: string): string =>
    `connection to server on socket "${socketPath}" failed: FATAL:  ${message}`
  const version = readSmall(sys, `${directory}/PG_VERSION`)?.trim()
  if (version === undefined) {
    return refused(`could not open file "global/pg_filenode.map": ${errnoText.ENOENT}`)
  }
  const catalog = readCatalog(sys, directory)
  if (!catalog.roles.includes(who.user)) return refused(`role "${who.user}" does not exist`)
  const database = catalog.databases.find(({ name }) => name === who.database)
  if (database === undefined) return refused(`database "${who.database}" does not exist`)
  return {
    context,
    sys,
    directory,
    oid: database.oid,
    database: who.database,
    user: who.user,
    major: version,
  }
}

interface Names {
  readonly user: string
  readonly database: string
  readonly host: string | null
}

/** Who connects where, from options, environment and the user's own name. */
export const connectionNames = (
  context: ProcessContext,
  given: {
    readonly user: string | null
    readonly database: string | null
    readonly host: string | null
  },
): Names => {
  const own = context.sys.task.uid === 0 ? 'root' : 'postgres'
  const user = given.user ?? context.env.get('PGUSER') ?? own
  return {
    user,
    database: given.database ?? context.env.get('PGDATABASE') ?? user,
    host: given.host ?? context.env.get('PGHOST') ?? null,
  }
}
