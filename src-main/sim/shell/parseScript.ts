import type {
  Assignment,
  Branch,
  CaseItem,
  Command,
  List,
  ListItem,
  ParameterOperator,
  ParameterPart,
  Redirection,
  RedirectionKind,
  Word,
  WordPart,
} from './syntax.ts'

export type ParsedScript =
  | { readonly ok: true; readonly body: List }
  | { readonly ok: false; readonly message: string; readonly line: number }

class SyntaxFault extends Error {}

const reserved = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  '{',
  '}',
  '!',
])
const closing = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}'])
const operators = ['&&', '||', ';;', '|', ';', '&', '(', ')', '\n'] as const
const redirectionOperators = ['<<-', '<<', '<&', '<>', '>>', '>&', '>|', '<', '>'] as const
const deepest = 120

const isBlank = (char: string): boolean => char === ' ' || char === '\t'
const endsWord = (char: string): boolean => char === '' || ' \t\n;&|<>()'.includes(char)
const isNameStart = (char: string): boolean => /^[A-Za-z_]$/.test(char)
const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)

interface PendingHereDocument {
  readonly redirection: Redirection
  readonly delimiter: string
  readonly stripTabs: boolean
  readonly expand: boolean
}

class Parser {
  private readonly source: string
  private readonly bash: boolean
  private position = 0
  private depth = 0
  private pending: PendingHereDocument[] = []

  constructor(source: string, bash: boolean) {
    this.source = source
    this.bash = bash
  }

  line(): number {
    let line = 1
    for (let i = 0; i < this.position && i < this.source.length; i += 1) {
      if (this.source[i] === '\n') line += 1
    }
    return line
  }

  script(): List {
    const body = this.list()
    if (!this.atEnd()) this.unexpected()
    this.readHereDocuments()
    return body
  }

  private atEnd(): boolean {
    return this.position >= this.source.length
  }

  private peek(offset = 0): string {
    return this.source[this.position + offset] ?? ''
  }

  private looksAt(text: string): boolean {
    return this.source.startsWith(text, this.position)
  }

  private deeper<T>(action: () => T): T {
    this.depth += 1
    if (this.depth > deepest)
      throw new SyntaxFault(`syntax error: "${this.token()}" nested too deep`)
    const result = action()
    this.depth -= 1
    return result
  }

  /** The token at the current place, for messages. */
  private token(): string {
    const operator = operators.find((one) => this.looksAt(one))
    if (operator !== undefined) return operator
    const rest = /^[^\s;&|<>()]+/.exec(this.source.slice(this.position, this.position + 40))
    return rest?.[0] ?? this.peek()
  }

  private unexpected(expecting = ''): never {
    const hint = expecting === '' ? '' : ` (expecting "${expecting}")`
    this.skipBlanks()
    if (this.atEnd()) throw new SyntaxFault(`syntax error: unexpected end of file${hint}`)
    const token = this.token()
    if (token === '\n') throw new SyntaxFault(`syntax error: unexpected newline${hint}`)
    throw new SyntaxFault(`syntax error: unexpected "${token}"${hint}`)
  }

  private skipBlanks(): void {
    for (;;) {
      if (isBlank(this.peek())) this.position += 1
      else if (this.looksAt('\\\n')) this.position += 2
      else if (this.peek() === '#') {
        while (!this.atEnd() && this.peek() !== '\n') this.position += 1
      } else return
    }
  }

  private skipNewlines(): void {
    for (;;) {
      this.skipBlanks()
      if (this.peek() !== '\n') return
      this.newline()
    }
  }

  private newline(): void {
    this.position += 1
    this.readHereDocuments()
  }

  private readHereDocuments(): void {
    const waiting = this.pending
    this.pending = []
    for (const one of waiting) {
      let text = ''
      while (!this.atEnd()) {
        let end = this.source.indexOf('\n', this.position)
        if (end < 0) end = this.source.length
        let line = this.source.slice(this.position, end)
        this.position = Math.min(end + 1, this.source.length)
        if (one.stripTabs) line = line.replace(/^\t+/, '')
        if (line === one.delimiter) break
        text += `${line}\n`
      }
      one.redirection.target = one.expand
        ? new Parser(text, this.bash).hereDocument()
        : [{ kind: 'text', text, quoted: true }]
    }
  }

  private hereDocument(): Word {
    const parts: WordPart[] = []
    while (!this.atEnd()) this.doubleQuotedPiece(parts, '')
    return parts
  }

  /** Takes the reserved word if it stands here. */
  private takeWord(word: string): boolean {
    this.skipBlanks()
    if (this.peekReserved() !== word) return false
    this.position += word.length
    return true
  }

  private peekReserved(): string | null {
    this.skipBlanks()
    let end = this.position
    while (!endsWord(this.source[end] ?? '') && end - this.position < 8) end += 1
    const text = this.source.slice(this.position, end)
    return reserved.has(text) && endsWord(this.source[end] ?? '') ? text : null
  }

  private expectWord(word: string): void {
    if (!this.takeWord(word)) this.unexpected(word)
  }

  private takeOperator(operator: string): boolean {
    this.skipBlanks()
    const found = operators.find((one) => this.looksAt(one))
    if (found !== operator) return false
    this.position += operator.length
    return true
  }

  private list(): List {
    return this.deeper(() => {
      const items: ListItem[] = []
      for (;;) {
        this.skipNewlines()
        if (this.atEnd() || this.looksAt(')') || this.looksAt(';;')) return items
        const word = this.peekReserved()
        if (word !== null && closing.has(word)) return items
        const command = this.andOr()
        const background = this.takeOperator('&')
        items.push({ command, background })
        if (background || this.takeOperator(';')) continue
        this.skipBlanks()
        if (this.peek() === '\n') continue
        if (this.atEnd() || this.looksAt(')') || this.looksAt(';;')) return items
        this.unexpected()
      }
    })
  }

  private bodyUntil(word: string): List {
    const body = this.list()
    if (body.length === 0) this.unexpected(this.atEnd() ? word : '')
    this.expectWord(word)
    return body
  }

  private andOr(): Command {
    let left = this.pipeline()
    for (;;) {
      const operator = this.takeOperator('&&') ? '&&' : this.takeOperator('||') ? '||' : null
      if (operator === null) return left
      this.skipNewlines()
      left = { kind: 'and-or', operator, left, right: this.pipeline() }
    }
  }

  private pipeline(): Command {
    let negated = false
    while (this.takeWord('!')) negated = !negated
    const stages = [this.command()]
    while (this.takeOperator('|')) {
      this.skipNewlines()
      stages.push(this.command())
    }
    const only = stages[0] as Command
    return stages.length === 1 && !negated ? only : { kind: 'pipeline', stages, negated }
  }

  private command(): Command {
    return this.deeper(() => {
      this.skipBlanks()
      const compound = this.compound()
      return compound === null ? this.simple() : this.withRedirections(compound)
    })
  }

  private withRedirections(command: Command): Command {
    const redirections: Redirection[] = []
    for (let one = this.redirection(); one !== null; one = this.redirection())
      redirections.push(one)
    return redirections.length === 0 ? command : { kind: 'redirected', command, redirections }
  }

  private compound(): Command | null {
    if (this.takeOperator('(')) {
      const body = this.list()
      if (!this.takeOperator(')')) this.unexpected(')')
      if (body.length === 0) throw new SyntaxFault('syntax error: unexpected ")"')
      return { kind: 'subshell', body }
    }
    if (this.takeWord('{')) return { kind: 'group', body: this.bodyUntil('}') }
    if (this.takeWord('if')) return this.ifCommand()
    if (this.takeWord('while')) return this.loop(false)
    if (this.takeWord('until')) return this.loop(true)
    if (this.takeWord('for')) return this.forCommand()
    if (this.takeWord('case')) return this.caseCommand()
    return null
  }

  private ifCommand(): Command {
    const branches: Branch[] = []
    let otherwise: List | null = null
    do {
      const condition = this.bodyUntil('then')
      const body = this.list()
      if (body.length === 0) this.unexpected(this.atEnd() ? 'fi' : '')
      branches.push({ condition, body })
    } while (this.takeWord('elif'))
    if (this.takeWord('else')) otherwise = this.list()
    this.expectWord('fi')
    return { kind: 'if', branches, otherwise }
  }

  private loop(until: boolean): Command {
    const condition = this.bodyUntil('do')
    return { kind: 'loop', until, condition, body: this.bodyUntil('done') }
  }

  private plainName(): string {
    this.skipBlanks()
    let end = this.position
    while (!endsWord(this.source[end] ?? '')) end += 1
    const name = this.source.slice(this.position, end)
    this.position = end
    return name
  }

  private forCommand(): Command {
    const name = this.plainName()
    if (!isName(name)) throw new SyntaxFault('syntax error: bad for loop variable')
    this.skipNewlines()
    let words: Word[] | null = null
    if (/^in(?![^\s;&|<>()])/.test(this.source.slice(this.position, this.position + 3))) {
      this.position += 2
      words = []
      for (let word = this.word(); word !== null; word = this.word()) words.push(word)
    }
    this.takeOperator(';')
    this.skipNewlines()
    this.expectWord('do')
    return { kind: 'for', name, words, body: this.bodyUntil('done') }
  }

  private caseCommand(): Command {
    const word = this.word()
    if (word === null) this.unexpected()
    this.skipNewlines()
    if (this.plainName() !== 'in') this.unexpected('in')
    const cases: CaseItem[] = []
    for (;;) {
      this.skipNewlines()
      if (this.takeWord('esac')) return { kind: 'case', word: word as Word, cases }
      this.takeOperator('(')
      const patterns: Word[] = []
      do {
        const one = this.word()
        if (one === null) this.unexpected(')')
        patterns.push(one as Word)
      } while (this.takeOperator('|'))
      if (!this.takeOperator(')')) this.unexpected(')')
      const body = this.list()
      cases.push({ patterns, body })
      if (!this.takeOperator(';;')) {
        this.expectWord('esac')
        return { kind: 'case', word: word as Word, cases }
      }
    }
  }

  private redirection(): Redirection | null {
    this.skipBlanks()
    const start = this.position
    if (this.looksAt('&>')) {
      this.position += 2
      return { kind: '&>', fd: 1, target: this.redirectionTarget() }
    }
    while (/^[0-9]$/.test(this.peek())) this.position += 1
    const operator = redirectionOperators.find((one) => this.looksAt(one))
    if (operator === undefined || this.position - start > 4) {
      this.position = start
      return null
    }
    const digits = this.source.slice(start, this.position)
    this.position += operator.length
    const fd = digits === '' ? (operator.startsWith('<') ? 0 : 1) : Number(digits)
    if (operator === '<<' || operator === '<<-') return this.startHereDocument(fd, operator)
    return { kind: operator as RedirectionKind, fd, target: this.redirectionTarget() }
  }

  private redirectionTarget(): Word {
    const target = this.word()
    if (target === null) this.unexpected()
    return target as Word
  }

  private startHereDocument(fd: number, operator: string): Redirection {
    const word = this.redirectionTarget()
    const delimiter = word.map((part) => (part.kind === 'text' ? part.text : '$')).join('')
    const redirection: Redirection = { kind: '<<', fd, target: [] }
    const expand = word.every((part) => part.kind !== 'text' || !part.quoted)
    this.pending.push({ redirection, delimiter, stripTabs: operator === '<<-', expand })
    return redirection
  }

  private simple(): Command {
    const line = this.line()
    const assignments: Assignment[] = []
    const words: Word[] = []
    const redirections: Redirection[] = []
    for (;;) {
      const redirection = this.redirection()
      if (redirection !== null) {
        redirections.push(redirection)
        continue
      }
      if (words.length === 0) {
        const word = this.peekReserved()
        if (word !== null && closing.has(word)) break
      }
      const word = this.word()
      if (word === null) break
      const assignment = words.length === 0 ? asAssignment(word) : null
      if (assignment !== null) {
        if (assignment.value.length === 0 && this.peek() === '(') this.unexpected()
        assignments.push(assignment)
        continue
      }
      words.push(word)
      if (words.length === 1 && assignments.length === 0 && redirections.length === 0) {
        const definition = this.functionDefinition(word)
        if (definition !== null) return definition
      }
    }
    if (words.length + assignments.length + redirections.length === 0) this.unexpected()
    return { kind: 'simple', assignments, words, redirections, line }
  }

  private functionDefinition(word: Word): Command | null {
    const first = word[0]
    if (word.length !== 1 || first?.kind !== 'text' || first.quoted) return null
    let name = first.text
    if (name === 'function') {
      name = this.plainName()
      if (this.takeOperator('(') && !this.takeOperator(')')) this.unexpected(')')
    } else {
      if (!this.takeOperator('(')) return null
      if (!this.takeOperator(')')) this.unexpected(')')
    }
    if (!isName(name.replaceAll('-', '_')))
      throw new SyntaxFault(`syntax error: bad function name "${name}"`)
    this.skipNewlines()
    return { kind: 'function', name, body: this.command() }
  }

  /** The next word, or null where none begins. */
  private word(): Word | null {
    this.skipBlanks()
    if (endsWord(this.peek())) return null
    const parts: WordPart[] = []
    let plain = ''
    const flush = (): void => {
      if (plain !== '') parts.push({ kind: 'text', text: plain, quoted: false })
      plain = ''
    }
    while (!endsWord(this.peek())) {
      const char = this.peek()
      if (char === '\\') {
        this.position += 1
        if (this.peek() === '\n') {
          this.position += 1
          continue
        }
        flush()
        parts.push({ kind: 'text', text: this.peek() === '' ? '\\' : this.peek(), quoted: true })
        this.position += 1
      } else if (char === "'" || char === '"' || char === '$' || char === '`') {
        flush()
        this.quotedOrExpansion(parts)
      } else {
        plain += char
        this.position += 1
      }
    }
    flush()
    return parts
  }

  private quotedOrExpansion(parts: WordPart[]): void {
    const char = this.peek()
    if (char === "'") parts.push({ kind: 'text', text: this.singleQuoted(), quoted: true })
    else if (char === '"') this.doubleQuoted(parts)
    else if (this.looksAt("$'")) {
      this.position += 1
      parts.push({ kind: 'text', text: this.dollarQuoted(), quoted: true })
    } else parts.push(this.expansion(false))
  }

  private singleQuoted(): string {
    const end = this.source.indexOf("'", this.position + 1)
    if (end < 0) throw this.unterminated(this.position)
    const text = this.source.slice(this.position + 1, end)
    this.position = end + 1
    return text
  }

  private dollarQuoted(): string {
    const match = /^'((?:[^'\\]|\\[\s\S])*)'/.exec(this.source.slice(this.position))
    if (match === null) throw this.unterminated(this.position)
    this.position += match[0].length
    const escapes: Record<string, string> = {
      n: '\n',
      t: '\t',
      r: '\r',
      a: '\x07',
      b: '\b',
      e: '\x1b',
    }
    return (match[1] ?? '').replace(/\\([\s\S])/g, (_, char: string) => escapes[char] ?? char)
  }

  /** `start`: where the string began. */
  private unterminated(start: number): SyntaxFault {
    const [from] = this.source.slice(start, start + 20).split('\n')
    return new SyntaxFault(`syntax error: unterminated quoted string ${from}`)
  }

  private doubleQuoted(parts: WordPart[]): void {
    const start = this.position
    this.position += 1
    parts.push({ kind: 'text', text: '', quoted: true })
    while (this.peek() !== '"') {
      if (this.atEnd()) throw this.unterminated(start)
      this.doubleQuotedPiece(parts, '"')
    }
    this.position += 1
  }

  private doubleQuotedPiece(parts: WordPart[], stop: string): void {
    const char = this.peek()
    if (char === '$' || char === '`') {
      parts.push(this.expansion(true))
      return
    }
    let text = ''
    while (!this.atEnd() && this.peek() !== stop && this.peek() !== '$' && this.peek() !== '`') {
      if (this.peek() === '\\') {
        const next = this.peek(1)
        if (next === '\n') {
          this.position += 2
          continue
        }
        if (next !== '' && ('$`\\'.includes(next) || next === stop)) this.position += 1
      }
      text += this.peek()
      this.position += 1
    }
    parts.push({ kind: 'text', text, quoted: true })
  }

  private expansion(quoted: boolean): WordPart {
    return this.deeper(() => {
      if (this.peek() === '`') return this.backquoted(quoted)
      const next = this.peek(1)
      if (next === '{') return this.braced(quoted)
      if (next === '(')
        return this.peek(2) === '(' ? this.arithmetic(quoted) : this.substitution(quoted)
      if (isNameStart(next)) {
        const name = /^[A-Za-z0-9_]+/.exec(this.source.slice(this.position + 1))?.[0] ?? ''
        this.position += 1 + name.length
        return parameter(name, quoted)
      }
      if (next !== '' && '@*#?$!-0123456789'.includes(next)) {
        this.position += 2
        return parameter(next, quoted)
      }
      this.position += 1
      return { kind: 'text', text: '$', quoted: true }
    })
  }

  private substitution(quoted: boolean): WordPart {
    this.position += 2
    const body = this.list()
    if (!this.takeOperator(')')) this.unexpected(')')
    return { kind: 'command', body, quoted }
  }

  private arithmetic(quoted: boolean): WordPart {
    const start = this.position
    let at = start + 3
    let open = 0
    for (; at < this.source.length; at += 1) {
      const char = this.source[at]
      if (char === '(') open += 1
      else if (char === ')') {
        if (open === 0 && (this.bash || this.source[at + 1] === ')')) break
        if (open === 0) continue
        open -= 1
      }
    }
    if (this.source[at] !== ')' || this.source[at + 1] !== ')') {
      if (at >= this.source.length) throw new SyntaxFault("syntax error: missing '))'")
      return this.substitution(quoted)
    }
    const inner = new Parser(this.source.slice(start + 3, at), this.bash)
    inner.depth = this.depth
    const word = inner.hereDocument()
    this.position = at + 2
    return { kind: 'arithmetic', word, quoted }
  }

  private backquoted(quoted: boolean): WordPart {
    const match = /^`((?:[^`\\]|\\[\s\S])*)`/.exec(this.source.slice(this.position))
    if (match === null) throw new SyntaxFault('syntax error: EOF in backquote substitution')
    this.position += match[0].length
    const text = (match[1] ?? '').replace(quoted ? /\\([`$\\"])/g : /\\([`$\\])/g, '$1')
    const inner = new Parser(text, this.bash)
    inner.depth = this.depth
    return { kind: 'command', body: inner.script(), quoted }
  }

  private braced(quoted: boolean): WordPart {
    this.position += 2
    const bad = (): never => {
      throw new SyntaxFault('syntax error: bad substitution')
    }
    if (this.atEnd()) throw new SyntaxFault("syntax error: missing '}'")
    const length = this.peek() === '#' && this.peek(1) !== '}'
    if (length) this.position += 1
    const match = /^([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/.exec(
      this.source.slice(this.position),
    )
    if (match === null) return bad()
    const name = match[0]
    this.position += name.length
    if (length || this.peek() === '}') {
      if (this.atEnd()) throw new SyntaxFault("syntax error: missing '}'")
      if (this.peek() !== '}') return bad()
      this.position += 1
      return parameter(name, quoted, length ? 'length' : 'plain')
    }
    const operator = (
      [':-', ':=', ':+', ':?', '%%', '##', '//', '-', '=', '+', '?', '%', '#', '/'] as const
    ).find((one) => this.looksAt(one))
    if (operator === undefined && this.peek() !== ':') {
      if (this.atEnd()) throw new SyntaxFault("syntax error: missing '}'")
      return bad()
    }
    this.position += operator?.length ?? 1
    return this.bracedWords(name, operator ?? 'substring', quoted)
  }

  private bracedWords(name: string, operator: ParameterOperator, quoted: boolean): WordPart {
    const separator =
      operator === 'substring' ? ':' : operator === '/' || operator === '//' ? '/' : ''
    const isPattern = '%#/'.includes(operator[0] ?? '')
    const word = this.wordInBraces(quoted && !isPattern, separator)
    let second: Word | null = null
    if (separator !== '' && this.peek() === separator) {
      this.position += 1
      second = this.wordInBraces(quoted, '')
    }
    this.position += 1
    return { kind: 'parameter', name, operator, word, second, quoted }
  }

  private wordInBraces(quoted: boolean, separator: string): Word {
    const parts: WordPart[] = []
    while (this.peek() !== '}' && (separator === '' || this.peek() !== separator)) {
      if (this.atEnd()) throw new SyntaxFault("syntax error: missing '}'")
      const char = this.peek()
      if (char === '\\') {
        parts.push({ kind: 'text', text: this.peek(1), quoted: true })
        this.position += 2
      } else if (char === '$' || char === '`') parts.push(this.expansion(quoted))
      else if (char === '"') this.doubleQuoted(parts)
      else if (char === "'" && !quoted) this.quotedOrExpansion(parts)
      else {
        parts.push({ kind: 'text', text: char, quoted })
        this.position += 1
      }
    }
    return parts
  }
}

const parameter = (
  name: string,
  quoted: boolean,
  operator: ParameterOperator = 'plain',
): ParameterPart => ({ kind: 'parameter', name, operator, word: [], second: null, quoted })

const asAssignment = (word: Word): Assignment | null => {
  const first = word[0]
  if (first?.kind !== 'text' || first.quoted) return null
  const match = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(first.text)
  if (match === null) return null
  const rest = first.text.slice(match[0].length)
  const head: Word = rest === '' ? [] : [{ kind: 'text', text: rest, quoted: false }]
  return { name: match[1] ?? '', value: [...head, ...word.slice(1)] }
}

/**
 * Parses a shell script (POSIX sh as busybox ash reads it; `bash`: where the two differ, as bash does).
 * Never throws; names the fault.
 */
export const parseScript = (source: string, bash = false): ParsedScript => {
  const parser = new Parser(source, bash)
  try {
    return { ok: true, body: parser.script() }
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error
    return { ok: false, message: error.message, line: parser.line() }
  }
}
