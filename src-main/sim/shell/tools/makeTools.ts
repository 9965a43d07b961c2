import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { parseDate } from './dateText.ts'
import { applyModeSpec } from './modeSpec.ts'
import {
  complain,
  complainOf,
  isGnu,
  joinPath,
  lastPart,
  parseSize,
  readOptions,
  usage,
} from './support.ts'

const makeParents = (context: ProcessContext, path: string, mode: number): boolean => {
  const { sys } = context
  const parts = path.split('/')
  for (let count = 1; count <= parts.length; count += 1) {
    const part = parts.slice(0, count).join('/')
    if (part === '' || parts[count - 1] === '') continue
    const last = count === parts.length
    const made = sys.mkdir(part, last ? mode : 0o777)
    if (made.ok) continue
    const stat = sys.stat(part)
    if (stat.ok && stat.value.kind === 'dir') continue
    return cannotMake(
      context,
      last ? path : part,
      stat.ok ? (last ? 'EEXIST' : 'ENOTDIR') : made.errno,
    )
  }
  return true
}

const cannotMake = (
  context: ProcessContext,
  path: string,
  errno: keyof typeof errnoText,
): boolean => {
  const verb = isGnu(context) ? 'cannot' : "can't"
  complain(context, `${verb} create directory '${path}': ${errnoText[errno]}`)
  return false
}

/** mkdir. */
export const mkdir: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'pm:v', long: { parents: 'p', mode: 'm' } })
  if (options === null) return 1
  if (options.operands.length === 0) return usage(context, '[-m MODE] [-p] DIRECTORY...')
  const spec = options.value('m')
  const mode = spec === null ? 0o777 : applyModeSpec(spec, 0o777, true, 0)
  if (mode === null) {
    complain(context, `invalid mode '${spec}'`)
    return 1
  }
  let code = 0
  for (const path of options.operands) {
    context.step()
    if (options.has('p')) {
      if (!makeParents(context, path.replace(/\/+$/, '') || '/', mode)) code = 1
    } else {
      const made = context.sys.mkdir(path, mode)
      if (!made.ok) {
        cannotMake(context, path, made.errno)
        code = 1
      }
    }
    if (spec !== null && code === 0) context.sys.chmod(path, mode)
  }
  return code
}

/** rmdir. */
export const rmdir: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'pv', long: { parents: 'p' } })
  if (options === null) return 1
  if (options.operands.length === 0) return usage(context, '[-p] DIRECTORY...')
  let code = 0
  for (const operand of options.operands) {
    for (
      let path = operand;
      path !== '' && path !== '/';
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    ) {
      const gone = context.sys.rmdir(path)
      if (!gone.ok) {
        const words = isGnu(context) ? `failed to remove '${path}'` : `'${path}'`
        complain(context, `${words}: ${errnoText[gone.errno]}`)
        code = 1
        break
      }
      if (!options.has('p')) break
    }
  }
  return code
}

const touchTime = (
  context: ProcessContext,
  date: string | null,
  reference: string | null,
): number | null => {
  const now = context.kernel.nowMs()
  if (reference !== null) {
    const stat = context.sys.stat(reference)
    return stat.ok ? stat.value.mtimeMs : null
  }
  return date === null ? now : parseDate(date, now)
}

/** touch: changes times without opening; creates what is missing. */
export const touch: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'cd:r:t:hma',
    long: { 'no-create': 'c', date: 'd', reference: 'r' },
  })
  if (options === null) return 1
  if (options.operands.length === 0)
    return usage(context, '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...')
  const date = options.value('d') ?? options.value('t')
  const reference = options.value('r')
  const when = touchTime(context, date, reference)
  if (when === null) {
    if (reference !== null) complainOf(context, reference, 'ENOENT')
    else complain(context, `invalid date '${date}'`)
    return 1
  }
  let code = 0
  for (const path of options.operands) {
    context.step()
    const changed = context.sys.utimes(path, when, !options.has('h'))
    if (changed.ok) continue
    let errno = changed.errno
    if (errno === 'ENOENT') {
      if (options.has('c')) continue
      const fd = context.sys.open(path, { read: true, write: true, create: true }, 0o666)
      if (fd.ok) {
        context.sys.close(fd.value)
        if (date !== null || reference !== null) context.sys.utimes(path, when)
        continue
      }
      errno = fd.errno
    }
    if (isGnu(context)) complain(context, `cannot touch '${path}': ${errnoText[errno]}`)
    else complainOf(context, path, errno)
    code = 1
  }
  return code
}

/** ln. */
export const ln: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'sfnbvTt:r',
    long: { symbolic: 's', force: 'f', 'no-dereference': 'n' },
  })
  if (options === null) return 1
  const { operands } = options
  if (operands.length === 0) return usage(context, '[-sfnbtvT] TARGET... [LINK]')
  const { sys } = context
  const targets = operands.length === 1 ? operands : operands.slice(0, -1)
  const last = operands.length === 1 ? '.' : (operands.at(-1) as string)
  let code = 0
  for (const target of targets) {
    const stat = options.has('n') ? sys.lstat(last) : sys.stat(last)
    const into = stat.ok && stat.value.kind === 'dir' && !options.has('T')
    const link = into ? joinPath(last, lastPart(target)) : last
    const source = options.has('s') ? null : sys.lstat(target)
    if (options.has('f') && (source === null || source.ok)) sys.unlink(link)
    const made = options.has('s') ? sys.symlink(target, link) : sys.link(target, link)
    if (made.ok) continue
    code = 1
    if (isGnu(context)) {
      const kind = options.has('s') ? 'symbolic' : 'hard'
      if (source !== null && !source.ok)
        complain(context, `failed to access '${target}': ${errnoText[source.errno]}`)
      else complain(context, `failed to create ${kind} link '${link}': ${errnoText[made.errno]}`)
    } else complainOf(context, source !== null && !source.ok ? target : link, made.errno)
  }
  return code
}

/** truncate. */
export const truncate: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'cs:', long: { size: 's', 'no-create': 'c' } })
  if (options === null) return 1
  const text = options.value('s')
  if (text === null || options.operands.length === 0) return usage(context, '[-c] -s SIZE FILE...')
  const sign = /^[-+]/.test(text) ? text[0] : ''
  const size = parseSize(text.slice(sign?.length ?? 0))
  if (size === null || (sign !== '' && !isGnu(context))) {
    complain(context, `invalid number '${text}'`)
    return 1
  }
  let code = 0
  const { sys } = context
  for (const path of options.operands) {
    const fd = sys.open(path, { write: true, create: !options.has('c') }, 0o666)
    if (!fd.ok) {
      if (options.has('c') && fd.errno === 'ENOENT') continue
      complain(
        context,
        isGnu(context)
          ? `cannot open '${path}' for writing: ${errnoText[fd.errno]}`
          : `${path}: open: ${errnoText[fd.errno]}`,
      )
      code = 1
      continue
    }
    const now = sys.fstat(fd.value)
    const old = now.ok ? now.value.size : 0
    const target = sign === '+' ? old + size : sign === '-' ? Math.max(0, old - size) : size
    const cut = sys.ftruncate(fd.value, target)
    sys.close(fd.value)
    if (!cut.ok) {
      complain(context, `${path}: truncate: ${errnoText[cut.errno]}`)
      code = 1
    }
  }
  return code
}

/** mktemp: names are made from the inode table, so the same world gives the same name. */
export const mktemp: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'dqtp:u', long: { directory: 'd' } })
  if (options === null) return 1
  const template = options.operands[0] ?? 'tmp.XXXXXX'
  const inTemp = options.operands.length === 0 || options.has('t') || options.has('p')
  const path = inTemp
    ? joinPath(options.value('p') ?? context.env.get('TMPDIR') ?? '/tmp', template)
    : template
  const marks = /X{3,}$/.exec(path)?.[0] ?? ''
  if (marks === '') {
    complain(context, `Invalid argument`)
    return 1
  }
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    context.step()
    const number = Math.floor(context.kernel.nowMs() / 7) + attempt
    const name =
      path.slice(0, -marks.length) +
      number.toString(36).slice(-marks.length).padStart(marks.length, 'a')
    if (context.sys.lstat(name).ok) continue
    if (!options.has('u')) {
      const made = options.has('d')
        ? context.sys.mkdir(name, 0o700)
        : context.sys.open(name, { write: true, create: true, exclusive: true }, 0o600)
      if (!made.ok) {
        complain(context, `${path}: ${errnoText[made.errno]}`)
        return 1
      }
      if (typeof made.value === 'number') context.sys.close(made.value)
    }
    context.out(`${name}\n`)
    return 0
  }
  return 1
}

/** sync: nothing to do, everything written is on the simulated disk. */
export const sync: InternalProgram = () => 0
