import { type ComposeClient, projectFlags } from './compose/composeContext.ts'
import type { ComposeCommand } from './compose/composeTable.ts'
import { configCommand } from './compose/config.ts'
import { downCommand } from './compose/down.ts'
import { listCommands } from './compose/lists.ts'
import { logsCommand } from './compose/logs.ts'
import { runCommands } from './compose/run.ts'
import { stateCommands } from './compose/states.ts'
import { createCommand, upCommand } from './compose/up.ts'
import { parseFlags } from './flags.ts'
import type { Client } from './output.ts'
import { type Command, runCommand } from './resolve.ts'

/** Every command of Compose that is simulated. */
export const composeCommands: readonly ComposeCommand[] = [
  upCommand,
  downCommand,
  createCommand,
  configCommand,
  logsCommand,
  ...listCommands,
  ...runCommands,
  ...stateCommands,
]

const byName: ReadonlyMap<string, ComposeCommand> = new Map(
  composeCommands.flatMap((command) =>
    [command.path, ...(command.aliases ?? [])].map(
      (path) => [path.replace(/^compose /, ''), command] as const,
    ),
  ),
)

const elsewhere = new Set(
  'alpha attach bridge commit cp events export port publish pull push scale stats top viz watch'.split(
    ' ',
  ),
)

const helpText = (): string => {
  const lines = composeCommands.map(
    ({ path, summary }) => `  ${path.replace(/^compose /, '').padEnd(10)} ${summary}\n`,
  )
  return `Usage:  docker compose [OPTIONS] COMMAND\n\nRun what a compose file describes\n\nOptions:\n  -f, --file string\n  -p, --project-name string\n      --project-directory string\n      --env-file string\n      --profile string\n\nCommands:\n${lines.join('')}\nRun 'docker compose COMMAND --help' for more information on a command.\n`
}

/** `docker compose …`: options of the project, then a command with its own. */
export const composeProgram = (client: Client, args: readonly string[]): number => {
  const read = parseFlags(projectFlags, args, false)
  if (!read.ok) {
    if (read.kind === 'help') {
      client.out(helpText())
      return 0
    }
    client.err(`${read.message}\n`)
    return 1
  }
  const [name = '', ...rest] = read.parsed.words
  if (name === '' || name === 'help') {
    client.out(helpText())
    return 0
  }
  const command = byName.get(name)
  if (command === undefined) {
    client.err(
      elsewhere.has(name)
        ? `not simulated in Driftwood: docker compose ${name}\n`
        : `unknown docker command: ${JSON.stringify(`compose ${name}`)}\n`,
    )
    return 1
  }
  const compose: ComposeClient = { ...client, options: read.parsed }
  const plain: Command = {
    ...command,
    run: (_client, parsed) => command.run(compose, parsed),
  }
  return runCommand(compose, plain, `compose ${name}`, rest)
}
