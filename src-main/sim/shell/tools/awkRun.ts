import type { ProcessContext } from '../machine.ts'
import { type AwkExpression, AwkFault, type AwkRule, type AwkStatement } from './awkParse.ts'
import { compileRegex, type Regex } from './regex.ts'
import { longestText } from './support.ts'

/** A value: a number, a text, or a text from the input that counts as a number where it looks so. */
type AwkValue = number | string

class NextRecord extends Error {}
class LoopEnd extends Error {
  readonly stops: boolean
  constructor(stops: boolean) {
    super('loop')
    this.stops = stops
  }
}

/** `exit` was reached. */
export class ExitAwk extends Error {
  readonly code: number
  constructor(code: number) {
    super('exit')
    this.code = code
  }
}

const looksNumeric = (text: string): boolean =>
  /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text)

const toNumber = (value: AwkValue): number => {
  if (typeof value === 'number') return value
  const match = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(value)
  return match === null ? 0 : Number(match[0])
}

const toText = (value: AwkValue): string => {
  if (typeof value === 'string') return value
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

const truth = (value: AwkValue): boolean =>
  typeof value === 'number'
    ? value !== 0
    : value !== '' && !(looksNumeric(value) && Number(value) === 0)

/** printf of awk. */
export const formatAwk = (format: string, args: readonly AwkValue[]): string => {
  let next = 0
  return format.replace(
    /%([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_, flags: string, width: string, precision: string | undefined, letter: string) => {
      if (letter === '%') return '%'
      const value = args[next] ?? ''
      next += 1
      const places = precision === undefined ? null : Number(precision)
      let text: string
      if ('di'.includes(letter)) text = String(Math.trunc(toNumber(value)))
      else if (letter === 'f') text = toNumber(value).toFixed(Math.min(places ?? 6, 50))
      else if (letter === 'e') text = toNumber(value).toExponential(Math.min(places ?? 6, 50))
      else if (letter === 'x') text = Math.trunc(toNumber(value)).toString(16)
      else if (letter === 'o') text = Math.trunc(toNumber(value)).toString(8)
      else if (letter === 'c')
        text = typeof value === 'number' ? String.fromCharCode(value) : value.slice(0, 1)
      else if (letter === 's')
        text = places === null ? toText(value) : toText(value).slice(0, places)
      else text = toText(value)
      if (flags.includes('+') && 'dif'.includes(letter) && !text.startsWith('-')) text = `+${text}`
      const wide = Math.min(Number(width || 0), 10_000)
      if (flags.includes('-')) return text.padEnd(wide)
      return text.padStart(wide, flags.includes('0') && letter !== 's' ? '0' : ' ')
    },
  )
}

/** The state of an awk program while it runs. */
export class AwkRun {
  private readonly context: ProcessContext
  private readonly variables = new Map<string, AwkValue>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['SUBSEP', '\x1c'],
    ['NR', 0],
    ['NF', 0],
  ])
  private readonly arrays = new Map<string, Map<string, AwkValue>>()
  private readonly regexes = new Map<string, Regex>()
  private fields: string[] = ['']

  constructor(context: ProcessContext) {
    this.context = context
    this.arrays.set('ENVIRON', new Map(context.env))
  }

  assign(name: string, value: string): void {
    this.variables.set(name, value.replaceAll('\\t', '\t').replaceAll('\\n', '\n'))
  }

  startFile(path: string): void {
    this.variables.set('FILENAME', path === '-' ? '' : path)
    this.variables.set('FNR', 0)
  }

  special(rules: readonly AwkRule[], when: 'BEGIN' | 'END'): void {
    for (const rule of rules) {
      if (rule.when !== when || rule.action === null) continue
      try {
        this.statement(rule.action)
      } catch (signal) {
        if (!(signal instanceof NextRecord)) throw signal
      }
    }
  }

  record(line: string, rules: readonly AwkRule[]): void {
    this.variables.set('NR', this.number('NR') + 1)
    this.variables.set('FNR', this.number('FNR') + 1)
    this.setRecord(line)
    try {
      for (const rule of rules) {
        if (rule.when !== 'record' || !this.applies(rule)) continue
        if (rule.action === null) this.print([])
        else this.statement(rule.action)
      }
    } catch (signal) {
      if (!(signal instanceof NextRecord)) throw signal
    }
  }

  private applies(rule: AwkRule): boolean {
    if (rule.to === null) return rule.pattern === null || truth(this.value(rule.pattern))
    if (!rule.open && rule.pattern !== null && truth(this.value(rule.pattern))) rule.open = true
    else if (!rule.open) return false
    if (truth(this.value(rule.to))) rule.open = false
    return true
  }

  private number(name: string): number {
    return toNumber(this.variables.get(name) ?? '')
  }

  private text(name: string): string {
    return toText(this.variables.get(name) ?? '')
  }

  private regex(source: string): Regex {
    const known = this.regexes.get(source)
    if (known !== undefined) return known
    const made = compileRegex(source, { extended: true })
    if (made === null) throw new AwkFault(`bad regex '${source}'`)
    this.regexes.set(source, made)
    return made
  }

  private split(text: string, separator: string): string[] {
    if (separator === ' ') return text.split(/[ \t\n]+/).filter((one) => one !== '')
    if (text === '') return []
    if (separator === '') return [...text]
    if (separator.length === 1) return text.split(separator)
    const parts: string[] = []
    let at = 0
    for (
      let match = this.regex(separator).exec(text, 0);
      match !== null;
      match = this.regex(separator).exec(text, at)
    ) {
      if (match.end === match.start) break
      parts.push(text.slice(at, match.start))
      at = match.end
    }
    return [...parts, text.slice(at)]
  }

  private setRecord(line: string): void {
    this.fields = [line, ...this.split(line, this.text('FS'))]
    this.variables.set('NF', this.fields.length - 1)
  }

  private setField(index: number, value: string): void {
    if (index === 0) {
      this.setRecord(value)
      return
    }
    if (index < 0 || index > 10_000) throw new AwkFault(`access to field ${index}`)
    while (this.fields.length <= index) this.fields.push('')
    this.fields[index] = value
    this.variables.set('NF', this.fields.length - 1)
    this.rebuild()
  }

  private rebuild(): void {
    this.fields[0] = this.fields.slice(1).join(this.text('OFS'))
  }

  private array(name: string): Map<string, AwkValue> {
    let array = this.arrays.get(name)
    if (array === undefined) {
      array = new Map()
      this.arrays.set(name, array)
    }
    return array
  }

  private key(index: readonly AwkExpression[]): string {
    return index.map((one) => toText(this.value(one))).join(this.text('SUBSEP'))
  }

  private print(args: readonly AwkExpression[]): void {
    const texts =
      args.length === 0 ? [this.fields[0] ?? ''] : args.map((one) => toText(this.value(one)))
    this.context.out(texts.join(this.text('OFS')) + this.text('ORS'))
  }

  private loop(test: () => boolean, body: () => void): void {
    while (test()) {
      this.context.step()
      try {
        body()
      } catch (signal) {
        if (!(signal instanceof LoopEnd)) throw signal
        if (signal.stops) return
      }
    }
  }

  private statement(statement: AwkStatement): void {
    switch (statement.kind) {
      case 'block':
        for (const one of statement.body) this.statement(one)
        return
      case 'print':
        this.print(statement.args)
        return
      case 'printf': {
        const [format, ...args] = statement.args.map((one) => this.value(one))
        this.context.out(formatAwk(toText(format ?? ''), args))
        return
      }
      case 'if':
        if (truth(this.value(statement.test))) this.statement(statement.yes)
        else if (statement.no !== null) this.statement(statement.no)
        return
      case 'while':
        this.loop(
          () => truth(this.value(statement.test)),
          () => this.statement(statement.body),
        )
        return
      case 'for': {
        const { start, test, step, body } = statement
        if (start !== null) this.statement(start)
        this.loop(
          () => test === null || truth(this.value(test)),
          () => {
            try {
              this.statement(body)
            } catch (signal) {
              if (!(signal instanceof LoopEnd) || signal.stops) throw signal
            }
            if (step !== null) this.statement(step)
          },
        )
        return
      }
      case 'each': {
        const keys = [...this.array(statement.array).keys()]
        this.loop(
          () => keys.length > 0,
          () => {
            this.variables.set(statement.name, keys.shift() ?? '')
            this.statement(statement.body)
          },
        )
        return
      }
      case 'delete':
        if (statement.index === null) this.array(statement.name).clear()
        else this.array(statement.name).delete(this.key(statement.index))
        return
      case 'next':
        throw new NextRecord('next')
      case 'break':
      case 'continue':
        throw new LoopEnd(statement.kind === 'break')
      case 'exit':
        throw new ExitAwk(statement.code === null ? 0 : toNumber(this.value(statement.code)) & 0xff)
      default:
        this.value(statement.expression)
    }
  }

  private store(target: AwkExpression, value: AwkValue): AwkValue {
    if (target.kind === 'variable') {
      this.variables.set(target.name, value)
      if (target.name === 'NF') {
        const count = Math.max(0, Math.min(10_000, toNumber(value)))
        while (this.fields.length <= count) this.fields.push('')
        this.fields.length = count + 1
        this.rebuild()
      }
    } else if (target.kind === 'element') this.array(target.name).set(this.key(target.index), value)
    else if (target.kind === 'field')
      this.setField(toNumber(this.value(target.index)), toText(value))
    return value
  }

  private value(expression: AwkExpression): AwkValue {
    switch (expression.kind) {
      case 'number':
        return expression.value
      case 'string':
        return expression.text
      case 'regex':
        return this.regex(expression.text).exec(this.fields[0] ?? '') === null ? 0 : 1
      case 'variable':
        return this.variables.get(expression.name) ?? ''
      case 'element': {
        const array = this.array(expression.name)
        const key = this.key(expression.index)
        if (!array.has(key)) array.set(key, '')
        return array.get(key) ?? ''
      }
      case 'field': {
        const index = toNumber(this.value(expression.index))
        if (index < 0) throw new AwkFault(`access to field ${index}`)
        return this.fields[Math.trunc(index)] ?? ''
      }
      case 'unary': {
        const value = this.value(expression.operand)
        if (expression.operator === '!') return truth(value) ? 0 : 1
        return expression.operator === '-' ? -toNumber(value) : toNumber(value)
      }
      case 'step': {
        const old = toNumber(this.value(expression.target))
        const next = old + (expression.operator === '++' ? 1 : -1)
        this.store(expression.target, next)
        return expression.prefix ? next : old
      }
      case 'in':
        return this.array(expression.name).has(toText(this.value(expression.index))) ? 1 : 0
      case 'assign': {
        const value = this.value(expression.value)
        if (expression.operator === '') return this.store(expression.target, value)
        return this.store(
          expression.target,
          calculate(expression.operator, toNumber(this.value(expression.target)), toNumber(value)),
        )
      }
      case 'choice':
        return this.value(truth(this.value(expression.test)) ? expression.yes : expression.no)
      case 'call':
        return this.call(expression.name, expression.args)
      default:
        return this.binary(expression.operator, expression.left, expression.right)
    }
  }

  private pattern(expression: AwkExpression | undefined): Regex {
    if (expression?.kind === 'regex') return this.regex(expression.text)
    return this.regex(expression === undefined ? '' : toText(this.value(expression)))
  }

  private binary(operator: string, left: AwkExpression, right: AwkExpression): AwkValue {
    if (operator === '&&') return truth(this.value(left)) && truth(this.value(right)) ? 1 : 0
    if (operator === '||') return truth(this.value(left)) || truth(this.value(right)) ? 1 : 0
    if (operator === '~' || operator === '!~') {
      const found = this.pattern(right).exec(toText(this.value(left))) !== null
      return found === (operator === '~') ? 1 : 0
    }
    const [a, b] = [this.value(left), this.value(right)]
    if (operator === ' ') {
      const joined = toText(a) + toText(b)
      if (joined.length > longestText) throw new AwkFault('out of memory')
      return joined
    }
    if (!['<', '<=', '==', '!=', '>', '>='].includes(operator))
      return calculate(operator, toNumber(a), toNumber(b))
    const isNumber = (value: AwkValue, from: AwkExpression): boolean =>
      typeof value === 'number' || (from.kind !== 'string' && (looksNumeric(value) || value === ''))
    const order =
      isNumber(a, left) && isNumber(b, right)
        ? toNumber(a) - toNumber(b)
        : compareTexts(toText(a), toText(b))
    const results: Record<string, boolean> = {
      '<': order < 0,
      '<=': order <= 0,
      '==': order === 0,
      '!=': order !== 0,
      '>': order > 0,
      '>=': order >= 0,
    }
    return results[operator] ? 1 : 0
  }

  private replace(args: readonly AwkExpression[], all: boolean): number {
    const [source, by, given] = args
    const target: AwkExpression = given ?? { kind: 'field', index: { kind: 'number', value: 0 } }
    const text = toText(this.value(target))
    const replacement = by === undefined ? '' : toText(this.value(by))
    const regex = this.pattern(source)
    let [result, at, count] = ['', 0, 0]
    while (at <= text.length) {
      const match = regex.exec(text, at)
      if (match === null) break
      count += 1
      const inserted = replacement.replace(/\\&|&/g, (one) =>
        one === '&' ? (match.groups[0] ?? '') : '&',
      )
      result += text.slice(at, match.start) + inserted
      if (match.end === match.start) result += text[match.end] ?? ''
      at = match.end === match.start ? match.end + 1 : match.end
      if (!all) break
    }
    if (count > 0) this.store(target, result + text.slice(at))
    return count
  }

  private call(name: string, args: readonly AwkExpression[]): AwkValue {
    const text = (i: number): string => (args[i] === undefined ? '' : toText(this.value(args[i])))
    const number = (i: number): number =>
      args[i] === undefined ? 0 : toNumber(this.value(args[i]))
    switch (name) {
      case 'length': {
        const [only] = args
        if (only?.kind === 'variable' && this.arrays.has(only.name))
          return this.array(only.name).size
        return args.length === 0 ? (this.fields[0] ?? '').length : text(0).length
      }
      case 'substr': {
        const from = Math.round(number(1))
        const to = args[2] === undefined ? Number.POSITIVE_INFINITY : from + Math.round(number(2))
        return text(0).slice(Math.max(0, from - 1), Math.max(0, to - 1))
      }
      case 'index':
        return text(0).indexOf(text(1)) + 1
      case 'split': {
        const target = args[1]
        if (target?.kind !== 'variable') throw new AwkFault('split: not an array')
        const separator =
          args[2]?.kind === 'regex'
            ? args[2].text
            : args[2] === undefined
              ? this.text('FS')
              : text(2)
        const parts = this.split(text(0), separator)
        this.arrays.set(target.name, new Map(parts.map((part, i) => [String(i + 1), part])))
        return parts.length
      }
      case 'sub':
        return this.replace(args, false)
      case 'gsub':
        return this.replace(args, true)
      case 'match': {
        const found = this.pattern(args[1]).exec(text(0))
        this.variables.set('RSTART', found === null ? 0 : found.start + 1)
        this.variables.set('RLENGTH', found === null ? -1 : found.end - found.start)
        return found === null ? 0 : found.start + 1
      }
      case 'toupper':
        return text(0).toUpperCase()
      case 'tolower':
        return text(0).toLowerCase()
      case 'sprintf':
        return formatAwk(
          text(0),
          args.slice(1).map((one) => this.value(one)),
        )
      case 'int':
        return Math.trunc(number(0))
      case 'sqrt':
        return Math.sqrt(number(0))
      default:
        throw new AwkFault(`${name}(): not simulated in Driftwood`)
    }
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const calculate = (operator: string, a: number, b: number): number => {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '^':
      return a ** b
    default:
      if (b === 0) throw new AwkFault('division by zero')
      return operator === '/' ? a / b : a % b
  }
}
