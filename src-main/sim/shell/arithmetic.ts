/** Why an expression has no value; worded as busybox ash does. */
export class ArithmeticFault extends Error {}

interface Variables {
  get(name: string): string
  set(name: string, value: string): void
}

const binaryLevels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]

const apply = (operator: string, a: bigint, b: bigint): bigint => {
  const truth = (value: boolean): bigint => (value ? 1n : 0n)
  switch (operator) {
    case '||':
      return truth(a !== 0n || b !== 0n)
    case '&&':
      return truth(a !== 0n && b !== 0n)
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '&':
      return a & b
    case '==':
      return truth(a === b)
    case '!=':
      return truth(a !== b)
    case '<=':
      return truth(a <= b)
    case '>=':
      return truth(a >= b)
    case '<':
      return truth(a < b)
    case '>':
      return truth(a > b)
    case '<<':
      return a << (b & 63n)
    case '>>':
      return a >> (b & 63n)
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    default:
      if (b === 0n) throw new ArithmeticFault('divide by zero')
      return operator === '/' ? a / b : a % b
  }
}

class Evaluator {
  private readonly tokens: string[]
  private at = 0
  private depth = 0
  private readonly variables: Variables

  constructor(source: string, variables: Variables, depth: number) {
    this.variables = variables
    this.depth = depth
    this.tokens =
      source.match(
        /0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<=|>>=|&&|\|\||==|!=|<=|>=|<<|>>|\+\+|--|[-+*/%&|^]=|\S/g,
      ) ?? []
  }

  all(): bigint {
    if (this.tokens.length === 0) return 0n
    const value = this.sequence()
    if (this.at < this.tokens.length) throw this.fault()
    return value
  }

  private fault(): ArithmeticFault {
    const token = this.tokens[this.at]
    return new ArithmeticFault(
      `arithmetic syntax error${token === undefined ? '' : ` at "${token}"`}`,
    )
  }

  private sequence(): bigint {
    let value = this.assignment()
    while (this.tokens[this.at] === ',') {
      this.at += 1
      value = this.assignment()
    }
    return value
  }

  private assignment(): bigint {
    this.depth += 1
    if (this.depth > 100) throw new ArithmeticFault('expression recursion loop detected')
    const name = this.tokens[this.at] ?? ''
    const operator = this.tokens[this.at + 1] ?? ''
    if (/^[A-Za-z_]/.test(name) && /^([-+*/%&|^]|<<|>>)?=$/.test(operator)) {
      this.at += 2
      const right = this.assignment()
      const value =
        operator === '=' ? right : apply(operator.slice(0, -1), this.variable(name), right)
      return this.store(name, value)
    }
    const value = this.ternary()
    this.depth -= 1
    return value
  }

  private ternary(): bigint {
    const test = this.binary(0)
    if (this.tokens[this.at] !== '?') return test
    this.at += 1
    const yes = this.assignment()
    if (this.tokens[this.at] !== ':') throw this.fault()
    this.at += 1
    const no = this.assignment()
    return test !== 0n ? yes : no
  }

  private binary(level: number): bigint {
    const operators = binaryLevels[level]
    if (operators === undefined) return this.unary()
    let left = this.binary(level + 1)
    for (;;) {
      const operator = this.tokens[this.at] ?? ''
      if (!operators.includes(operator)) return left
      this.at += 1
      left = BigInt.asIntN(64, apply(operator, left, this.binary(level + 1)))
    }
  }

  private unary(): bigint {
    const token = this.tokens[this.at]
    if (token === undefined) throw this.fault()
    this.at += 1
    this.depth += 1
    if (this.depth > 100) throw new ArithmeticFault('expression recursion loop detected')
    const value = this.operand(token)
    this.depth -= 1
    return value
  }

  private operand(token: string): bigint {
    if (token === '-') return -this.unary()
    if (token === '+') return this.unary()
    if (token === '!') return this.unary() === 0n ? 1n : 0n
    if (token === '~') return ~this.unary()
    if (token === '++' || token === '--') {
      const name = this.tokens[this.at] ?? ''
      this.at += 1
      return this.store(name, this.variable(name) + (token === '++' ? 1n : -1n))
    }
    if (token === '(') {
      const value = this.sequence()
      if (this.tokens[this.at] !== ')') throw this.fault()
      this.at += 1
      return value
    }
    if (/^\d/.test(token)) return numberOf(token)
    if (!/^[A-Za-z_]/.test(token)) {
      this.at -= 1
      throw this.fault()
    }
    const value = this.variable(token)
    const suffix = this.tokens[this.at]
    if (suffix === '++' || suffix === '--') {
      this.at += 1
      this.store(token, value + (suffix === '++' ? 1n : -1n))
    }
    return value
  }

  private variable(name: string): bigint {
    if (!/^[A-Za-z_]/.test(name)) throw this.fault()
    const text = this.variables.get(name).trim()
    if (text === '') return 0n
    if (/^[-+]?\d+$/.test(text) && !/^[-+]?0\d/.test(text)) return BigInt(text)
    return new Evaluator(text, this.variables, this.depth + 1).all()
  }

  private store(name: string, value: bigint): bigint {
    const kept = BigInt.asIntN(64, value)
    this.variables.set(name, kept.toString())
    return kept
  }
}

const numberOf = (token: string): bigint => {
  if (/^0[0-7]+$/.test(token)) return BigInt(`0o${token.slice(1)}`)
  if (/^0\d/.test(token)) throw new ArithmeticFault(`arithmetic syntax error at "${token}"`)
  return BigInt.asIntN(64, BigInt(token))
}

/** The value of `$((source))`. Throws ArithmeticFault with the shell's wording. */
export const evaluateArithmetic = (source: string, variables: Variables): bigint =>
  new Evaluator(source, variables, 0).all()
