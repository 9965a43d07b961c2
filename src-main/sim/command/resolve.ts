import { emptyContent } from '../tree/content.ts'
import { type Flag, type Parsed, parseFlags } from './flags.ts'
import type { Client } from './output.ts'

/** One docker command: its options, how many words it takes, and what it does. */
export interface Command {
  /** Words after `docker`: `container ls`. */
  readonly path: string
  /** Other paths for the same command: `ps`. */
  readonly aliases?: readonly string[]
  /** What follows the path in the usage line. */
  readonly usage: string
  /** What it does, in one line of our own words. */
  readonly summary: string
  readonly flags: readonly Flag[]
  readonly min: number
  readonly max: number
  readonly interspersed?: boolean
  /** Exit code when options are wrong. */
  readonly run: (client: Client, parsed: Parsed, path: string) => number
}

const plural = (count: number): string => (count === 1 ? 'argument' : 'arguments')

/** What is wrong with the number of words, in the client's words; null when it is right. */
const countProblem = (command: Command, path: string, count: number): string | null => {
  const { min, max } = command
  if (count >= min && count <= max) return null
  if (max === 0) return `docker: 'docker ${path}' accepts no arguments`
  if (min === max) return `docker: 'docker ${path}' requires ${min} ${plural(min)}`
  if (max === Number.POSITIVE_INFINITY) {
    return `docker: 'docker ${path}' requires at least ${min} ${plural(min)}`
  }
  if (min === 0) return `docker: 'docker ${path}' requires at most ${max} ${plural(max)}`
  return `docker: 'docker ${path}' requires at least ${min} and at most ${max} ${plural(max)}`
}

const usageBlock = (command: Command, path: string, verb = 'Run'): string =>
  `\nUsage:  docker ${path} ${command.usage}\n\n${verb} 'docker ${path} --help' for more information\n`

/** Reads a command's words and runs it. */
export const runCommand = (
  client: Client,
  command: Command,
  path: string,
  args: readonly string[],
): number => {
  const read = parseFlags(command.flags, args, command.interspersed ?? true)
  if (!read.ok) {
    if (read.kind === 'help') {
      client.out(helpText(command, path))
      return 0
    }
    client.err(`${read.message}\n`)
    if (read.kind === 'usage') client.err(usageBlock(command, path))
    return 125
  }
  const problem = countProblem(command, path, read.parsed.words.length)
  if (problem !== null) {
    // The client's one sentence about too few words has another verb.
    const verb = / requires at least \d+ arguments?$/.test(problem) ? 'See' : 'Run'
    client.err(`${problem}\n${usageBlock(command, path, verb)}`)
    return 1
  }
  return command.run(client, read.parsed, path)
}

const flagLine = (flag: Flag): string => {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `
  const kind = flag.type === 'bool' ? '' : ` ${flag.type}`
  return `  ${short}--${flag.name}${kind}`
}

/** `docker COMMAND --help`: usage, one sentence, the options that are simulated. */
export const helpText = (command: Omit<Command, 'run'>, path: string): string => {
  const options = command.flags.filter(({ missing }) => missing === undefined).map(flagLine)
  const list = options.length === 0 ? '' : `\nOptions:\n${options.join('\n')}\n`
  const also = command.aliases?.length
    ? `\nAliases:\n  ${[command.path, ...command.aliases].map((p) => `docker ${p}`).join(', ')}\n`
    : ''
  return `Usage:  docker ${path} ${command.usage}\n\n${command.summary}\n${also}${list}`
}

export const noInput = (): typeof emptyContent => emptyContent
