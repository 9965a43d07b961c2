/** A value in a query. */
export type Value = string | number | boolean | null

/** An error of the server, with where in the text it lies and its DETAIL or HINT. */
export class SqlFault extends Error {
  readonly at: number | null
  readonly more: string
  constructor(message: string, at: number | null = null, more = '') {
    super(message)
    this.at = at
    this.more = more
  }
}

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign' | 'end'
  readonly text: string
  /** As it was typed, for messages. */
  readonly typed: string
  readonly at: number
}

const tokenPattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\d+(?:\.\d+)?|[A-Za-z_][\w$]*|<>|!=|<=|>=|\|\||::|[-+*/%(),.;=<>[\]]/y

/** Splits a statement into tokens. Words are in lower case, as the server folds them. */
export const tokenize = (text: string): readonly Token[] => {
  const tokens: Token[] = []
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < text.length) {
    const at = tokenPattern.lastIndex
    const match = tokenPattern.exec(text)
    if (match === null) {
      const rest = text.slice(at, at + 20)
      const quote = rest[0] === "'" || rest[0] === '"'
      throw new SqlFault(
        quote
          ? `unterminated quoted ${rest[0] === "'" ? 'string' : 'identifier'} at or near "${rest}"`
          : `syntax error at or near "${rest[0]}"`,
        at,
      )
    }
    const [piece] = match
    if (/^(\s|--|\/\*)/.test(piece)) continue
    if (piece.startsWith("'"))
      tokens.push({
        kind: 'string',
        text: piece.slice(1, -1).replaceAll("''", "'"),
        typed: piece,
        at,
      })
    else if (piece.startsWith('"'))
      tokens.push({
        kind: 'name',
        text: piece.slice(1, -1).replaceAll('""', '"'),
        typed: piece,
        at,
      })
    else if (/^\d/.test(piece)) tokens.push({ kind: 'number', text: piece, typed: piece, at })
    else if (/^[A-Za-z_]/.test(piece))
      tokens.push({ kind: 'word', text: piece.toLowerCase(), typed: piece, at })
    else tokens.push({ kind: 'sign', text: piece, typed: piece, at })
  }
  return [...tokens, { kind: 'end', text: '', typed: '', at: text.length }]
}

export type Expression =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  | { readonly kind: 'star' }
  | {
      readonly kind: 'call'
      readonly name: string
      readonly args: readonly Expression[]
      readonly at: number
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
      readonly at: number
    }
  | {
      readonly kind: 'in'
      readonly operand: Expression
      readonly list: readonly Expression[]
      readonly negated: boolean
    }

const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '<>', '!=', '<', '>', '<=', '>=', 'like', 'ilike'],
  ['||'],
  ['+', '-'],
  ['*', '/', '%'],
]

/** Reads tokens one after the other. */
export class TokenReader {
  private i = 0
  private depth = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.i + ahead, this.tokens.length - 1)] as Token
  }

  next(): Token {
    const token = this.peek()
    this.i += 1
    return token
  }

  /** Takes these words or signs if they come next, in this order. */
  take(...texts: readonly string[]): boolean {
    const fits = texts.every((text, k) => {
      const token = this.peek(k)
      return token.text === text && (token.kind === 'word' || token.kind === 'sign')
    })
    if (fits) this.i += texts.length
    return fits
  }

  fault(): SqlFault {
    const { kind, typed, at } = this.peek()
    if (kind === 'end') return new SqlFault('syntax error at end of input', at)
    return new SqlFault(`syntax error at or near "${typed}"`, at)
  }

  expect(...texts: readonly string[]): void {
    for (const text of texts) if (!this.take(text)) throw this.fault()
  }

  /** A name of a table or column; `schema.` in front of it is dropped. */
  name(): string {
    const token = this.peek()
    if (token.kind !== 'word' && token.kind !== 'name') throw this.fault()
    this.i += 1
    return this.take('.') ? this.name() : token.text
  }

  expression(level = 0): Expression {
    const operators = levels[level]
    if (operators === undefined) return this.unary()
    if (level === 2 && this.take('not'))
      return { kind: 'unary', operator: 'not', operand: this.expression(2) }
    let left = this.expression(level + 1)
    for (;;) {
      const token = this.peek()
      const negatedIn = level === 2 && this.take('not', 'in')
      if (negatedIn || (level === 2 && this.take('in'))) {
        this.expect('(')
        left = { kind: 'in', operand: left, list: this.list(), negated: negatedIn }
        this.expect(')')
      } else if (level === 2 && this.take('is')) {
        const operator = this.take('not') ? 'is not null' : 'is null'
        this.expect('null')
        left = { kind: 'unary', operator, operand: left }
      } else if (level === 2 && this.take('between')) {
        const low = this.expression(level + 1)
        this.expect('and')
        const high = this.expression(level + 1)
        const at = token.at
        left = {
          kind: 'binary',
          operator: 'and',
          at,
          left: { kind: 'binary', operator: '>=', left, right: low, at },
          right: { kind: 'binary', operator: '<=', left, right: high, at },
        }
      } else if (
        operators.includes(token.text) &&
        (token.kind === 'sign' || token.kind === 'word')
      ) {
        this.i += 1
        left = {
          kind: 'binary',
          operator: token.text,
          left,
          right: this.expression(level + 1),
          at: token.at,
        }
      } else return left
    }
  }

  list(): readonly Expression[] {
    const items = [this.expression()]
    while (this.take(',')) items.push(this.expression())
    return items
  }

  private unary(): Expression {
    this.depth += 1
    if (this.depth > 100) throw new SqlFault('stack depth limit exceeded', this.peek().at)
    if (this.take('-')) return { kind: 'unary', operator: '-', operand: this.unary() }
    let value = this.primary()
    while (this.take('::')) {
      const type = this.name()
      if (this.take('varying')) this.take('(')
      value = { kind: 'call', name: `::${type}`, args: [value], at: this.peek().at }
    }
    this.depth -= 1
    return value
  }

  private primary(): Expression {
    const token = this.peek()
    if (token.kind === 'string' || token.kind === 'number') {
      this.i += 1
      return { kind: 'value', value: token.kind === 'string' ? token.text : Number(token.text) }
    }
    if (this.take('(')) {
      const inner = this.expression()
      this.expect(')')
      return inner
    }
    if (this.take('*')) return { kind: 'star' }
    if (this.take('null')) return { kind: 'value', value: null }
    if (this.take('true')) return { kind: 'value', value: true }
    if (this.take('false')) return { kind: 'value', value: false }
    if (token.kind !== 'word' && token.kind !== 'name') throw this.fault()
    if (token.kind === 'word' && reservedWords.has(token.text)) throw this.fault()
    const name = this.name()
    if (!this.take('(')) {
      const bare = ['current_user', 'current_timestamp', 'session_user', 'current_date']
      return bare.includes(name)
        ? { kind: 'call', name, args: [], at: token.at }
        : { kind: 'column', name, at: token.at }
    }
    this.take('distinct')
    const args = this.take(')') ? null : this.list()
    if (args !== null) this.expect(')')
    return { kind: 'call', name, args: args ?? [], at: token.at }
  }
}

const reservedWords = new Set([
  'select',
  'from',
  'where',
  'order',
  'group',
  'by',
  'limit',
  'offset',
  'insert',
  'into',
  'values',
  'set',
  'as',
  'and',
  'or',
  'on',
  'union',
  'table',
  'returning',
])

/** Names that an expression can see, and what functions know of the session. */
export interface Scope {
  column(name: string, at: number): Value
  readonly functions: Readonly<Record<string, (args: readonly Value[]) => Value>>
}

const compare = (a: Value, b: Value): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [Number(a), Number(b)]
    if (Number.isNaN(x) || Number.isNaN(y)) {
      throw new SqlFault(
        `invalid input syntax for type integer: "${typeof a === 'string' ? a : b}"`,
      )
    }
    return x - y
  }
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

const likes = (text: string, pattern: string): boolean => {
  const fits = (i: number, j: number, budget: { left: number }): boolean => {
    budget.left -= 1
    if (budget.left < 0) return false
    const char = pattern[j]
    if (char === undefined) return i === text.length
    if (char === '%') {
      for (let k = i; k <= text.length; k += 1) if (fits(k, j + 1, budget)) return true
      return false
    }
    return i < text.length && (char === '_' || char === text[i]) && fits(i + 1, j + 1, budget)
  }
  return fits(0, 0, { left: 20_000 })
}

const numeric = (value: Value): number => {
  const number = Number(value)
  if (Number.isNaN(number)) throw new SqlFault(`invalid input syntax for type integer: "${value}"`)
  return number
}

const binary = (operator: string, a: Value, b: Value): Value => {
  if (operator === 'and')
    return a === false || b === false ? false : a === null || b === null ? null : true
  if (operator === 'or')
    return a === true || b === true ? true : a === null || b === null ? null : false
  if (a === null || b === null) return null
  switch (operator) {
    case '=':
      return compare(a, b) === 0
    case '<>':
    case '!=':
      return compare(a, b) !== 0
    case '<':
      return compare(a, b) < 0
    case '>':
      return compare(a, b) > 0
    case '<=':
      return compare(a, b) <= 0
    case '>=':
      return compare(a, b) >= 0
    case 'like':
      return likes(String(a), String(b))
    case 'ilike':
      return likes(String(a).toLowerCase(), String(b).toLowerCase())
    case '||':
      return `${a}${b}`
    case '+':
      return numeric(a) + numeric(b)
    case '-':
      return numeric(a) - numeric(b)
    case '*':
      return numeric(a) * numeric(b)
    default: {
      const divisor = numeric(b)
      if (divisor === 0) throw new SqlFault('division by zero')
      return operator === '/' ? Math.trunc(numeric(a) / divisor) : numeric(a) % divisor
    }
  }
}

/** The value of an expression for one row. */
export const evaluate = (expression: Expression, scope: Scope): Value => {
  switch (expression.kind) {
    case 'value':
      return expression.value
    case 'column':
      return scope.column(expression.name, expression.at)
    case 'star':
      throw new SqlFault('syntax error at or near "*"')
    case 'unary': {
      const value = evaluate(expression.operand, scope)
      if (expression.operator === 'is null') return value === null
      if (expression.operator === 'is not null') return value !== null
      if (value === null) return null
      return expression.operator === '-' ? -numeric(value) : value === false
    }
    case 'binary':
      return binary(
        expression.operator,
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
      )
    case 'in': {
      const value = evaluate(expression.operand, scope)
      const found = expression.list.some((one) => binary('=', value, evaluate(one, scope)) === true)
      return found !== expression.negated
    }
    default: {
      const args = expression.args.map((one) => evaluate(one, scope))
      if (expression.name.startsWith('::')) return cast(args[0] ?? null, expression.name.slice(2))
      const call = scope.functions[expression.name]
      if (call !== undefined) return call(args)
      const types = args.map((one) => (typeof one === 'number' ? 'integer' : 'unknown')).join(', ')
      throw new SqlFault(`function ${expression.name}(${types}) does not exist`, expression.at)
    }
  }
}

const cast = (value: Value, type: string): Value => {
  if (value === null) return null
  if (/^(int|bigint|smallint|numeric|float|double)/.test(type)) return numeric(value)
  return type === 'text' || type === 'varchar' ? String(value) : value
}
