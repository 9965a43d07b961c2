import {
  type GoValue,
  goJson,
  goPrint,
  isEmpty,
  isList,
  isMap,
  isStruct,
  nilPointer,
  sortedEntries,
} from './goValue.ts'

/** A node of a parsed Go template. */
type Node =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'print'
      readonly pipe: Pipe
      readonly source: string
      readonly at: number
    }
  | {
      readonly kind: 'if' | 'with' | 'range'
      readonly pipe: Pipe
      readonly body: readonly Node[]
      readonly otherwise: readonly Node[]
      readonly source: string
      /** Where `source` begins in the template. */
      readonly at: number
    }
  | { readonly kind: 'break' | 'continue' }

type BlockNode = Extract<Node, { readonly body: readonly Node[] }>

interface Pipe {
  readonly variables: readonly string[]
  readonly commands: readonly (readonly Term[])[]
}

type Term =
  | { readonly kind: 'value'; readonly value: GoValue }
  | { readonly kind: 'fields'; readonly base: Term | null; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipe'; readonly pipe: Pipe }

/** Stops parsing or running; caught at the edge of this module and told as a message. */
class TemplateProblem extends Error {
  /** Where in the template, counted from 0; null: where the action stands. */
  column: number | null = null
}

const fail = (message: string): never => {
  throw new TemplateProblem(message)
}

/** `.Label "name"`: the one method with an argument that rows of docker's lists have. */
const isLabelCall = (term: Term): boolean =>
  term.kind === 'fields' && term.base === null && term.names.join() === 'Label'

const labelOf = (dot: GoValue, name: string): GoValue => {
  const labels = isStruct(dot) ? dot.Labels : null
  // In the row of headings: the last part of the label's own name.
  if (labels === 'LABELS') return (name.split('.').at(-1) ?? '').replace(/[-_]/g, ' ')
  const pairs = typeof labels === 'string' ? labels.split(',') : []
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

const tokenPattern =
  /\s+|"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)'|-?\d+(?:\.\d+)?|:=|\$\w*|(?:\.[A-Za-z_]\w*)+|[A-Za-z_]\w*|[().|,=]/y

const tokenize = (source: string): readonly string[] => {
  const tokens: string[] = []
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < source.length) {
    const at = tokenPattern.lastIndex
    const match = tokenPattern.exec(source)
    if (match === null) {
      const character = source[at] ?? ''
      if (character === '"') return fail('unterminated quoted string')
      return fail(`unexpected ${JSON.stringify(character)} in operand`)
    }
    // A blank before a chain of fields separates words, so it is kept.
    tokens.push(/^\s/.test(match[0]) ? ' ' : match[0])
  }
  return tokens
}

const unquote = (token: string): string => {
  if (token.startsWith('`')) return token.slice(1, -1)
  const escapes: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '"': '"',
    '\\': '\\',
    "'": "'",
  }
  return token
    .slice(1, -1)
    .replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/g, (_whole, code: string) =>
      code.length > 1
        ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
        : (escapes[code] ?? code),
    )
}

const functionNames = new Set(
  'json range index len printf println print join upper lower title split pad truncate eq ne lt le gt ge and or not slice table html urlquery'.split(
    ' ',
  ),
)

class PipeParser {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(source: string) {
    this.#tokens = tokenize(source.trim())
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  #skipBlanks(): void {
    while (this.#peek() === ' ') this.#at += 1
  }

  pipe(closing?: string): Pipe {
    const variables = this.#declarations()
    const commands: Term[][] = [[]]
    for (;;) {
      this.#skipBlanks()
      const token = this.#peek()
      if (token === closing) break
      if (token === undefined)
        return fail(closing === ')' ? 'unclosed left paren' : 'unexpected EOF')
      if (token === '|') {
        if (commands.at(-1)?.length === 0) return fail('missing value for command')
        this.#at += 1
        commands.push([])
      } else commands.at(-1)?.push(this.#operand())
    }
    if (closing !== undefined) this.#at += 1
    if (commands.some((command) => command.length === 0)) return fail('missing value for command')
    return { variables, commands }
  }

  #declarations(): readonly string[] {
    this.#skipBlanks()
    const text = this.#tokens.slice(this.#at).join('')
    const match = /^\$\w+(?:\s*,\s*\$\w+)?\s*:?=/.exec(text)
    if (match === null) return []
    const names = match[0].match(/\$\w+/g) ?? []
    while (this.#peek() !== ':=' && this.#peek() !== '=') this.#at += 1
    this.#at += 1
    return names
  }

  #operand(): Term {
    const token = this.#tokens[this.#at] ?? ''
    this.#at += 1
    let term: Term
    if (token === '(') term = { kind: 'pipe', pipe: this.pipe(')') }
    else if (token === '.') return { kind: 'fields', base: null, names: [] }
    else if (token.startsWith('.'))
      return { kind: 'fields', base: null, names: token.slice(1).split('.') }
    else if (token.startsWith('$')) term = { kind: 'variable', name: token }
    else if (/^["`]/.test(token)) return { kind: 'value', value: unquote(token) }
    else if (token.startsWith("'")) return { kind: 'value', value: unquote(token).charCodeAt(0) }
    else if (/^-?\d/.test(token)) return { kind: 'value', value: Number(token) }
    else if (token === 'true' || token === 'false')
      return { kind: 'value', value: token === 'true' }
    else if (token === 'nil') return { kind: 'value', value: null }
    else if (functionNames.has(token)) return { kind: 'function', name: token }
    else if (/^\w/.test(token)) return fail(`function ${JSON.stringify(token)} not defined`)
    else return fail(`unexpected ${JSON.stringify(token)} in operand`)
    const next = this.#peek()
    if (next?.startsWith('.') && next.length > 1) {
      this.#at += 1
      return { kind: 'fields', base: term, names: next.slice(1).split('.') }
    }
    return term
  }
}

interface Piece {
  readonly text: string | null
  readonly action: string
  /** Where the action begins in the template. */
  readonly at: number
}

const cutPieces = (source: string): readonly Piece[] => {
  const pieces: Piece[] = []
  let at = 0
  let trimNext = false
  while (at < source.length) {
    const open = source.indexOf('{{', at)
    let text = source.slice(at, open < 0 ? undefined : open)
    if (trimNext) text = text.trimStart()
    trimNext = false
    const trimBefore = open >= 0 && /^\{\{-\s/.test(source.slice(open))
    if (trimBefore) text = text.trimEnd()
    if (text !== '') pieces.push({ text, action: '', at })
    if (open < 0) break
    const close = closingBraces(source, open + 2)
    if (close < 0) {
      const isStray = source.includes('}', open)
      return fail(isStray ? "bad character U+007D '}'" : 'unclosed action')
    }
    const begin = open + (trimBefore ? 3 : 2)
    let action = source.slice(begin, close)
    if (/\s-$/.test(action)) {
      trimNext = true
      action = action.slice(0, -1)
    }
    const blanks = action.length - action.trimStart().length
    pieces.push({ text: null, action: action.trim(), at: begin + blanks })
    at = close + 2
  }
  return pieces
}

const closingBraces = (source: string, from: number): number => {
  let quote = ''
  for (let i = from; i < source.length; i += 1) {
    const character = source[i] ?? ''
    if (quote !== '') {
      if (character === '\\' && quote === '"') i += 1
      else if (character === quote) quote = ''
    } else if (character === '"' || character === '`') quote = character
    else if (source.startsWith('}}', i)) return i
  }
  return -1
}

class TreeParser {
  readonly #pieces: readonly Piece[]
  #at = 0

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
  }

  /** Nodes up to `end` or `else`; the word that ended them. */
  nodes(depth: number): {
    readonly nodes: readonly Node[]
    readonly ended: string
    readonly at: number
  } {
    const nodes: Node[] = []
    while (this.#at < this.#pieces.length) {
      const piece = this.#pieces[this.#at] as Piece
      this.#at += 1
      if (piece.text !== null) {
        nodes.push({ kind: 'text', text: piece.text })
        continue
      }
      const { action, at } = piece
      const word = /^\w+/.exec(action)?.[0] ?? ''
      if (word === 'end' || word === 'else') {
        if (depth === 0) return fail(`unexpected {{${word}}}`)
        return { nodes, ended: action, at }
      }
      nodes.push(this.#action(action, word, depth, at))
    }
    if (depth > 0) return fail('unexpected EOF')
    return { nodes, ended: '', at: 0 }
  }

  #action(action: string, word: string, depth: number, at: number): Node {
    if (action.startsWith('/*')) return { kind: 'text', text: '' }
    if (word === 'break' || word === 'continue') return { kind: word }
    if (word === 'if' || word === 'with' || word === 'range') {
      return this.#block(word, action.slice(word.length), depth, at + word.length)
    }
    if (action === '') return fail('missing value for command')
    return { kind: 'print', pipe: new PipeParser(action).pipe(), source: action, at }
  }

  #block(kind: 'if' | 'with' | 'range', condition: string, depth: number, begin: number): Node {
    if (condition.trim() === '') return fail(`missing value for ${kind}`)
    const pipe = new PipeParser(condition).pipe()
    const source = condition.trim()
    const at = begin + condition.length - condition.trimStart().length
    const body = this.nodes(depth + 1)
    if (body.ended === 'end') return { kind, pipe, body: body.nodes, otherwise: [], source, at }
    const chained = /^else\s+(if|with)\b(.*)$/s.exec(body.ended)
    if (chained !== null) {
      const inner = this.#block(chained[1] as 'if' | 'with', chained[2] ?? '', depth, body.at)
      return { kind, pipe, body: body.nodes, otherwise: [inner], source, at }
    }
    const rest = this.nodes(depth + 1)
    return { kind, pipe, body: body.nodes, otherwise: rest.nodes, source, at }
  }
}

type LoopSignal = 'break' | 'continue' | null

class Runner {
  output = ''
  readonly #root: GoValue
  readonly #type: string | null
  readonly #variables: Map<string, GoValue>
  #turns = 0
  /** Where what is evaluated now begins in the template. */
  at = 0

  /** `type`: what the client calls the value, where it is a struct there; null: a map. */
  constructor(root: GoValue, type: string | null) {
    this.#root = root
    this.#type = type
    this.#variables = new Map([['$', root]])
  }

  run(nodes: readonly Node[], dot: GoValue): LoopSignal {
    for (const node of nodes) {
      this.#turns += 1
      if (this.#turns > 200_000) fail('template runs for too long')
      if (node.kind === 'break' || node.kind === 'continue') return node.kind
      if (node.kind === 'text') this.output += node.text
      else if (node.kind === 'print') {
        this.at = node.at
        const value = this.#pipe(node.pipe, dot, node.source)
        if (node.pipe.variables.length === 0) this.output += goPrint(value)
      } else {
        const signal = this.#block(node as BlockNode, dot)
        if (signal !== null) return signal
      }
    }
    return null
  }

  #block(node: BlockNode, dot: GoValue): LoopSignal {
    this.at = node.at
    const value = this.#pipe(node.pipe, dot, node.source)
    if (node.kind === 'range') return this.#range(node, value, dot)
    if (isEmpty(value)) return this.run(node.otherwise, dot)
    return this.run(node.body, node.kind === 'with' ? value : dot)
  }

  #range(node: BlockNode, value: GoValue, dot: GoValue): null {
    const items: readonly (readonly [GoValue, GoValue])[] = isList(value)
      ? value.map((item, i) => [i, item] as const)
      : isMap(value)
        ? sortedEntries(value)
        : typeof value === 'number'
          ? Array.from({ length: Math.min(value, 10_000) }, (_, i) => [i, i] as const)
          : value === null
            ? []
            : fail(`executing "" at <${node.source}>: range can't iterate over ${goPrint(value)}`)
    if (items.length === 0) {
      this.run(node.otherwise, dot)
      return null
    }
    const [first, second] = node.pipe.variables
    for (const [key, item] of items) {
      if (second !== undefined && first !== undefined) {
        this.#variables.set(first, key)
        this.#variables.set(second, item)
      } else if (first !== undefined) this.#variables.set(first, item)
      if (this.run(node.body, item) === 'break') break
    }
    return null
  }

  #pipe(pipe: Pipe, dot: GoValue, source: string): GoValue {
    let value: GoValue | undefined
    for (const command of pipe.commands) value = this.#command(command, dot, value, source)
    const result = value ?? null
    for (const name of pipe.variables) this.#variables.set(name, result)
    return result
  }

  #command(
    terms: readonly Term[],
    dot: GoValue,
    last: GoValue | undefined,
    source: string,
  ): GoValue {
    const [head, ...rest] = terms
    if (head === undefined) return fail('missing value for command')
    if (head.kind === 'function') {
      const args = rest.map((term) => this.#term(term, dot, source))
      return callFunction(head.name, last === undefined ? args : [...args, last], source)
    }
    if (isLabelCall(head) && rest.length === 1) {
      return labelOf(dot, String(this.#term(rest[0] as Term, dot, source)))
    }
    if (rest.length > 0 || last !== undefined) {
      return fail(`executing "" at <${source}>: can't give argument to non-function ${source}`)
    }
    return this.#term(head, dot, source)
  }

  /** Go tells the place of a chain by its second field. */
  #noEntry(names: readonly string[], chain: string, source: string, name: string): never {
    const problem = new TemplateProblem(
      `executing "" at <${chain}>: ${
        this.#type === null || names.length > 1
          ? `map has no entry for key "${name}"`
          : `can't evaluate field ${name} in type ${this.#type}`
      }`,
    )
    const first = names.length > 1 ? chain.indexOf('.', 1) : 0
    problem.column = this.at + Math.max(0, source.indexOf(chain)) + Math.max(0, first)
    throw problem
  }

  #term(term: Term, dot: GoValue, source: string): GoValue {
    if (term.kind === 'value') return term.value
    if (term.kind === 'pipe') return this.#pipe(term.pipe, dot, source)
    if (term.kind === 'function') return callFunction(term.name, [], source)
    if (term.kind === 'variable') {
      if (term.name === '$') return this.#root
      const value = this.#variables.get(term.name)
      return value === undefined ? fail(`undefined variable ${JSON.stringify(term.name)}`) : value
    }
    let value = term.base === null ? dot : this.#term(term.base, dot, source)
    for (const [i, name] of term.names.entries()) {
      const chain = `${term.base?.kind === 'variable' ? term.base.name : ''}.${term.names.join('.')}`
      if (isStruct(value) && (value === nilPointer || !Object.hasOwn(value, name))) {
        // A pointer to nothing has no entry in the JSON that the client looks into then.
        const missing = value === nilPointer ? (term.names[i - 1] ?? name) : name
        return this.#noEntry(term.names, chain, source, missing)
      }
      value = fieldOf(value, name, source)
    }
    return value
  }
}

const fieldOf = (value: GoValue, name: string, source: string): GoValue => {
  if (isMap(value)) return value.get(name) ?? null
  if (isStruct(value) && Object.hasOwn(value, name)) return value[name] ?? null
  if (value === null) {
    return fail(`executing "" at <${source}>: nil pointer evaluating interface {}.${name}`)
  }
  return fail(
    `executing "" at <${source}>: can't evaluate field ${name} in type ${typeName(value)}`,
  )
}

const typeName = (value: GoValue): string => {
  if (isList(value)) return '[]interface {}'
  if (typeof value === 'number') return 'int'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

/** Go's check lets the length itself through; the look-up then fails in other words. */
const outOfRange = (key: number, length: number): string =>
  key === length ? 'reflect: slice index out of range' : `index out of range: ${key}`

const indexInto = (value: GoValue, key: GoValue, source: string): GoValue => {
  const problem = (reason: string): never =>
    fail(`executing "" at <${source}>: error calling index: ${reason}`)
  if (isMap(value)) return value.get(String(key)) ?? ''
  if (isStruct(value)) return value[String(key)] ?? null
  if (value === null) return problem('index of untyped nil')
  if (typeof key !== 'number') return problem(`cannot index slice/array with type ${typeName(key)}`)
  if (isList(value)) {
    return key >= 0 && key < value.length
      ? (value[key] ?? null)
      : problem(outOfRange(key, value.length))
  }
  if (typeof value === 'string') {
    return key >= 0 && key < value.length
      ? value.charCodeAt(key)
      : problem(`index out of range: ${key}`)
  }
  return problem(`can't index item of type ${typeName(value)}`)
}

const lengthOf = (value: GoValue, source: string): number => {
  if (typeof value === 'string') return new Blob8(value).size
  if (isList(value)) return value.length
  if (isMap(value)) return value.size
  return fail(
    `executing "" at <${source}>: error calling len: len of ${value === null ? 'nil pointer' : `type ${typeName(value)}`}`,
  )
}

/** Bytes of a text in UTF-8. */
class Blob8 {
  readonly size: number
  constructor(text: string) {
    let size = 0
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0
      size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    }
    this.size = size
  }
}

/** fmt takes no wider one. */
const widestField = 1_000_000

const padding = (count: GoValue | undefined): string =>
  ' '.repeat(Math.min(widestField, Math.max(0, Number(count) || 0)))

const sprintf = (format: string, args: readonly GoValue[]): string => {
  let next = 0
  const text = format.replace(
    /%(-?)(0?)(\d*)(?:\.(\d+))?([sdvqxftT%])/g,
    (_all, left, zero, width, digits, verb) => {
      if (verb === '%') return '%'
      if (next >= args.length) return `%!${verb}(MISSING)`
      const value = args[next] ?? null
      next += 1
      let made: string
      if (verb === 'q') made = JSON.stringify(goPrint(value, true))
      else if (verb === 'x')
        made = typeof value === 'number' ? value.toString(16) : goPrint(value, true)
      else if (verb === 'f')
        made = Number(value).toFixed(Math.min(100, digits === undefined ? 6 : Number(digits)))
      else if (verb === 'T') made = typeName(value)
      else made = goPrint(value, true)
      const size = Number(width || 0)
      if (size > widestField) return `%!(BADWIDTH)${made}`
      if (left === '-') return made.padEnd(size)
      return made.padStart(size, zero === '0' ? '0' : ' ')
    },
  )
  return text
}

const compare = (a: GoValue, b: GoValue): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const left = goPrint(a)
  const right = goPrint(b)
  return left < right ? -1 : left > right ? 1 : 0
}

const println = (args: readonly GoValue[]): string =>
  `${args.map((arg) => goPrint(arg, true)).join(' ')}\n`

const callFunction = (name: string, args: readonly GoValue[], source: string): GoValue => {
  const need = (count: number): void => {
    if (args.length < count) {
      fail(
        `executing "" at <${source}>: wrong number of args for ${name}: want at least ${count} got ${args.length}`,
      )
    }
  }
  const text = (index: number): string => goPrint(args[index] ?? null)
  switch (name) {
    case 'json':
      need(1)
      return goJson(args[0] ?? null)
    case 'len':
      need(1)
      return lengthOf(args[0] ?? null, source)
    case 'index':
      need(1)
      return args
        .slice(1)
        .reduce<GoValue>((value, key) => indexInto(value, key, source), args[0] ?? null)
    case 'slice': {
      need(1)
      const value = args[0] ?? null
      const [from, to] = [args[1], args[2]].map((n) => (typeof n === 'number' ? n : undefined))
      if (typeof value === 'string') return value.slice(from, to)
      return isList(value) ? value.slice(from, to) : null
    }
    case 'printf':
      need(1)
      return sprintf(text(0), args.slice(1))
    case 'println':
      return println(args)
    case 'print':
      return args.map((arg) => goPrint(arg, true)).join(' ')
    case 'join': {
      need(2)
      const list = args[0] ?? null
      return isList(list) ? list.map((item) => goPrint(item)).join(text(1)) : ''
    }
    case 'split':
      need(2)
      return text(0).split(text(1))
    case 'upper':
      need(1)
      return text(0).toUpperCase()
    case 'lower':
      need(1)
      return text(0).toLowerCase()
    case 'title':
      need(1)
      return text(0).replace(/\b\w/g, (letter) => letter.toUpperCase())
    case 'pad':
      need(3)
      return padding(args[1]) + text(0) + padding(args[2])
    case 'truncate':
      need(2)
      return text(0).slice(0, Number(args[1]))
    case 'eq':
      need(2)
      return args.slice(1).some((other) => compare(args[0] ?? null, other) === 0)
    case 'ne':
      need(2)
      return compare(args[0] ?? null, args[1] ?? null) !== 0
    case 'lt':
      need(2)
      return compare(args[0] ?? null, args[1] ?? null) < 0
    case 'le':
      need(2)
      return compare(args[0] ?? null, args[1] ?? null) <= 0
    case 'gt':
      need(2)
      return compare(args[0] ?? null, args[1] ?? null) > 0
    case 'ge':
      need(2)
      return compare(args[0] ?? null, args[1] ?? null) >= 0
    case 'and':
      need(1)
      return args.find((arg) => isEmpty(arg)) ?? args.at(-1) ?? null
    case 'or':
      need(1)
      return args.find((arg) => !isEmpty(arg)) ?? args.at(-1) ?? null
    case 'not':
      need(1)
      return isEmpty(args[0] ?? null)
    case 'html':
    case 'urlquery':
      need(1)
      return text(0)
    default:
      return fail(`executing "" at <${source}>: not simulated in Driftwood: ${name}`)
  }
}

/** What a template made, or what stopped it, with its place: `:1:2: executing …`. */
interface TemplateResult {
  readonly ok: boolean
  readonly text: string
}

/** A parsed template, ready to be run on values. */
export interface Template {
  /** `type`: what the client calls the value in its errors; left out: a map. */
  readonly run: (value: GoValue, type?: string) => TemplateResult
  /** Chains of fields printed directly, for table headings; null for anything else. */
  readonly fields: readonly string[]
}

const fieldsIn = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap((node) => {
    if (node.kind !== 'print') return []
    return node.pipe.commands
      .flat()
      .flatMap((term) =>
        term.kind === 'fields' && term.base === null ? [term.names.join('.')] : [],
      )
  })

/**
 * The subset of Go's text/template that Docker's formats use: fields, variables, pipes, `if`, `with`,
 * `range`, and Docker's functions. A bad template is a message, never a throw.
 */
export const parseTemplate = (
  source: string,
):
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly error: string } => {
  try {
    const { nodes } = new TreeParser(cutPieces(source)).nodes(0)
    return {
      ok: true,
      template: {
        fields: fieldsIn(nodes),
        run: (value, type) => {
          const runner = new Runner(value, type ?? null)
          try {
            runner.run(nodes, value)
            return { ok: true, text: runner.output }
          } catch (problem) {
            if (!(problem instanceof TemplateProblem)) throw problem
            const column = problem.column ?? runner.at
            return { ok: false, text: `:1:${column}: ${problem.message}` }
          }
        },
      },
    }
  } catch (problem) {
    if (!(problem instanceof TemplateProblem)) throw problem
    return { ok: false, error: problem.message }
  }
}
