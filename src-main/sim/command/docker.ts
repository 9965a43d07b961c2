import type { Engine } from '../docker/engine.ts'
import { engineCosts } from '../docker/engine.ts'
import type { Program } from '../shell/program.ts'
import { composeProgram } from './composeCommands.ts'
import { containerCommands } from './containerCommands.ts'
import { copyCommands } from './copyCommands.ts'
import { imageCommands } from './imageCommands.ts'
import type { Client } from './output.ts'
import { pruneCommands } from './pruneCommands.ts'
import { type Command, runCommand } from './resolve.ts'
import { createCommand, execCommand, runCommandEntry } from './runCommands.ts'
import { systemCommands } from './systemCommands.ts'
import { volumeCommands } from './volumeCommands.ts'

/** Every docker command that is simulated. */
export const commands: readonly Command[] = [
  runCommandEntry,
  createCommand,
  execCommand,
  ...containerCommands,
  ...copyCommands,
  ...imageCommands,
  ...volumeCommands,
  ...pruneCommands,
  ...systemCommands,
]

const byPath: ReadonlyMap<string, Command> = new Map(
  commands.flatMap((command) =>
    [command.path, ...(command.aliases ?? [])].map((path) => [path, command] as const),
  ),
)

/** Words that group commands: `docker volume ls`. */
export const groups: ReadonlySet<string> = new Set([
  'container',
  'image',
  'volume',
  'network',
  'system',
  'builder',
  'buildx',
])

const elsewhere = new Set(
  'attach port stats top update export import load save login logout pull push search swarm node service stack secret config plugin context manifest trust events checkpoint scout init ai model mcp sandbox debug extension feedback offload'.split(
    ' ',
  ),
)

const topHelp = (): string => {
  const lines = commands
    .map(({ path, aliases, summary }) => [aliases?.[0] ?? path, summary] as const)
    .map(([path, summary]) => `  ${path.padEnd(18)} ${summary}\n`)
  return `Usage:  docker [OPTIONS] COMMAND\n\nThe commands that Driftwood simulates:\n\n${lines.join('')}  ${'compose'.padEnd(18)} Run what a compose file describes\n\nRun 'docker COMMAND --help' for more information on a command.\n`
}

const groupHelp = (group: string): string => {
  const lines = commands
    .filter(({ path }) => path.startsWith(`${group} `))
    .map(({ path, summary }) => `  ${path.slice(group.length + 1).padEnd(12)} ${summary}\n`)
  return `Usage:  docker ${group} COMMAND\n\nCommands:\n${lines.join('')}\nRun 'docker ${group} COMMAND --help' for more information on a command.\n`
}

/** The usage line in errors; of the groups only this one names a command in it. */
const groupUsage = (group: string): string =>
  `Usage:  docker ${group}${group === 'volume' ? ' COMMAND' : ''}\n`

const unknownFlag = (word: string): string =>
  word.startsWith('--')
    ? `unknown flag: ${word.split('=')[0]}`
    : `unknown shorthand flag: '${word[1]}' in ${word}`

const unknown = (client: Client, words: string, group = ''): number => {
  const usage = group === '' ? '' : `${groupUsage(group.trim())}\n`
  client.err(
    `docker: unknown command: docker ${words}\n\n${usage}Run 'docker ${group}--help' for more information\n`,
  )
  return 1
}

/** Runs the words after `docker`. Gives the exit code. */
export const runDocker = (client: Client, args: readonly string[]): number => {
  const [first = '', second = ''] = args
  if (first === '' || first === 'help' || first === '--help' || first === '-h') {
    client.out(topHelp())
    return 0
  }
  if (first === '--version' || first === '-v') {
    client.out('Docker version 28.5.2, build driftwood\n')
    return 0
  }
  if (first === 'compose') return composeProgram(client, args.slice(1))
  if (first.startsWith('-')) {
    const isKnown = /^(-H|--host|-c|--context|--config|-D|--debug|-l|--log-level|--tls)/.test(first)
    client.err(
      isKnown
        ? `not simulated in Driftwood: docker ${first}\n`
        : `${unknownFlag(first)}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n`,
    )
    return 125
  }
  if (groups.has(first)) {
    if (second === '' || second === '--help' || second === 'help') {
      if (second === '') client.err(groupHelp(first))
      else client.out(groupHelp(first))
      return 0
    }
    const command = byPath.get(`${first} ${second}`)
    if (command !== undefined) {
      // Another name for a command of the same group shows the command's own.
      const path = command.path.startsWith(`${first} `) ? command.path : `${first} ${second}`
      return runCommand(client, command, path, args.slice(2))
    }
    if (second.startsWith('-')) {
      client.err(
        `${unknownFlag(second)}\n\n${groupUsage(first)}\nRun 'docker ${first} --help' for more information\n`,
      )
      return 125
    }
    if (/^[a-z-]+$/.test(second) && realSubcommands.has(`${first} ${second}`)) {
      client.err(`not simulated in Driftwood: docker ${first} ${second}\n`)
      return 1
    }
    return unknown(client, `${first} ${second}`, `${first} `)
  }
  const command = byPath.get(first)
  if (command !== undefined) return runCommand(client, command, first, args.slice(1))
  if (elsewhere.has(first)) {
    client.err(`not simulated in Driftwood: docker ${first}\n`)
    return 1
  }
  return unknown(client, first)
}

const realSubcommands = new Set(
  'container attach|container port|container stats|container top|container update|image import|image load|image pull|image push|image save|volume update|network create|network rm|network connect|network disconnect|network prune|system events|system dial-stdio|builder build|buildx ls|buildx use|buildx create|buildx du|buildx inspect|buildx bake|buildx imagetools|buildx rm|buildx stop|buildx version'.split(
    '|',
  ),
)

/** What one command counts in the budget of the line that typed it. */
const stepsOfCommand = 100

/** `docker` as a program on the host, working on this engine. `after` runs when it has finished. */
export const dockerProgram =
  (engine: Engine, after: () => void): Program =>
  (context) => {
    engine.kernel.spend(engineCosts.client)
    const client: Client = {
      engine,
      sys: context.sys,
      cwd: context.sys.task.cwd,
      env: context.env,
      stdin: () => context.stdin,
      out: (text) => context.out(text),
      err: (text) => context.err(text),
    }
    const before = engine.processSteps
    const exit = runDocker(client, context.argv.slice(1))
    after()
    context.step(stepsOfCommand + engine.processSteps - before)
    return exit
  }
