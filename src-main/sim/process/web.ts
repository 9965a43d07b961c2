import { type Errno, errnoText } from '../errno.ts'
import type { InternalProgram, ProcessContext } from '../shell/machine.ts'
import { writeFully } from '../shell/streams.ts'
import { longDate } from '../shell/tools/dateText.ts'
import { parseSize } from '../shell/tools/support.ts'
import { type Content, concat, contentOf, pattern, toText, zeros } from '../tree/content.ts'

/** Where the running application keeps what it read at its start: shared memory, no layer. */
const memoryPath = '/dev/shm/driftwood-web'
const cachePage = 4096

interface Running {
  readonly theme: string
  readonly uploads: string
}

const readText = (context: ProcessContext, path: string): string | Errno => {
  const fd = context.sys.open(path, { read: true })
  if (!fd.ok) return fd.errno
  const content = context.sys.read(fd.value)
  context.sys.close(fd.value)
  return content.ok ? toText(content.value) : content.errno
}

const isErrno = (text: string): text is Errno => text in errnoText

const store = (
  context: ProcessContext,
  path: string,
  data: Content,
  append: boolean,
): Errno | null => {
  const fd = context.sys.open(path, { write: true, create: true, append, truncate: !append }, 0o644)
  if (!fd.ok) return fd.errno
  const { errno } = writeFully(context.sys, fd.value, data)
  context.sys.close(fd.value)
  return errno
}

const fail = (context: ProcessContext, what: string, errno: Errno): number => {
  context.err(`driftwood-web: ${what}: ${errnoText[errno]}\n`)
  return 1
}

const setting = (text: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*(\\S+)`, 'm').exec(text)?.[1] ?? null

const cachePath = (context: ProcessContext): string =>
  context.env.get('SQLITE_PATH') ?? '/app/cache.sqlite'

/** One line of the log: to the file LOG_TO, or to the output. */
const log = (context: ProcessContext, message: string): Errno | null => {
  const line = `${longDate(context.kernel.nowMs()).slice(0, 19)} ${message}\n`
  const path = context.env.get('LOG_TO') ?? ''
  if (path === '') {
    context.out(line)
    return null
  }
  return store(context, path, contentOf(line), true)
}

const configPath = '/app/config.yml'

const start = (context: ProcessContext): number => {
  const config = readText(context, configPath)
  if (isErrno(config)) return fail(context, `cannot read ${configPath}`, config)
  const running: Running = {
    theme: setting(config, 'theme') ?? 'plain',
    uploads: context.env.get('UPLOAD_DIR') ?? setting(config, 'uploads') ?? '/app/uploads',
  }
  const made = context.run({ argv: ['mkdir', '-p', running.uploads] })
  if (made.code !== 0 && !context.sys.stat(running.uploads).ok) {
    return fail(context, `cannot make ${running.uploads}`, 'EROFS')
  }
  if (!context.sys.stat(cachePath(context)).ok) {
    const head = contentOf('SQLite format 3\0')
    const errno = store(
      context,
      cachePath(context),
      concat(head, zeros(cachePage - head.size)),
      false,
    )
    if (errno !== null) return fail(context, `cannot open ${cachePath(context)}`, errno)
  }
  store(
    context,
    memoryPath,
    contentOf(`theme: ${running.theme}\nuploads: ${running.uploads}\n`),
    false,
  )
  const errno = log(
    context,
    `driftwood-web started: theme ${running.theme}, uploads in ${running.uploads}, port 8080`,
  )
  if (errno !== null)
    return fail(context, `cannot write the log ${context.env.get('LOG_TO')}`, errno)
  context.report({ program: 'driftwood-web', what: 'opened', count: 0, path: configPath })
  return context.isMain ? context.park(0) : 0
}

/** The running application of this container; a message and null when there is none. */
const running = (context: ProcessContext): Running | null => {
  const text = readText(context, memoryPath)
  if (isErrno(text)) {
    context.err(
      'driftwood-web: not running in this container: start it with `driftwood-web serve`\n',
    )
    return null
  }
  return { theme: setting(text, 'theme') ?? 'plain', uploads: setting(text, 'uploads') ?? '' }
}

/** Writes one entry into the cache: a page in the middle of the file, in place, or a new one. */
const remember = (context: ProcessContext, key: string): Errno | null => {
  const fd = context.sys.open(cachePath(context), { read: true, write: true, create: true }, 0o644)
  if (!fd.ok) return fd.errno
  const stat = context.sys.fstat(fd.value)
  const size = stat.ok ? stat.value.size : 0
  const head = contentOf(`${key}\n`)
  const page = concat(head, zeros(Math.max(0, cachePage - head.size)))
  const at = Math.max(cachePage, Math.ceil(size / cachePage) * cachePage)
  const written = context.sys.pwrite(fd.value, page, at)
  context.sys.close(fd.value)
  if (!written.ok) return written.errno
  return written.value < page.size ? 'ENOSPC' : null
}

const upload = (context: ProcessContext, name: string, sizeText: string): number => {
  const app = running(context)
  if (app === null) return 1
  const bytes = parseSize(sizeText)
  if (bytes === null || name === '' || name.includes('/')) {
    context.err(
      `driftwood-web: upload NAME BYTES: not a ${bytes === null ? `size: ${sizeText}` : `name: ${name}`}\n`,
    )
    return 2
  }
  const path = `${app.uploads}/${name}`
  const errno = store(context, path, pattern(`${name} `, bytes), false)
  if (errno !== null) return fail(context, `cannot store ${path}`, errno)
  const logged =
    remember(context, `thumbnail ${name}`) ?? log(context, `POST /upload/${name} 201 ${bytes}`)
  if (logged !== null) return fail(context, 'cannot finish the upload', logged)
  context.out(`stored ${path} (${bytes} bytes)\n`)
  context.report({ program: 'driftwood-web', what: 'wrote', count: 1, path })
  return 0
}

const visit = (context: ProcessContext, page: string): number => {
  const app = running(context)
  if (app === null) return 1
  const found = page.startsWith('/uploads/')
    ? context.sys.stat(`${app.uploads}/${page.slice(9)}`).ok
    : true
  const code = found ? 200 : 404
  const errno = remember(context, `page ${page}`) ?? log(context, `GET ${page} ${code}`)
  if (errno !== null) return fail(context, `cannot serve ${page}`, errno)
  context.out(`${code} ${page} (theme ${app.theme})\n`)
  context.report({ program: 'driftwood-web', what: 'served', count: 1, path: page })
  return found ? 0 : 1
}

const status = (context: ProcessContext): number => {
  const app = running(context)
  if (app === null) return 1
  const entries = context.sys.readdir(app.uploads)
  const cache = context.sys.stat(cachePath(context))
  const count = entries.ok ? entries.value.length : 0
  const pages = cache.ok ? Math.max(0, Math.floor(cache.value.size / cachePage) - 1) : 0
  context.out(
    `theme: ${app.theme} (as ${configPath} was at the start)\nuploads: ${count} in ${app.uploads}\ncache: ${pages} entries in ${cachePath(context)}\n`,
  )
  return 0
}

/**
 * Driftwood's web application: `serve` reads /app/config.yml once and stays; `upload`, `visit` and
 * `status` act on the running one, through the container's own mounts.
 */
export const driftwoodWeb: InternalProgram = (context) => {
  const [command = 'serve', first = '', second = ''] = context.argv.slice(1)
  if (command === 'serve') return start(context)
  if (command === 'upload') return upload(context, first, second)
  if (command === 'visit') return visit(context, first === '' ? '/' : first)
  if (command === 'status') return status(context)
  context.err(
    `driftwood-web: ${command}: not a command\nUsage: driftwood-web serve | upload NAME BYTES | visit PATH | status\n`,
  )
  return 2
}

/** A log writer: appends lines to a file, then waits when it is the container's main process. */
export const driftwoodLog: InternalProgram = (context) => {
  const [path = '/var/log/driftwood.log', countText = '3'] = context.argv.slice(1)
  const count = Number(countText)
  if (!Number.isInteger(count) || count < 0 || count > 10_000) {
    context.err(`driftwood-log: ${countText}: not a number of lines up to 10000\n`)
    return 2
  }
  for (let i = 0; i < count; i += 1) {
    context.step()
    const line = `${longDate(context.kernel.nowMs()).slice(0, 23)} tide ${i + 1}: all is calm\n`
    const errno = store(context, path, contentOf(line), true)
    if (errno !== null) {
      context.err(`driftwood-log: ${path}: ${errnoText[errno]}\n`)
      return 1
    }
    context.kernel.spend(1000)
  }
  context.report({ program: 'driftwood-log', what: 'wrote', count, path })
  return context.isMain ? context.park(0) : 0
}
