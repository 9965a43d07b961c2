import { findExecutable } from '../findExecutable.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { complain, isGnu, lastPart, linesOf, readOptions, textOf, usage } from './support.ts'
import { sleepMs } from './timeTools.ts'

export const env: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'iu:0',
    long: { 'ignore-environment': 'i', unset: 'u' },
    stopEarly: true,
  })
  if (options === null) return 125
  const variables = options.has('i') ? new Map<string, string>() : new Map(context.env)
  for (const name of options.values('u')) variables.delete(name)
  const rest = [...options.operands]
  while (/^[^=]+=/.test(rest[0] ?? '')) {
    const [name = '', value = ''] = (rest.shift() as string).split(/=(.*)/s)
    variables.set(name, value)
  }
  if (rest.length === 0) {
    for (const [name, value] of variables) context.out(`${name}=${value}\n`)
    return 0
  }
  return passOn(context, rest, variables)
}

/** Runs another program in this one's place, with its input and output. */
const passOn = (
  context: ProcessContext,
  argv: readonly string[],
  variables?: ReadonlyMap<string, string>,
): number => {
  const search = {
    machine: context.proc.machine,
    sys: context.sys,
    path: (variables ?? context.env).get('PATH'),
  }
  const known = context.proc.machine.extraPrograms.has(argv[0] ?? '') || isGnu(context)
  const found = findExecutable(search, argv[0] ?? '')
  if (typeof found === 'string' && !known) {
    const reason = found === 'not-found' ? 'No such file or directory' : 'Permission denied'
    complain(context, `can't execute '${argv[0]}': ${reason}`)
    return found === 'not-found' ? 127 : 126
  }
  const result = context.run({
    argv,
    stdin: context.stdin,
    ...(variables === undefined ? {} : { env: variables }),
  })
  context.out(result.stdout)
  context.err(result.stderr)
  return result.code
}

/** nohup, nice, time and their like: run what follows. */
export const runRest: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'pn:', stopEarly: true })
  if (options === null) return 1
  return options.operands.length === 0
    ? usage(context, 'PROG ARGS')
    : passOn(context, options.operands)
}

export const timeout: InternalProgram = (context) => {
  const options = readOptions(context, { short: 's:k:', stopEarly: true })
  if (options === null) return 1
  const [limitText, ...argv] = options.operands
  const limit = sleepMs(limitText ?? '')
  if (limit === null || argv.length === 0) return usage(context, '[-s SIG] SECS PROG ARGS')
  const asleep = lastPart(argv[0] as string) === 'sleep' ? sleepMs(argv[1] ?? '') : null
  if (asleep !== null && asleep > limit) {
    context.kernel.spend(limit)
    if (!isGnu(context)) context.err('Terminated\n')
    return isGnu(context) ? 124 : 143
  }
  return passOn(context, argv)
}

export const printenv: InternalProgram = (context) => {
  const names = context.argv.slice(1)
  if (names.length === 0) for (const [name, value] of context.env) context.out(`${name}=${value}\n`)
  let code = 0
  for (const name of names) {
    const value = context.env.get(name)
    if (value === undefined) code = 1
    else context.out(`${value}\n`)
  }
  return code
}

const words = (text: string): readonly string[] => {
  const found: string[] = []
  const matches = text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)
  for (const [word] of matches)
    found.push(word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, a, b, c) => a ?? b ?? c ?? ''))
  return found
}

export const xargs: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'prt0n:I:s:xP:L:d:',
    long: { null: '0', 'no-run-if-empty': 'r' },
    stopEarly: true,
  })
  if (options === null) return 1
  const input = textOf(context.stdin)
  const place = options.value('I')
  const separator = options.value('d')
  const items = options.has('0')
    ? input.split('\0').filter(Boolean)
    : separator !== null
      ? input.split(separator === '\\n' ? '\n' : separator).filter(Boolean)
      : place !== null || options.has('L')
        ? linesOf(input)
            .map((line) => line.trim())
            .filter(Boolean)
        : words(input)
  const command = options.operands.length === 0 ? ['echo'] : options.operands
  const size = place !== null ? 1 : Number(options.value('n') ?? options.value('L') ?? 5000)
  if (items.length === 0 && (options.has('r') || place !== null)) return 0
  let code = 0
  for (let at = 0; at === 0 || at < items.length; at += Math.max(1, size)) {
    context.step()
    const batch = items.slice(at, at + Math.max(1, size))
    const argv =
      place === null
        ? [...command, ...batch]
        : command.map((arg) => arg.replaceAll(place, batch[0] ?? ''))
    if (options.has('t')) context.err(`${argv.join(' ')}\n`)
    const result = context.run({ argv })
    context.out(result.stdout)
    context.err(result.stderr)
    if (result.code === 127 && result.stderr.size === 0) {
      complain(context, `${argv[0]}: No such file or directory`)
      return 127
    }
    if (result.code !== 0) code = 123
  }
  return code
}

export const which: InternalProgram = (context) => {
  let code = 0
  for (const name of context.argv.slice(1)) {
    const found = findExecutable(
      { machine: context.proc.machine, sys: context.sys, path: context.env.get('PATH') },
      name,
    )
    if (typeof found !== 'string') context.out(`${found.path}\n`)
    else if (context.proc.machine.extraPrograms.has(name)) context.out(`/usr/bin/${name}\n`)
    else code = 1
  }
  return code
}
