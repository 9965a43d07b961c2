import type { InternalProgram, ProcessContext } from '../machine.ts'
import { AwkFault, type AwkRule, parseAwk } from './awkParse.ts'
import { AwkRun, ExitAwk } from './awkRun.ts'
import {
  complain,
  complainOf,
  isGnu,
  linesOf,
  readInput,
  readOptions,
  textOf,
  usage,
} from './support.ts'

const feed = (
  context: ProcessContext,
  run: AwkRun,
  rules: readonly AwkRule[],
  paths: readonly string[],
): number => {
  let code = 0
  const inputs = paths.filter((path) => {
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(path)
    if (assignment !== null) run.assign(assignment[1] ?? '', assignment[2] ?? '')
    return assignment === null
  })
  for (const path of inputs.length === 0 ? ['-'] : inputs) {
    const input = readInput(context, path)
    if (!input.ok) {
      complainOf(context, path, input.errno)
      code = isGnu(context) ? 2 : 1
      continue
    }
    run.startFile(path)
    for (const line of linesOf(textOf(input.content))) {
      context.step()
      run.record(line, rules)
    }
  }
  return code
}

/** awk: patterns, actions, fields, arrays and the usual functions; no getline, no pipes. */
export const awk: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'F:v:f:', stopEarly: true })
  if (options === null) return 1
  const operands = [...options.operands]
  let program = ''
  for (const path of options.values('f')) {
    const input = readInput(context, path)
    if (!input.ok) {
      complainOf(context, path, input.errno)
      return 2
    }
    program += textOf(input.content)
  }
  if (!options.has('f')) {
    const first = operands.shift()
    if (first === undefined) return usage(context, "[-F SEP] [-v VAR=VAL]... 'PROGRAM' [FILE]...")
    program = first
  }
  try {
    const rules = parseAwk(program)
    const run = new AwkRun(context)
    const separator = options.value('F')
    if (separator !== null) run.assign('FS', separator === 't' ? '\t' : separator)
    for (const one of options.values('v')) {
      const [name = '', value = ''] = one.split(/=(.*)/s)
      run.assign(name, value)
    }
    return runRules(context, run, rules, operands)
  } catch (fault) {
    if (!(fault instanceof AwkFault)) throw fault
    complain(context, `cmd. line:1: ${fault.message}`)
    return 2
  }
}

const runRules = (
  context: ProcessContext,
  run: AwkRun,
  rules: readonly AwkRule[],
  operands: readonly string[],
): number => {
  let code = 0
  try {
    run.special(rules, 'BEGIN')
    const reads = rules.some(({ when }) => when !== 'BEGIN')
    if (reads) code = feed(context, run, rules, operands)
  } catch (signal) {
    if (!(signal instanceof ExitAwk)) throw signal
    code = signal.code
  }
  try {
    run.special(rules, 'END')
  } catch (signal) {
    if (!(signal instanceof ExitAwk)) throw signal
    code = signal.code
  }
  return code
}
