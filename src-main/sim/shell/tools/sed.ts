import { errnoText } from '../../errno.ts'
import { contentOf } from '../../tree/content.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { writeFully } from '../streams.ts'
import { compileRegex, type Regex } from './regex.ts'
import {
  complain,
  complainOf,
  linesOf,
  longestText,
  readInput,
  readOptions,
  readsAsNothing,
  textOf,
  usage,
} from './support.ts'

type Address =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'regex'; readonly regex: Regex | null }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'plus'; readonly count: number }

interface SedCommand {
  readonly from: Address | null
  readonly to: Address | null
  readonly negated: boolean
  readonly name: string
  readonly text: string
  readonly regex: Regex | null
  readonly replacement: string
  readonly global: boolean
  readonly print: boolean
  readonly occurrence: number
  readonly block: readonly SedCommand[]
  /** Line where an open range began; -1 when none is open. */
  range: number
}

class SedFault extends Error {}

class SedParser {
  private at = 0
  private depth = 0
  private readonly source: string
  private readonly extended: boolean

  constructor(source: string, extended: boolean) {
    this.source = source
    this.extended = extended
  }

  all(): readonly SedCommand[] {
    const commands = this.commands()
    if (this.at < this.source.length) throw new SedFault("unexpected '}'")
    return commands
  }

  private peek(): string {
    return this.source[this.at] ?? ''
  }

  private skip(chars: string): void {
    while (this.peek() !== '' && chars.includes(this.peek())) this.at += 1
  }

  private commands(): readonly SedCommand[] {
    this.depth += 1
    if (this.depth > 30) throw new SedFault("'{' nested too deep")
    const found: SedCommand[] = []
    for (;;) {
      this.skip(' \t\n;')
      if (this.peek() === '#') {
        while (this.peek() !== '' && this.peek() !== '\n') this.at += 1
        continue
      }
      if (this.peek() === '' || this.peek() === '}') {
        this.depth -= 1
        return found
      }
      found.push(this.command())
    }
  }

  private number(): number | null {
    const match = /^\d+/.exec(this.source.slice(this.at, this.at + 12))
    if (match === null) return null
    this.at += match[0].length
    return Number(match[0])
  }

  private address(): Address | null {
    const char = this.peek()
    if (char === '$') {
      this.at += 1
      return { kind: 'last' }
    }
    if (char === '+') {
      this.at += 1
      return { kind: 'plus', count: this.number() ?? 0 }
    }
    if (char === '/' || char === '\\') {
      if (char === '\\') this.at += 1
      const delimiter = this.peek()
      this.at += 1
      const pattern = this.until(delimiter)
      const ignoreCase = this.peek() === 'I'
      if (ignoreCase) this.at += 1
      return { kind: 'regex', regex: this.regex(pattern, ignoreCase) }
    }
    const number = this.number()
    if (number === null) return null
    if (this.peek() !== '~') return { kind: 'line', number }
    this.at += 1
    return { kind: 'step', first: number, step: this.number() ?? 0 }
  }

  private regex(pattern: string, ignoreCase: boolean): Regex | null {
    if (pattern === '') return null
    const regex = compileRegex(pattern, { extended: this.extended, ignoreCase })
    if (regex === null) throw new SedFault(`bad regex '${pattern}'`)
    return regex
  }

  private until(delimiter: string): string {
    let text = ''
    for (;;) {
      const char = this.peek()
      if (char === '' || delimiter === '') throw new SedFault(`unmatched '${delimiter || '/'}'`)
      this.at += 1
      if (char === delimiter) return text
      if (char === '\\') {
        const next = this.peek()
        this.at += 1
        text += next === delimiter && delimiter !== '\\' ? next : `\\${next}`
      } else if (char === '[') {
        const rest = /^\^?\]?[^\]]*\]/.exec(this.source.slice(this.at))
        text += char
        if (rest !== null && !rest[0].includes('\n')) {
          text += rest[0]
          this.at += rest[0].length
        }
      } else text += char
    }
  }

  private replacementUntil(delimiter: string): string {
    let text = ''
    for (;;) {
      const char = this.peek()
      if (char === '') throw new SedFault(`unmatched '${delimiter}'`)
      this.at += 1
      if (char === delimiter) return text
      if (char === '\\') {
        const next = this.peek()
        this.at += 1
        text += next === delimiter ? next : `\\${next}`
      } else text += char
    }
  }

  private command(): SedCommand {
    const from = this.address()
    let to: Address | null = null
    this.skip(' \t')
    if (from !== null && this.peek() === ',') {
      this.at += 1
      this.skip(' \t')
      to = this.address()
      if (to === null) throw new SedFault('no address after comma')
    }
    this.skip(' \t')
    let negated = false
    while (this.peek() === '!') {
      negated = true
      this.at += 1
      this.skip(' \t')
    }
    const name = this.peek()
    this.at += 1
    const base = {
      from,
      to,
      negated,
      name,
      text: '',
      regex: null,
      replacement: '',
      global: false,
      print: false,
      occurrence: 0,
      block: [],
      range: -1,
    }
    if (name === '') throw new SedFault('missing command')
    if (name === '{') {
      const block = this.commands()
      if (this.peek() !== '}') throw new SedFault("unmatched '{'")
      this.at += 1
      return { ...base, block }
    }
    if (name === 's') return this.substitution(base)
    if (name === 'y') {
      const delimiter = this.peek()
      this.at += 1
      const text = this.until(delimiter)
      return { ...base, text, replacement: this.replacementUntil(delimiter) }
    }
    if ('aic'.includes(name)) return { ...base, text: this.insertedText() }
    if ('pdqDPNnhHgGx=l'.includes(name)) {
      if (name === 'q') return { ...base, occurrence: this.number() ?? 0 }
      return base
    }
    throw new SedFault(`unsupported command ${name}`)
  }

  private insertedText(): string {
    this.skip(' \t')
    if (this.peek() === '\\') {
      this.at += 1
      this.skip(' \t')
      if (this.peek() === '\n') this.at += 1
    }
    let text = ''
    while (this.peek() !== '' && this.peek() !== '\n') {
      if (this.peek() === '\\') {
        this.at += 1
        if (this.peek() === 't') {
          text += '\t'
          this.at += 1
          continue
        }
      }
      text += this.peek()
      this.at += 1
    }
    return text
  }

  private substitution(base: Omit<SedCommand, never>): SedCommand {
    const delimiter = this.peek()
    this.at += 1
    const pattern = this.until(delimiter)
    const replacement = this.replacementUntil(delimiter)
    let global = false
    let print = false
    let ignoreCase = false
    let occurrence = 0
    for (;;) {
      const char = this.peek()
      if (char === 'g') global = true
      else if (char === 'p') print = true
      else if (char === 'i' || char === 'I') ignoreCase = true
      else if (/\d/.test(char)) {
        occurrence = this.number() ?? 0
        continue
      } else break
      this.at += 1
    }
    this.skip(' \t')
    const next = this.peek()
    if (next !== '' && !';\n}#'.includes(next))
      throw new SedFault(`bad option '${next}' in substitution expression`)
    return {
      ...base,
      regex: this.regex(pattern, ignoreCase),
      replacement,
      global,
      print,
      occurrence,
    }
  }
}

interface Run {
  readonly context: ProcessContext
  readonly quiet: boolean
  readonly lines: readonly string[]
  readonly out: (text: string) => void
  at: number
  /** Number of the line over all inputs. */
  base: number
  space: string
  hold: string
  lastRegex: Regex | null
  appended: string[]
  quit: number | null
  deleted: boolean
}

const regexOf = (run: Run, regex: Regex | null): Regex | null => {
  if (regex !== null) run.lastRegex = regex
  return run.lastRegex
}

const hits = (run: Run, address: Address, start: number): boolean => {
  const number = run.base + run.at + 1
  switch (address.kind) {
    case 'line':
      return number === address.number
    case 'last':
      return run.at === run.lines.length - 1
    case 'regex':
      return regexOf(run, address.regex)?.exec(run.space) != null
    case 'step':
      return address.step === 0
        ? number === address.first
        : number >= address.first && (number - address.first) % address.step === 0
    default:
      return number >= start + address.count
  }
}

const applies = (run: Run, command: SedCommand): boolean => {
  const { from, to } = command
  const number = run.base + run.at + 1
  if (from === null) return true
  if (to === null) return hits(run, from, 0)
  if (command.range >= 0) {
    const ended = to.kind === 'line' ? number >= to.number : hits(run, to, command.range)
    const start = command.range
    if (ended) command.range = -1
    return !(to.kind === 'line' && number > to.number && start !== number)
  }
  if (!hits(run, from, 0)) return false
  const endsHere =
    (to.kind === 'line' && to.number <= number) || (to.kind === 'plus' && to.count === 0)
  if (!endsHere) command.range = number
  return true
}

const replacementText = (template: string, groups: readonly (string | undefined)[]): string => {
  let result = ''
  for (let i = 0; i < template.length; i += 1) {
    const char = template[i] as string
    if (char === '&') result += groups[0] ?? ''
    else if (char === '\\') {
      i += 1
      const next = template[i] ?? ''
      if (/\d/.test(next)) result += groups[Number(next)] ?? ''
      else result += next === 'n' ? '\n' : next === 't' ? '\t' : next
    } else result += char
  }
  return result
}

const substitute = (run: Run, command: SedCommand): void => {
  const regex = regexOf(run, command.regex)
  if (regex === null) throw new SedFault('no previous regexp')
  const { space } = run
  let result = ''
  let at = 0
  let count = 0
  let changed = false
  while (at <= space.length) {
    const match = regex.exec(space, at)
    if (match === null) break
    count += 1
    const replace =
      command.occurrence === 0 ||
      count === command.occurrence ||
      (command.global && count > command.occurrence)
    result += space.slice(at, match.start)
    result += replace
      ? replacementText(command.replacement, match.groups)
      : space.slice(match.start, match.end)
    if (replace) changed = true
    if (result.length > longestText) throw new SedFault('out of memory')
    if (match.end === match.start) {
      result += space[match.end] ?? ''
      at = match.end + 1
    } else at = match.end
    if (replace && !command.global) break
  }
  if (!changed) return
  run.space = result + space.slice(at)
  if (command.print) run.out(`${run.space}\n`)
}

const execute = (run: Run, commands: readonly SedCommand[]): boolean => {
  for (const command of commands) {
    run.context.step()
    if (applies(run, command) === command.negated) continue
    if (!executeOne(run, command)) return false
  }
  return true
}

/** One command; false when this line is finished. */
const executeOne = (run: Run, command: SedCommand): boolean => {
  switch (command.name) {
    case '{':
      return execute(run, command.block)
    case 's':
      substitute(run, command)
      return true
    case 'y':
      run.space = [...run.space]
        .map((char) => {
          const i = [...command.text].indexOf(char)
          return i < 0 ? char : ([...command.replacement][i] ?? char)
        })
        .join('')
      return true
    case 'p':
      run.out(`${run.space}\n`)
      return true
    case 'P':
      run.out(`${run.space.split('\n')[0]}\n`)
      return true
    case '=':
      run.out(`${run.base + run.at + 1}\n`)
      return true
    case 'd':
    case 'D':
      run.deleted = true
      return false
    case 'q':
      run.quit = command.occurrence
      return false
    case 'a':
      run.appended.push(command.text)
      return true
    case 'i':
      run.out(`${command.text}\n`)
      return true
    case 'c':
      run.deleted = true
      if (command.range < 0) run.out(`${command.text}\n`)
      return false
    case 'n':
      if (!run.quiet) run.out(`${run.space}\n`)
      if (run.at + 1 >= run.lines.length) {
        run.deleted = true
        return false
      }
      run.at += 1
      run.space = run.lines[run.at] as string
      return true
    case 'N':
      if (run.at + 1 >= run.lines.length) return false
      run.at += 1
      run.space += `\n${run.lines[run.at]}`
      return true
    case 'h':
      run.hold = run.space
      return true
    case 'H':
      run.hold += `\n${run.space}`
      return true
    case 'g':
      run.space = run.hold
      return true
    case 'G':
      run.space += `\n${run.hold}`
      return true
    case 'x': {
      const { hold } = run
      run.hold = run.space
      run.space = hold
      return true
    }
    default:
      return true
  }
}

/** Edits a text; `base` lines came before it. Gives the exit code of `q`, if it came to that. */
const edit = (
  context: ProcessContext,
  commands: readonly SedCommand[],
  text: string,
  quiet: boolean,
  base: number,
  out: (text: string) => void,
): { readonly lines: number; readonly quit: number | null } => {
  const lines = linesOf(text)
  const run: Run = {
    context,
    quiet,
    lines,
    out,
    at: 0,
    base,
    space: '',
    hold: '',
    lastRegex: null,
    appended: [],
    quit: null,
    deleted: false,
  }
  const missingEnd = text !== '' && !text.endsWith('\n')
  for (; run.at < lines.length && run.quit === null; run.at += 1) {
    run.space = lines[run.at] as string
    run.deleted = false
    execute(run, commands)
    const last = run.at === lines.length - 1
    if (!run.deleted && !quiet)
      out(last && missingEnd && run.appended.length === 0 ? run.space : `${run.space}\n`)
    for (const one of run.appended) out(`${one}\n`)
    run.appended = []
  }
  return { lines: lines.length, quit: run.quit }
}

/** `-i`: the result goes to a new file in the same directory, which is renamed over the old one. */
const replaceFile = (
  context: ProcessContext,
  path: string,
  suffix: string,
  text: string,
): boolean => {
  const { sys } = context
  const stat = sys.stat(path)
  const slash = path.lastIndexOf('/')
  const temporary = `${path.slice(0, slash + 1)}sed${Math.floor(context.kernel.nowMs()).toString(36).slice(-6).padStart(6, 'a')}`
  const fd = sys.open(temporary, { write: true, create: true, exclusive: true }, 0o600)
  if (!fd.ok) {
    complain(context, `can't create temp file '${path}XXXXXX': ${errnoText[fd.errno]}`)
    return false
  }
  const written = writeFully(sys, fd.value, contentOf(text))
  if (stat.ok) {
    sys.fchmod(fd.value, stat.value.mode)
    sys.fchown(fd.value, stat.value.uid, stat.value.gid)
  }
  sys.close(fd.value)
  if (written.errno !== null) {
    sys.unlink(temporary)
    complain(context, `write error: ${errnoText[written.errno]}`)
    return false
  }
  if (suffix !== '') sys.rename(path, `${path}${suffix}`)
  const renamed = sys.rename(temporary, path)
  if (renamed.ok) return true
  sys.unlink(temporary)
  const words =
    context.flavour === 'gnu'
      ? `cannot rename ${temporary}`
      : `can't rename '${temporary}' to '${path}'`
  complain(context, `${words}: ${errnoText[renamed.errno]}`)
  return false
}

const runSed = (context: ProcessContext): number => {
  // -i takes its suffix attached only.
  const inPlace = context.argv.find((arg) => /^(-[nErs]*i|--in-place)/.test(arg))
  const args = context.argv
    .slice(1)
    .map((arg) =>
      /^-[nErs]*i/.test(arg) ? arg.replace(/i.*$/, 'i') : arg.startsWith('--in-place') ? '-i' : arg,
    )
  const options = readOptions(context, {
    short: 'insrEe:f:z',
    long: { quiet: 'n', silent: 'n', 'regexp-extended': 'E', expression: 'e' },
    args,
  })
  if (options === null) return 1
  const scripts = [...options.values('e')]
  for (const file of options.values('f')) {
    const input = readInput(context, file)
    if (!input.ok) {
      complainOf(context, file, input.errno)
      return 1
    }
    scripts.push(textOf(input.content))
  }
  const operands = [...options.operands]
  if (scripts.length === 0) {
    const script = operands.shift()
    if (script === undefined)
      return usage(context, '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...')
    scripts.push(script)
  }
  const commands = new SedParser(scripts.join('\n'), options.has('E') || options.has('r')).all()
  const suffix = inPlace?.replace(/^(-[nErs]*i|--in-place=?)/, '') ?? ''
  let code = 0
  let base = 0
  for (const path of operands.length === 0 ? ['-'] : operands) {
    const input = readInput(context, path)
    if (!input.ok) {
      if (inPlace === undefined && readsAsNothing(context, input)) continue
      if (context.flavour === 'gnu')
        complain(context, `can't read ${path}: ${errnoText[input.errno]}`)
      else complainOf(context, path, input.errno)
      code = context.flavour === 'gnu' ? 2 : 1
      continue
    }
    const editing = inPlace !== undefined && path !== '-'
    if (editing && input.content.size > longestText) {
      complain(
        context,
        `${path}: not simulated in Driftwood: editing more than ${longestText} bytes`,
      )
      code = 1
      continue
    }
    const text = textOf(input.content)
    let result = ''
    const { lines, quit } = edit(
      context,
      commands,
      text,
      options.has('n'),
      editing ? 0 : base,
      (one) => {
        if (editing) result += one
        else context.out(one)
      },
    )
    base += lines
    if (editing && !replaceFile(context, path, suffix, result)) code = 1
    if (quit !== null) return quit
  }
  return code
}

/** sed. */
export const sed: InternalProgram = (context) => {
  try {
    return runSed(context)
  } catch (fault) {
    if (!(fault instanceof SedFault)) throw fault
    complain(context, fault.message)
    return 1
  }
}
