/** A program that awk cannot read; the message names the place. */
export class AwkFault extends Error {}

export type AwkExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string' | 'regex'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly index: readonly AwkExpression[] }
  | { readonly kind: 'field'; readonly index: AwkExpression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly AwkExpression[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: AwkExpression }
  | {
      readonly kind: 'step'
      readonly operator: '++' | '--'
      readonly prefix: boolean
      readonly target: AwkExpression
    }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: AwkExpression
      readonly right: AwkExpression
    }
  | { readonly kind: 'in'; readonly index: AwkExpression; readonly name: string }
  | {
      readonly kind: 'assign'
      readonly operator: string
      readonly target: AwkExpression
      readonly value: AwkExpression
    }
  | {
      readonly kind: 'choice'
      readonly test: AwkExpression
      readonly yes: AwkExpression
      readonly no: AwkExpression
    }

export type AwkStatement =
  | { readonly kind: 'print' | 'printf'; readonly args: readonly AwkExpression[] }
  | { readonly kind: 'expression'; readonly expression: AwkExpression }
  | {
      readonly kind: 'if'
      readonly test: AwkExpression
      readonly yes: AwkStatement
      readonly no: AwkStatement | null
    }
  | { readonly kind: 'while'; readonly test: AwkExpression; readonly body: AwkStatement }
  | {
      readonly kind: 'for'
      readonly start: AwkStatement | null
      readonly test: AwkExpression | null
      readonly step: AwkStatement | null
      readonly body: AwkStatement
    }
  | {
      readonly kind: 'each'
      readonly name: string
      readonly array: string
      readonly body: AwkStatement
    }
  | { readonly kind: 'block'; readonly body: readonly AwkStatement[] }
  | {
      readonly kind: 'delete'
      readonly name: string
      readonly index: readonly AwkExpression[] | null
    }
  | { readonly kind: 'next' | 'break' | 'continue' }
  | { readonly kind: 'exit'; readonly code: AwkExpression | null }

export interface AwkRule {
  readonly when: 'BEGIN' | 'END' | 'record'
  readonly pattern: AwkExpression | null
  readonly to: AwkExpression | null
  /** null: print the record. */
  readonly action: AwkStatement | null
  /** Inside a `from, to` range. */
  open: boolean
}

interface AwkToken {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'sign' | 'newline' | 'end'
  readonly text: string
}

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  '/': '/',
}

const lex = (source: string): readonly AwkToken[] => {
  const tokens: AwkToken[] = []
  let at = 0
  const afterValue = (): boolean => {
    const last = tokens.at(-1)
    return (
      last !== undefined &&
      (last.kind === 'number' ||
        last.kind === 'string' ||
        last.kind === 'name' ||
        last.text === ')' ||
        last.text === ']')
    )
  }
  while (at < source.length) {
    const rest = source.slice(at)
    const blank = /^([ \t\r]|\\\n|#[^\n]*)+/.exec(rest)
    if (blank !== null) {
      at += blank[0].length
      continue
    }
    const match =
      /^"((?:[^"\\\n]|\\[\s\S])*)"/.exec(rest) ??
      (afterValue() ? null : /^\/((?:[^/\\\n]|\\.)+)\//.exec(rest)) ??
      /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest) ??
      /^[A-Za-z_]\w*\(?/.exec(rest) ??
      /^(\n|&&|\|\||==|!=|<=|>=|\+\+|--|[-+*/%^]=|[-+*/%^!<>~?:=,;(){}[\]$|])/.exec(rest)
    if (match === null)
      throw new AwkFault(`unexpected token near '${rest.slice(0, 12).split('\n')[0]}'`)
    const [text] = match
    at += text.length
    if (text.startsWith('"'))
      tokens.push({
        kind: 'string',
        text: (match[1] ?? '').replace(/\\([\s\S])/g, (all, char: string) => escapes[char] ?? all),
      })
    else if (
      text.startsWith('/') &&
      match[1] !== undefined &&
      text.length > 1 &&
      text.endsWith('/')
    )
      tokens.push({ kind: 'regex', text: match[1].replaceAll('\\/', '/') })
    else if (/^[\d.]/.test(text)) tokens.push({ kind: 'number', text })
    else if (/^[A-Za-z_]/.test(text)) {
      const call = text.endsWith('(') && !keywords.has(text.slice(0, -1))
      if (text.endsWith('(') && !call) at -= 1
      tokens.push({ kind: call ? 'call' : 'name', text: text.replace(/\($/, '') })
    } else tokens.push({ kind: text === '\n' ? 'newline' : 'sign', text })
  }
  return [...tokens, { kind: 'end', text: '' }]
}

const keywords = new Set([
  'if',
  'else',
  'while',
  'for',
  'in',
  'print',
  'printf',
  'next',
  'exit',
  'delete',
  'break',
  'continue',
  'do',
  'BEGIN',
  'END',
  'function',
  'getline',
  'return',
])
const bareCalls = new Set(['length'])

class AwkParser {
  private at = 0
  private depth = 0
  /** Inside `print` a bare `>` would be a redirection. */
  private inPrint = false
  private readonly tokens: readonly AwkToken[]

  constructor(tokens: readonly AwkToken[]) {
    this.tokens = tokens
  }

  private peek(): AwkToken {
    return this.tokens[this.at] as AwkToken
  }

  private fault(): AwkFault {
    const { kind, text } = this.peek()
    return new AwkFault(
      kind === 'end'
        ? 'unexpected end of program'
        : `unexpected token '${kind === 'newline' ? 'newline' : text}'`,
    )
  }

  private is(text: string): boolean {
    const token = this.peek()
    return (
      token.text === text &&
      (token.kind === 'sign' || token.kind === 'name' || token.kind === 'newline')
    )
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false
    this.at += 1
    return true
  }

  private expect(text: string): void {
    if (!this.take(text)) throw this.fault()
  }

  private skipNewlines(): void {
    while (this.peek().kind === 'newline' || this.is(';')) this.at += 1
  }

  rules(): readonly AwkRule[] {
    const rules: AwkRule[] = []
    for (;;) {
      this.skipNewlines()
      if (this.peek().kind === 'end') return rules
      rules.push(this.rule())
    }
  }

  private rule(): AwkRule {
    const when = this.take('BEGIN') ? 'BEGIN' : this.take('END') ? 'END' : 'record'
    let pattern: AwkExpression | null = null
    let to: AwkExpression | null = null
    if (when === 'record' && !this.is('{')) {
      pattern = this.expression()
      if (this.take(',')) to = this.expression()
    }
    const action = this.is('{') ? this.block() : null
    if (action === null && when !== 'record') throw this.fault()
    return { when, pattern, to, action, open: false }
  }

  private block(): AwkStatement {
    this.expect('{')
    const body: AwkStatement[] = []
    for (;;) {
      this.skipNewlines()
      if (this.take('}')) return { kind: 'block', body }
      body.push(this.statement())
    }
  }

  private statement(): AwkStatement {
    this.depth += 1
    if (this.depth > 60) throw new AwkFault('statements nested too deep')
    const statement = this.anyStatement()
    this.depth -= 1
    return statement
  }

  private nested(): AwkStatement {
    this.skipNewlinesOnly()
    if (this.take(';')) return { kind: 'block', body: [] }
    return this.statement()
  }

  private skipNewlinesOnly(): void {
    while (this.peek().kind === 'newline') this.at += 1
  }

  private anyStatement(): AwkStatement {
    if (this.is('{')) return this.block()
    if (this.take('if')) {
      this.expect('(')
      const test = this.expression()
      this.expect(')')
      const yes = this.nested()
      const back = this.at
      this.skipNewlines()
      if (this.take('else')) return { kind: 'if', test, yes, no: this.nested() }
      this.at = back
      return { kind: 'if', test, yes, no: null }
    }
    if (this.take('while')) {
      this.expect('(')
      const test = this.expression()
      this.expect(')')
      return { kind: 'while', test, body: this.nested() }
    }
    if (this.take('for')) return this.forStatement()
    const statement = this.simple()
    if (
      !this.is('}') &&
      !this.take(';') &&
      this.peek().kind !== 'newline' &&
      this.peek().kind !== 'end'
    )
      throw this.fault()
    return statement
  }

  private forStatement(): AwkStatement {
    this.expect('(')
    const [name, word, array] = [
      this.tokens[this.at],
      this.tokens[this.at + 1],
      this.tokens[this.at + 2],
    ]
    if (name?.kind === 'name' && word?.text === 'in' && this.tokens[this.at + 3]?.text === ')') {
      this.at += 4
      return { kind: 'each', name: name.text, array: array?.text ?? '', body: this.nested() }
    }
    const start = this.is(';') ? null : this.simple()
    this.expect(';')
    const test = this.is(';') ? null : this.expression()
    this.expect(';')
    const step = this.is(')') ? null : this.simple()
    this.expect(')')
    return { kind: 'for', start, test, step, body: this.nested() }
  }

  private ended(): boolean {
    return (
      this.is(';') || this.is('}') || this.peek().kind === 'newline' || this.peek().kind === 'end'
    )
  }

  private simple(): AwkStatement {
    for (const kind of ['next', 'break', 'continue'] as const) if (this.take(kind)) return { kind }
    if (this.take('exit')) return { kind: 'exit', code: this.ended() ? null : this.expression() }
    if (this.take('delete')) {
      const name = this.peek().text
      this.at += 1
      return { kind: 'delete', name, index: this.take('[') ? this.index() : null }
    }
    for (const kind of ['print', 'printf'] as const) {
      if (!this.take(kind)) continue
      if (this.ended()) return { kind, args: [] }
      this.inPrint = true
      const args = this.is('(') ? this.printArguments() : this.list()
      this.inPrint = false
      if (this.is('>') || this.is('|'))
        throw new AwkFault(`'${this.peek().text}' after ${kind}: not simulated in Driftwood`)
      return { kind, args }
    }
    for (const word of ['getline', 'function', 'do', 'return'])
      if (this.is(word)) throw new AwkFault(`${word}: not simulated in Driftwood`)
    return { kind: 'expression', expression: this.expression() }
  }

  private printArguments(): readonly AwkExpression[] {
    const start = this.at
    this.at += 1
    this.inPrint = false
    const inside = this.list()
    if (this.take(')') && this.ended()) return inside
    this.at = start
    this.inPrint = true
    return this.list()
  }

  private list(): readonly AwkExpression[] {
    const items = [this.expression()]
    while (this.take(',')) {
      this.skipNewlinesOnly()
      items.push(this.expression())
    }
    return items
  }

  private index(): readonly AwkExpression[] {
    const items = this.list()
    this.expect(']')
    return items
  }

  private expression(): AwkExpression {
    this.depth += 1
    if (this.depth > 60) throw new AwkFault('expressions nested too deep')
    const left = this.choice()
    const operator = this.peek().text
    let result = left
    if (this.peek().kind === 'sign' && /^[-+*/%^]?=$/.test(operator)) {
      if (!['variable', 'element', 'field'].includes(left.kind)) throw this.fault()
      this.at += 1
      result = {
        kind: 'assign',
        operator: operator.slice(0, -1),
        target: left,
        value: this.expression(),
      }
    }
    this.depth -= 1
    return result
  }

  private choice(): AwkExpression {
    const test = this.binary(0)
    if (!this.take('?')) return test
    const yes = this.expression()
    this.expect(':')
    return { kind: 'choice', test, yes, no: this.expression() }
  }

  private binary(level: number): AwkExpression {
    const levels = [
      ['||'],
      ['&&'],
      ['in'],
      ['~', '!~'],
      ['<', '<=', '==', '!=', '>', '>='],
      [' '],
      ['+', '-'],
      ['*', '/', '%'],
    ]
    const operators = levels[level]
    if (operators === undefined) return this.unary()
    let left = this.binary(level + 1)
    for (;;) {
      const token = this.peek()
      if (operators[0] === ' ') {
        if (!this.startsValue()) return left
        left = { kind: 'binary', operator: ' ', left, right: this.binary(level + 1) }
        continue
      }
      const notMatch =
        operators.includes('!~') && this.is('!') && this.tokens[this.at + 1]?.text === '~'
      if (notMatch) this.at += 1
      const operator = notMatch ? '!~' : token.text
      const plain = token.kind === 'sign' || (token.kind === 'name' && token.text === 'in')
      if (
        !notMatch &&
        (!plain || !operators.includes(operator) || (this.inPrint && operator === '>'))
      )
        return left
      this.at += 1
      if (operator === 'in') {
        left = { kind: 'in', index: left, name: this.peek().text }
        this.at += 1
      } else left = { kind: 'binary', operator, left, right: this.binary(level + 1) }
    }
  }

  /** Could a value to concatenate begin here? */
  private startsValue(): boolean {
    const { kind, text } = this.peek()
    if (kind === 'name') return !keywords.has(text)
    return (
      kind === 'number' ||
      kind === 'string' ||
      kind === 'call' ||
      (kind === 'sign' && ['$', '('].includes(text))
    )
  }

  private unary(): AwkExpression {
    this.depth += 1
    if (this.depth > 60) throw new AwkFault('expressions nested too deep')
    const result = this.prefixed()
    this.depth -= 1
    return result
  }

  private prefixed(): AwkExpression {
    for (const operator of ['!', '-', '+']) {
      if (this.take(operator)) return { kind: 'unary', operator, operand: this.unary() }
    }
    for (const operator of ['++', '--'] as const) {
      if (this.take(operator))
        return { kind: 'step', operator, prefix: true, target: this.primary() }
    }
    let value = this.primary()
    for (const operator of ['++', '--'] as const) {
      if (['variable', 'element', 'field'].includes(value.kind) && this.take(operator))
        value = { kind: 'step', operator, prefix: false, target: value }
    }
    if (this.take('^')) return { kind: 'binary', operator: '^', left: value, right: this.unary() }
    return value
  }

  private primary(): AwkExpression {
    const token = this.peek()
    this.at += 1
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
    if (token.kind === 'string' || token.kind === 'regex')
      return { kind: token.kind, text: token.text }
    if (token.kind === 'call') {
      const args = this.is(')') ? [] : this.list()
      this.expect(')')
      return { kind: 'call', name: token.text, args }
    }
    if (token.kind === 'sign' && token.text === '$')
      return { kind: 'field', index: this.unaryField() }
    if (token.kind === 'sign' && token.text === '(') {
      const before = this.inPrint
      this.inPrint = false
      const inner = this.expression()
      this.expect(')')
      this.inPrint = before
      return inner
    }
    if (token.kind !== 'name' || keywords.has(token.text)) {
      this.at -= 1
      throw this.fault()
    }
    if (this.take('[')) return { kind: 'element', name: token.text, index: this.index() }
    if (bareCalls.has(token.text)) return { kind: 'call', name: token.text, args: [] }
    return { kind: 'variable', name: token.text }
  }

  private unaryField(): AwkExpression {
    this.depth += 1
    if (this.depth > 60) throw new AwkFault('expressions nested too deep')
    const operand: AwkExpression = this.take('-')
      ? { kind: 'unary', operator: '-', operand: this.primary() }
      : this.primary()
    this.depth -= 1
    return operand
  }
}

/** Reads an awk program. Throws AwkFault. */
export const parseAwk = (source: string): readonly AwkRule[] => new AwkParser(lex(source)).rules()
