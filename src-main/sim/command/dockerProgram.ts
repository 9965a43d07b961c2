import type { Engine } from '../docker/engine.ts'
import type { Program } from '../shell/program.ts'
import { containerCommands } from './containerCommands.ts'
import { imageCommands } from './imageCommands.ts'
import type { Client } from './output.ts'
import { type Command, runCommand } from './resolve.ts'
import { createCommand, execCommand, runCommandEntry } from './runCommands.ts'
import { systemCommands } from './systemCommands.ts'
import { volumeCommands } from './volumeCommands.ts'

/** Every docker command that is simulated. */
export const dockerCommands: readonly Command[] = [
  runCommandEntry,
  createCommand,
  execCommand,
  ...containerCommands,
  ...imageCommands,
  ...volumeCommands,
  ...systemCommands,
]

const byPath = new Map(
  dockerCommands.flatMap((command) =>
    [command.path, ...(command.aliases ?? [])].map((path) => [path, command] as const),
  ),
)

/** The docker client as a program of the host. What it lacks it says, and exits with 1. */
export const dockerProgram =
  (engine: Engine): Program =>
  (context) => {
    const words = context.argv.slice(1)
    const length = byPath.has(words.slice(0, 2).join(' ')) ? 2 : 1
    const path = words.slice(0, length).join(' ')
    const command = byPath.get(path)
    if (command === undefined) {
      context.err(`not simulated in Driftwood: docker ${words.slice(0, 2).join(' ')}\n`)
      return 1
    }
    const client: Client = {
      engine,
      sys: context.sys,
      cwd: context.sys.task.cwd,
      env: context.env,
      stdin: () => context.stdin,
      out: (text) => context.out(text),
      err: (text) => context.err(text),
    }
    return runCommand(client, command, path, words.slice(length))
  }
