import type { InternalProgram } from '../machine.ts'
import { compileRegex } from './regex.ts'
import { complain } from './support.ts'

class ExprFault extends Error {}

const evaluate = (args: readonly string[]): string => {
  let at = 0
  let depth = 0
  const levels = [
    ['|'],
    ['&'],
    ['=', '==', '!=', '<', '<=', '>', '>='],
    ['+', '-'],
    ['*', '/', '%'],
    [':'],
  ]
  const number = (text: string): number => {
    if (!/^-?\d+$/.test(text)) throw new ExprFault('non-numeric argument')
    return Number(text)
  }
  const truth = (text: string): boolean => text !== '' && text !== '0'
  const atom = (): string => {
    const token = args[at]
    if (token === undefined) throw new ExprFault('syntax error')
    at += 1
    depth += 1
    if (depth > 200) throw new ExprFault('syntax error')
    if (token === '(') {
      const value = level(0)
      if (args[at] !== ')') throw new ExprFault('syntax error')
      at += 1
      return value
    }
    if (token === 'length') return String([...atom()].length)
    if (token === 'substr') {
      const [text, from, length] = [atom(), Number(atom()), Number(atom())]
      return text.slice(from - 1, from - 1 + length)
    }
    if (token === 'index') {
      const [text, chars] = [atom(), atom()]
      return String([...text].findIndex((char) => chars.includes(char)) + 1)
    }
    return token
  }
  const combine = (operator: string, a: string, b: string): string => {
    const numeric = /^-?\d+$/.test(a) && /^-?\d+$/.test(b)
    const order = numeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0
    switch (operator) {
      case '|':
        return truth(a) ? a : truth(b) ? b : '0'
      case '&':
        return truth(a) && truth(b) ? a : '0'
      case '=':
      case '==':
        return order === 0 ? '1' : '0'
      case '!=':
        return order !== 0 ? '1' : '0'
      case '<':
        return order < 0 ? '1' : '0'
      case '<=':
        return order <= 0 ? '1' : '0'
      case '>':
        return order > 0 ? '1' : '0'
      case '>=':
        return order >= 0 ? '1' : '0'
      case '+':
        return String(number(a) + number(b))
      case '-':
        return String(number(a) - number(b))
      case '*':
        return String(number(a) * number(b))
      case ':': {
        const regex = compileRegex(`^${b.replace(/^\^/, '')}`)
        if (regex === null) throw new ExprFault(`bad regex '${b}'`)
        const match = regex.exec(a)
        if (regex.groups > 0) return match?.groups[1] ?? ''
        return String(match === null ? 0 : match.end)
      }
      default: {
        const divisor = number(b)
        if (divisor === 0) throw new ExprFault('division by zero')
        return String(operator === '/' ? Math.trunc(number(a) / divisor) : number(a) % divisor)
      }
    }
  }
  const level = (i: number): string => {
    const operators = levels[i]
    if (operators === undefined) return atom()
    let left = level(i + 1)
    while (operators.includes(args[at] ?? '')) {
      const operator = args[at] as string
      at += 1
      left = combine(operator, left, level(i + 1))
    }
    return left
  }
  const value = level(0)
  if (at < args.length) throw new ExprFault('syntax error')
  return value
}

export const expr: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  if (args.length === 0) {
    complain(context, 'too few arguments')
    return 2
  }
  try {
    const value = evaluate(args)
    context.out(`${value}\n`)
    return value === '' || value === '0' ? 1 : 0
  } catch (fault) {
    if (!(fault instanceof ExprFault)) throw fault
    complain(context, fault.message)
    return 2
  }
}
