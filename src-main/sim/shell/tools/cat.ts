import { errnoText } from '../../errno.ts'
import type { InternalProgram } from '../machine.ts'
import { complain, isGnu, linesOf, readInput, readOptions, textOf } from './support.ts'

const visible = (char: string): string => {
  const code = char.charCodeAt(0)
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : char
}

/** cat. Moves content whole: its cost does not follow the size. */
export const cat: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'nbAevtETu' })
  if (options === null) return 1
  let code = 0
  let number = 0
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    const input = readInput(context, path)
    if (!input.ok) {
      const reason = errnoText[input.errno]
      if (isGnu(context)) complain(context, `${path}: ${reason}`)
      else
        complain(
          context,
          input.stage === 'open' ? `can't open '${path}': ${reason}` : `read error: ${reason}`,
        )
      code = 1
      continue
    }
    const ends = ['A', 'e', 'E'].some((one) => options.has(one))
    if (!ends && !options.has('n') && !options.has('b')) {
      context.out(input.content)
      continue
    }
    const text = textOf(input.content)
    const lines = linesOf(text)
    for (const [i, line] of lines.entries()) {
      const cut = i === lines.length - 1 && !text.endsWith('\n')
      const counted = options.has('n') || (options.has('b') && line !== '')
      if (counted) number += 1
      const head = counted ? `${String(number).padStart(6)}\t` : ''
      const shown = options.has('A') ? [...line].map(visible).join('') : line
      context.out(`${head}${shown}${cut ? '' : ends ? '$\n' : '\n'}`)
    }
  }
  return code
}
