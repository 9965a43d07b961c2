import { type Errno, errnoText } from '../../errno.ts'
import {
  type Content,
  concat,
  contentOf,
  emptyContent,
  slice,
  toText,
  zeros,
} from '../../tree/content.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { writeFully } from '../streams.ts'
import { shortDate } from './dateText.ts'
import {
  complain,
  groupNames,
  joinPath,
  modeText,
  readInput,
  readOptions,
  usage,
  userNames,
} from './support.ts'

/** One member of an archive. */
interface Member {
  readonly name: string
  readonly kind: 'file' | 'dir' | 'symlink' | 'hardlink'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtimeMs: number
  readonly target: string
  readonly content: Content
}

const typeFlags = { file: '0', hardlink: '1', symlink: '2', dir: '5' } as const

const octal = (value: number, width: number): string =>
  `${value.toString(8).padStart(width - 1, '0')}\0`

const field = (text: string, width: number): string => text.slice(0, width).padEnd(width, '\0')

const headerOf = (member: Member): Content => {
  const long = member.name.length > 100 ? member.name.lastIndexOf('/', 154) : -1
  const name = long > 0 ? member.name.slice(long + 1) : member.name
  const prefix = long > 0 ? member.name.slice(0, long) : ''
  const head = [
    field(name, 100),
    octal(member.mode, 8),
    octal(member.uid, 8),
    octal(member.gid, 8),
    octal(member.kind === 'file' ? member.content.size : 0, 12),
    octal(Math.floor(member.mtimeMs / 1000), 12),
    '        ',
    typeFlags[member.kind],
    field(member.target, 100),
    'ustar\x0000',
    field('', 32),
    field('', 32),
    octal(0, 8),
    octal(0, 8),
    field(prefix, 155),
  ].join('')
  const block = head.padEnd(512, '\0')
  let sum = 0
  for (let i = 0; i < 512; i += 1) sum += block.charCodeAt(i) & 0xff
  const checksum = `${sum.toString(8).padStart(6, '0')}\0 `
  return contentOf(block.slice(0, 148) + checksum + block.slice(156))
}

const padding = (size: number): Content => zeros((512 - (size % 512)) % 512)

const archiveOf = (members: readonly Member[]): Content => {
  let all = emptyContent
  for (const member of members) {
    all = concat(all, headerOf(member))
    if (member.kind === 'file') all = concat(all, member.content, padding(member.content.size))
  }
  return concat(all, zeros(1024))
}

const cString = (text: string): string => text.split('\0')[0] ?? ''

/** The members of a tar archive (ustar), in order; null when it is none. */
const readArchive = (archive: Content): readonly Member[] | null => {
  const members: Member[] = []
  let at = 0
  let longName = ''
  while (at + 512 <= archive.size) {
    const head = toText(slice(archive, at, at + 512))
    if (head.charCodeAt(0) === 0) break
    if (head.slice(257, 262) !== 'ustar') return null
    const number = (from: number, to: number): number =>
      Number.parseInt(cString(head.slice(from, to)).trim(), 8) || 0
    const size = number(124, 136)
    const flag = head[156]
    const prefix = cString(head.slice(345, 500))
    const own = cString(head.slice(0, 100))
    const content = slice(archive, at + 512, at + 512 + size)
    at += 512 + size + ((512 - (size % 512)) % 512)
    if (flag === 'L') {
      longName = cString(toText(content))
      continue
    }
    if (flag === 'x' || flag === 'g') continue
    const kind =
      flag === '5' ? 'dir' : flag === '2' ? 'symlink' : flag === '1' ? 'hardlink' : 'file'
    members.push({
      name: longName !== '' ? longName : prefix === '' ? own : `${prefix}/${own}`,
      kind,
      mode: number(100, 108),
      uid: number(108, 116),
      gid: number(116, 124),
      mtimeMs: number(136, 148) * 1000,
      target: cString(head.slice(157, 257)),
      content: kind === 'file' ? content : emptyContent,
    })
    longName = ''
  }
  return members
}

interface Run {
  readonly context: ProcessContext
  readonly base: string
  readonly members: Member[]
  readonly seen: Map<string, string>
  code: number
}

const refuse = (run: Run, path: string, errno: Errno): void => {
  complain(run.context, `${path}: ${errnoText[errno]}`)
  run.code = 1
}

const atBase = (base: string, name: string): string =>
  name.startsWith('/') || base === '' ? name : joinPath(base, name)

const add = (run: Run, name: string): void => {
  const { sys } = run.context
  run.context.step()
  const path = atBase(run.base, name)
  const stat = sys.lstat(path)
  if (!stat.ok) {
    refuse(run, name, stat.errno)
    return
  }
  const { kind, mode, uid, gid, mtimeMs, nlink, fs, ino } = stat.value
  const stored = name.replace(/^\/+/, '')
  const common = { mode, uid, gid, mtimeMs, target: '', content: emptyContent }
  if (kind === 'dir') {
    run.members.push({ ...common, name: `${stored.replace(/\/+$/, '')}/`, kind: 'dir' })
    const entries = sys.readdir(path)
    for (const entry of entries.ok ? entries.value : []) add(run, joinPath(name, entry.name))
  } else if (kind === 'symlink') {
    const target = sys.readlink(path)
    run.members.push({
      ...common,
      name: stored,
      kind: 'symlink',
      target: target.ok ? target.value : '',
    })
  } else if (kind === 'file') {
    const known = nlink > 1 ? run.seen.get(`${fs}:${ino}`) : undefined
    run.seen.set(`${fs}:${ino}`, stored)
    if (known !== undefined) {
      run.members.push({ ...common, name: stored, kind: 'hardlink', target: known })
      return
    }
    const input = readInput(run.context, path)
    if (input.ok)
      run.members.push({ ...common, name: stored, kind: 'file', content: input.content })
    else refuse(run, name, input.errno)
  }
}

const makeParents = (run: Run, path: string): void => {
  const parts = path.split('/').slice(0, -1)
  parts.forEach((_, i) => {
    const parent = parts.slice(0, i + 1).join('/')
    if (parent !== '') run.context.sys.mkdir(parent, 0o755)
  })
}

const extract = (run: Run, member: Member): void => {
  const { sys } = run.context
  const name = member.name.replace(/^\/+/, '')
  if (name.split('/').includes('..')) {
    complain(run.context, `name with '..' skipped: '${name}'`)
    return
  }
  const path = atBase(run.base, name.replace(/\/+$/, ''))
  makeParents(run, path)
  if (member.kind === 'dir') {
    const made = sys.mkdir(path, member.mode)
    if (!made.ok && made.errno !== 'EEXIST') refuse(run, path, made.errno)
  } else {
    sys.unlink(path)
    if (member.kind === 'symlink') {
      const made = sys.symlink(member.target, path)
      if (!made.ok) refuse(run, path, made.errno)
      return
    }
    if (member.kind === 'hardlink') {
      const made = sys.link(atBase(run.base, member.target), path)
      if (!made.ok) refuse(run, path, made.errno)
      return
    }
    const fd = sys.open(path, { write: true, create: true, truncate: true }, member.mode)
    const errno = fd.ok ? writeFully(sys, fd.value, member.content).errno : fd.errno
    if (fd.ok) sys.close(fd.value)
    if (errno !== null) refuse(run, path, errno)
  }
  if (sys.task.uid === 0) sys.chown(path, member.uid, member.gid)
  sys.chmod(path, member.mode)
  sys.utimes(path, member.mtimeMs)
}

const describe = (run: Run, member: Member): string => {
  const kind = member.kind === 'hardlink' ? 'file' : member.kind
  const user = userNames(run.context).get(member.uid) ?? String(member.uid)
  const group = groupNames(run.context).get(member.gid) ?? String(member.gid)
  const link = member.target === '' ? '' : ` -> ${member.target}`
  const size = String(member.content.size).padStart(9)
  return `${modeText({ kind, mode: member.mode })} ${user}/${group} ${size} ${shortDate(member.mtimeMs)} ${member.name}${link}\n`
}

/** tar c, t and x, uncompressed. */
export const tar: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  if (args[0] !== undefined && !args[0].startsWith('-')) args[0] = `-${args[0]}`
  const options = readOptions(context, { short: 'ctxvf:C:zjJpahmokOT:', args })
  if (options === null) return 1
  const mode = ['c', 't', 'x'].filter((one) => options.has(one))
  if (mode.length !== 1) return usage(context, 'c|x|t [-hvokO] [-f TARFILE] [-C DIR] [FILE]...')
  const file = options.value('f') ?? '-'
  const run: Run = {
    context,
    base: options.value('C') ?? '',
    members: [],
    seen: new Map(),
    code: 0,
  }
  if (mode[0] === 'c') {
    for (const name of options.operands) {
      if (name.startsWith('/')) complain(context, "removing leading '/' from member names")
      add(run, name)
    }
    const archive = archiveOf(run.members)
    if (options.has('v')) for (const { name } of run.members) context.err(`${name}\n`)
    if (file === '-') {
      context.out(archive)
      return run.code
    }
    const fd = context.sys.open(file, { write: true, create: true, truncate: true }, 0o666)
    const errno = fd.ok ? writeFully(context.sys, fd.value, archive).errno : fd.errno
    if (fd.ok) context.sys.close(fd.value)
    if (errno === null) return run.code
    complain(context, `can't open '${file}': ${errnoText[errno]}`)
    return 1
  }
  const input = readInput(context, file)
  if (!input.ok) {
    complain(context, `can't open '${file}': ${errnoText[input.errno]}`)
    return 1
  }
  const members = readArchive(input.content)
  if (members === null) {
    complain(context, 'invalid tar magic')
    return 1
  }
  const wanted = options.operands.map((one) => one.replace(/\/+$/, ''))
  for (const member of members) {
    context.step()
    const name = member.name.replace(/\/+$/, '')
    if (wanted.length > 0 && !wanted.some((one) => name === one || name.startsWith(`${one}/`)))
      continue
    if (mode[0] === 't') context.out(options.has('v') ? describe(run, member) : `${member.name}\n`)
    else {
      if (options.has('v')) context.out(`${member.name}\n`)
      if (options.has('O')) context.out(member.content)
      else extract(run, member)
    }
  }
  return run.code
}
