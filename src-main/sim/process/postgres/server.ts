import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../../shell/machine.ts'
import { longDate } from '../../shell/tools/dateText.ts'
import { contentOf } from '../../tree/content.ts'
import type { Syscalls } from '../../vfs/syscalls.ts'
import { createCluster, fullVersions, readSmall } from './cluster.ts'

export const socketDirectory = '/var/run/postgresql'
export const socketPath = `${socketDirectory}/.s.PGSQL.5432`

/** System calls as another user, without look-up events: servers are not what the player watches. */
export const callsAs = (context: ProcessContext, uid: number, gid: number): Syscalls =>
  context.kernel.syscalls({ ...context.sys.task, uid, gid, traceLookups: false })

/** uid and gid of the user postgres. */
export const postgresUser = (context: ProcessContext): readonly [number, number] => {
  const sys = callsAs(context, 0, 0)
  const line = (readSmall(sys, '/etc/passwd') ?? '')
    .split('\n')
    .find((one) => one.startsWith('postgres:'))
  const [, , uid = '999', gid = '999'] = (line ?? '').split(':')
  return [Number(uid), Number(gid)]
}

export const majorOf = (context: ProcessContext): string => context.env.get('PG_MAJOR') ?? '16'

export const dataDirectoryOf = (context: ProcessContext): string => {
  const major = majorOf(context)
  const standard =
    Number(major) >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data'
  const flag = context.argv.indexOf('-D')
  return (flag > 0 ? context.argv[flag + 1] : undefined) ?? context.env.get('PGDATA') ?? standard
}

const stamp = (context: ProcessContext): string =>
  `${longDate(context.kernel.nowMs()).slice(0, 23)} UTC [1]`

/** A line of the server's log: on stderr, with time and process. */
export const logLine = (context: ProcessContext, level: string, message: string): void => {
  context.err(`${stamp(context)} ${level}:  ${message}\n`)
}

const fatal = (
  context: ProcessContext,
  message: string,
  more: readonly (readonly [string, string])[] = [],
): number => {
  logLine(context, 'FATAL', message)
  for (const [level, text] of more) logLine(context, level, text)
  context.report({ program: 'postgres', what: 'refused', count: 0, path: dataDirectoryOf(context) })
  return 1
}

const checkDirectory = (
  context: ProcessContext,
  sys: Syscalls,
  directory: string,
): number | null => {
  const stat = sys.stat(directory)
  if (!stat.ok) {
    context.err(
      `postgres: could not access directory "${directory}": ${errnoText[stat.errno]}\nRun initdb or pg_basebackup to initialize a PostgreSQL data directory.\n`,
    )
    return 2
  }
  if (stat.value.uid !== sys.task.uid) {
    return fatal(context, `data directory "${directory}" has wrong ownership`, [
      ['HINT', 'The server must be started by the user that owns the data directory.'],
    ])
  }
  if ((stat.value.mode & 0o027) !== 0) {
    return fatal(context, `data directory "${directory}" has invalid permissions`, [
      ['DETAIL', 'Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).'],
    ])
  }
  const version = readSmall(sys, `${directory}/PG_VERSION`)?.trim()
  if (version === undefined) {
    return fatal(context, `"${directory}" is not a valid data directory`, [
      ['DETAIL', `File "${directory}/PG_VERSION" is missing.`],
    ])
  }
  const major = majorOf(context)
  if (version === major) return null
  return fatal(context, 'database files are incompatible with server', [
    [
      'DETAIL',
      `The data directory was initialized by PostgreSQL version ${version}, which is not compatible with this version ${fullVersions[major] ?? major}.`,
    ],
  ])
}

const writeText = (
  sys: Syscalls,
  path: string,
  text: string,
  mode = 0o600,
): keyof typeof errnoText | null => {
  const fd = sys.open(path, { write: true, create: true, truncate: true }, mode)
  if (!fd.ok) return fd.errno
  const written = sys.write(fd.value, contentOf(text))
  sys.close(fd.value)
  return written.ok ? null : written.errno
}

/** Starts serving a data directory that is in order, as the user that `sys` acts for. */
const serve = (context: ProcessContext, sys: Syscalls, directory: string): number => {
  const refused = checkDirectory(context, sys, directory)
  if (refused !== null) return refused
  if (!context.isMain && sys.stat(`${directory}/postmaster.pid`).ok) {
    return fatal(context, 'lock file "postmaster.pid" already exists', [
      ['HINT', `Is another postmaster (PID 1) running in data directory "${directory}"?`],
    ])
  }
  logLine(
    context,
    'LOG',
    `starting PostgreSQL ${fullVersions[majorOf(context)] ?? majorOf(context)} on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14+deb12u1) 12.2.0, 64-bit`,
  )
  const started = Math.floor(context.kernel.nowMs() / 1000)
  const pidText = `1\n${directory}\n${started}\n5432\n${socketDirectory}\n`
  const locks = [
    [`${directory}/postmaster.pid`, 'postmaster.pid'],
    [`${socketPath}.lock`, `${socketPath}.lock`],
  ] as const
  for (const [path, name] of locks) {
    const errno = writeText(sys, path, pidText)
    if (errno !== null)
      return fatal(context, `could not create lock file "${name}": ${errnoText[errno]}`)
  }
  sys.unlink(socketPath)
  sys.mkfifo(socketPath, 0o777)
  writeText(sys, `${directory}/postmaster.opts`, '/usr/lib/postgresql/bin/postgres\n')
  logLine(context, 'LOG', 'listening on IPv4 address "0.0.0.0", port 5432')
  logLine(context, 'LOG', 'listening on IPv6 address "::", port 5432')
  logLine(context, 'LOG', `listening on Unix socket "${socketPath}"`)
  logLine(
    context,
    'LOG',
    `database system was shut down at ${longDate(context.kernel.nowMs()).slice(0, 19)} UTC`,
  )
  logLine(context, 'LOG', 'database system is ready to accept connections')
  context.report({ program: 'postgres', what: 'opened', count: 0, path: directory })
  if (!context.isMain) return 0
  return context.park(0)
}

/** The server itself. It refuses to run as root. */
export const postgres: InternalProgram = (context) => {
  if (context.argv.includes('--version') || context.argv.includes('-V')) {
    context.out(`postgres (PostgreSQL) ${fullVersions[majorOf(context)] ?? majorOf(context)}\n`)
    return 0
  }
  const { uid, gid } = context.sys.task
  if (uid === 0) {
    context.err(
      '"root" execution of the PostgreSQL server is not permitted.\nThe server must be started under an unprivileged user ID to prevent\npossible system security compromise.  See the documentation for\nmore information on how to properly start the server.\n',
    )
    return 1
  }
  return serve(context, callsAs(context, uid, gid), dataDirectoryOf(context))
}

interface Setup {
  readonly context: ProcessContext
  readonly sys: Syscalls
  readonly directory: string
}

const clearDirectory = (sys: Syscalls, directory: string): void => {
  const entries = sys.readdir(directory)
  for (const { name, kind } of entries.ok ? entries.value : []) {
    const path = `${directory}/${name}`
    if (kind === 'dir') {
      clearDirectory(sys, path)
      sys.rmdir(path)
    } else sys.unlink(path)
  }
}

const initialise = ({ context, sys, directory }: Setup): number => {
  const entries = sys.readdir(directory)
  const user = context.env.get('POSTGRES_USER') || 'postgres'
  const fail = (message: string): number => {
    context.err(`initdb: error: ${message}\n`)
    context.report({ program: 'postgres', what: 'refused', count: 0, path: directory })
    return 1
  }
  if (!entries.ok)
    return fail(`could not access directory "${directory}": ${errnoText[entries.errno]}`)
  context.out(
    `The files belonging to this database system will be owned by user "${sys.task.uid === 0 ? 'root' : 'postgres'}".\nThis user must also own the server process.\n\nThe database cluster will be initialized with locale "en_US.utf8".\nThe default database encoding has accordingly been set to "UTF8".\nThe default text search configuration will be set to "english".\n\nData page checksums are ${Number(majorOf(context)) >= 18 ? 'enabled' : 'disabled'}.\n\n`,
  )
  if (entries.value.length > 0) {
    fail(`directory "${directory}" exists but is not empty`)
    context.err(
      `initdb: hint: If you want to create a new database system, either remove or empty the directory "${directory}" or run initdb with an argument other than "${directory}".\n`,
    )
    return 1
  }
  const mode = sys.chmod(directory, 0o700)
  context.out(`fixing permissions on existing directory ${directory} ... ${mode.ok ? 'ok\n' : ''}`)
  if (!mode.ok)
    return fail(
      `could not change permissions of directory "${directory}": ${errnoText[mode.errno]}`,
    )
  const made = createCluster(sys, directory, {
    major: majorOf(context),
    user,
    database: context.env.get('POSTGRES_DB') || user,
    trust: context.env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust',
  })
  if (!made.ok) {
    fail(`could not write file "${made.path}": ${errnoText[made.errno]}`)
    context.err(`initdb: removing contents of data directory "${directory}"\n`)
    clearDirectory(sys, directory)
    return 1
  }
  context.out(
    'creating subdirectories ... ok\nselecting dynamic shared memory implementation ... posix\nselecting default "max_connections" ... 100\nselecting default "shared_buffers" ... 128MB\nselecting default time zone ... Etc/UTC\ncreating configuration files ... ok\nrunning bootstrap script ... ok\nperforming post-bootstrap initialization ... ok\nsyncing data to disk ... ok\n\n',
  )
  context.out(
    `\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${directory} -l logfile start\n\n`,
  )
  context.kernel.spend(1500)
  context.report({ program: 'postgres', what: 'initialised', count: 0, path: directory })
  return 0
}

const noPassword = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
`

const oldLayout = (
  found: string,
): string => `Error: in 18+, these Docker images are configured to store database data in a
       format which is compatible with "pg_ctlcluster" (specifically, using
       major-version-specific directory names).  This better reflects how
       PostgreSQL itself works, and how upgrades are to be performed.

       See also https://github.com/docker-library/postgres/pull/1259

       Counter to that, there appears to be PostgreSQL data in:
         ${found}

       This is usually the result of upgrading the Docker image without
       upgrading the underlying database using "pg_upgrade" (which requires both
       versions).

       The suggested container configuration for 18+ is to place a single mount
       at /var/lib/postgresql which will then place PostgreSQL data in a
       subdirectory, allowing usage of "pg_upgrade --link" without mount point
       boundary issues.
`

/** Data of the layout before 18 that a newer image would not see. */
const oldDatabase = ({ context, sys, directory }: Setup): string | null => {
  if (Number(majorOf(context)) < 18) return null
  for (const old of ['/var/lib/postgresql', '/var/lib/postgresql/data']) {
    if (old !== directory && (readSmall(sys, `${old}/PG_VERSION`) ?? '') !== '') return old
  }
  const old = '/var/lib/postgresql/data'
  const isMount = context.sys.task.namespace.some(({ at }) => at === old)
  return isMount && directory !== old ? `${old} (unused mount/volume)` : null
}

const makeDirectories = (sys: Syscalls, path: string): void => {
  const parts = path.split('/').filter(Boolean)
  parts.forEach((_, i) => {
    sys.mkdir(`/${parts.slice(0, i + 1).join('/')}`, 0o755)
  })
}

/** What root does before it gives up its rights: the directory and all in it belong to postgres. */
const takeOwnership = (sys: Syscalls, path: string, uid: number, top: boolean): void => {
  const stat = sys.lstat(path)
  if (!stat.ok) return
  if (stat.value.uid !== uid) sys.lchown(path, uid, -1)
  if (stat.value.kind !== 'dir') return
  if (top && (stat.value.mode & 0o777) !== 0o700) sys.chmod(path, 0o700)
  const entries = sys.readdir(path)
  for (const { name } of entries.ok ? entries.value : [])
    takeOwnership(sys, `${path}/${name}`, uid, false)
}

/** docker-entrypoint.sh of the official image: initialises an empty data directory, then serves it. */
export const dockerEntrypoint: InternalProgram = (context) => {
  const given = context.argv.slice(1)
  const words = given[0]?.startsWith('-') ? ['postgres', ...given] : given
  if ((words[0] ?? 'postgres') !== 'postgres') {
    const result = context.run({ argv: words, stdin: context.stdin })
    context.out(result.stdout)
    context.err(result.stderr)
    return result.code
  }
  const directory = dataDirectoryOf(context)
  const isRoot = context.sys.task.uid === 0
  const [postgresUid, postgresGid] = postgresUser(context)
  const uid = isRoot ? postgresUid : context.sys.task.uid
  const gid = isRoot ? postgresGid : context.sys.task.gid
  const first = callsAs(context, context.sys.task.uid, context.sys.task.gid)
  makeDirectories(first, directory)
  makeDirectories(first, socketDirectory)
  if (isRoot) {
    takeOwnership(first, directory, uid, true)
    const run = first.stat(socketDirectory)
    if (run.ok && run.value.uid !== uid) first.chown(socketDirectory, uid, gid)
  }
  const sys = callsAs(context, uid, gid)
  const setup: Setup = { context, sys, directory }
  const exists = (readSmall(sys, `${directory}/PG_VERSION`) ?? '') !== ''
  if (exists) {
    context.out(
      '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n',
    )
    return serve(context, sys, directory)
  }
  const old = oldDatabase(setup)
  const password = context.env.get('POSTGRES_PASSWORD') ?? ''
  const trusts = context.env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust'
  if (old !== null || (password === '' && !trusts)) {
    context.err(old !== null ? oldLayout(old) : noPassword)
    context.report({ program: 'postgres', what: 'refused', count: 0, path: directory })
    return 1
  }
  const code = initialise(setup)
  if (code !== 0) return code
  context.out(
    'waiting for server to start.... done\nserver started\nCREATE DATABASE\n\n\nwaiting for server to shut down.... done\nserver stopped\n\nPostgreSQL init process complete; ready for start up.\n\n',
  )
  return serve(context, sys, directory)
}

/** initdb by hand. */
export const initdb: InternalProgram = (context) => {
  const { uid, gid } = context.sys.task
  if (uid === 0) {
    context.err(
      'initdb: error: cannot be run as root\ninitdb: hint: Please log in (using, e.g., "su") as the (unprivileged) user that will own the server process.\n',
    )
    return 1
  }
  const sys = callsAs(context, uid, gid)
  const directory = dataDirectoryOf(context)
  makeDirectories(sys, directory)
  return initialise({ context, sys, directory })
}
