import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandIo } from './commandIo.ts'

/**
 * `npm run driftwood -- COMMAND ...`: each command is a file of its name beside this one that
 * exports a function of its name; it returns the exit code.
 */
type Command = (args: readonly string[], io: CommandIo) => number | Promise<number>

const COMMANDS: Readonly<Record<string, string>> = {
  replay: 'run overlay cases on the simulator: replay [--check] CASE.json ...',
  shell:
    'a simulated Docker host: shell [--world NAME] [--json] | --transcript FILE.json [--check]',
  levels:
    'levels list | check [--levels DIR] | coverage, each with [--json]; levels new ID, levels pack ID [--data DIR]; levels real ID FOLDER',
  play: 'play a script in a level: play LEVEL --script FILE [--json]',
  report: 'the report for instructors: report --data DIR [--format json|csv] [--table NAME]',
  pin: 'set the instructor PIN of a machine: pin --data DIR (the PIN is read from stdin)',
  merge: 'add exported progress to a data folder: merge --data DIR FILE ...',
}

const BAD_INPUT = 2
const BUG_OF_OURS = 70

const usage = (): string =>
  [
    'npm run --silent driftwood -- COMMAND ...',
    ...Object.entries(COMMANDS).map(([name, text]) => `  ${name.padEnd(8)}${text}`),
    'Exit codes: 0 held, 1 a check did not hold, 2 bad input, 70 a bug of ours.',
  ].join('\n')

async function main([name, ...args]: readonly string[]): Promise<number> {
  // better-sqlite3 crashes older versions without a message.
  if (Number(process.versions.node.split('.')[0]) < 24) {
    return refuse(`needs Node 24, this is ${process.version}: run it with "npm run driftwood"`)
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${usage()}\n`)
    return 0
  }
  if (name === undefined) return refuse(`which command?\n${usage()}`)
  const file = join(import.meta.dirname, `${name}.ts`)
  if (!Object.hasOwn(COMMANDS, name)) {
    return refuse(`${name}: expected one of ${Object.keys(COMMANDS).join(', ')}`)
  }
  if (!existsSync(file)) return refuse(`${name}: this version does not have the command yet`)
  const module = (await import(`./${name}.ts`)) as Readonly<Record<string, Command>>
  const command = module[name]
  if (command === undefined) throw new Error(`${name}.ts exports no ${name}`)
  return command(args, io)
}

const io: CommandIo = {
  stdin: process.stdin,
  write: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
}

function refuse(text: string): number {
  process.stderr.write(`driftwood: ${text}\n`)
  return BAD_INPUT
}

// A reader that has seen enough (`| head`) is no error of ours.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  process.exit(cause.code === 'EPIPE' ? 0 : BUG_OF_OURS)
})

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (cause) {
  process.stderr.write(
    `driftwood: a bug of ours: ${cause instanceof Error ? cause.stack : cause}\n`,
  )
  process.exitCode = BUG_OF_OURS
}
