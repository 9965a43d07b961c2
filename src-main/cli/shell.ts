import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { apply } from '../sim/apply.ts'
import { complete } from '../sim/complete.ts'
import type { World } from '../sim/world.ts'
import type { CommandIo } from './commandIo.ts'
import { readyWorld, readyWorldNames } from './readyWorld.ts'
import { differencesOf } from './transcript/compareLines.ts'
import { runTranscript, TranscriptProblem } from './transcript/runTranscript.ts'
import { type Transcript, type TypedLine, transcriptSchema } from './transcript/transcript.ts'

const exitHeld = 0
const exitDiffers = 1
const exitBadInput = 2

interface ShellOptions {
  readonly transcripts: readonly string[]
  readonly check: boolean
  readonly json: boolean
  readonly world: string
}

/**
 * `driftwood shell --transcript FILE … [--check]` replays Docker transcripts;
 * `driftwood shell [--world NAME] [--json]` is a prompt on a simulated host. Gives the exit code: 0
 * held, 1 differs, 2 bad input.
 */
export const shell = async (args: readonly string[], io: CommandIo): Promise<number> => {
  const options = readOptions(args)
  if (typeof options === 'string') {
    io.error(`shell: ${options}\n`)
    return exitBadInput
  }
  if (options.transcripts.length > 0) return replayTranscripts(options, io)
  const world = readyWorld(options.world)
  if (world === null) {
    io.error(
      `shell: --world: expected one of ${readyWorldNames.join(', ')}, found ${options.world}\n`,
    )
    return exitBadInput
  }
  await prompt(world, options.json, io)
  return exitHeld
}

const readOptions = (args: readonly string[]): ShellOptions | string => {
  const transcripts: string[] = []
  let [check, json, world] = [false, false, 'driftwood']
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] as string
    if (arg === '--check') check = true
    else if (arg === '--json') json = true
    else if (arg === '--transcript' || arg === '--world') {
      const value = args[i + 1]
      if (value === undefined) return `${arg}: expected a value, found the end of the line`
      i += 1
      if (arg === '--world') world = value
      else transcripts.push(value)
    } else if (transcripts.length > 0 && !arg.startsWith('-')) transcripts.push(arg)
    else return `expected --transcript, --check, --world or --json, found ${arg}`
  }
  return { transcripts, check, json, world }
}

const replayTranscripts = async (options: ShellOptions, io: CommandIo): Promise<number> => {
  let exit = exitHeld
  for (const file of options.transcripts) {
    const transcript = await readTranscript(file)
    if (typeof transcript === 'string') {
      io.error(`${transcript}\n`)
      return exitBadInput
    }
    let lines: readonly TypedLine[]
    try {
      lines = runTranscript(transcript)
    } catch (cause) {
      if (!(cause instanceof TranscriptProblem)) throw cause
      io.error(`${file}: ${cause.message}\n`)
      return exitBadInput
    }
    if (!options.check) {
      for (const line of lines) io.write(`${JSON.stringify(line)}\n`)
      continue
    }
    lines.forEach((line, index) => {
      for (const difference of differencesOf(transcript.steps[index] ?? {}, line)) {
        io.write(`${file}: steps.${index}: ${line.cmd}: ${difference}\n`)
        exit = exitDiffers
      }
    })
  }
  return exit
}

const readTranscript = async (file: string): Promise<Transcript | string> => {
  let source: string
  try {
    source = await readFile(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    return `${file}: expected a readable file (${code})`
  }
  let data: unknown
  try {
    data = JSON.parse(source)
  } catch (error) {
    return `${file}: expected JSON (${(error as Error).message})`
  }
  const parsed = transcriptSchema.safeParse(data)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return `${file}: ${issue?.path.map(String).join('.') || 'file'}: expected a transcript (${issue?.message})`
}

/**
 * Reads lines until the end of input or `exit`; the world is dropped afterwards. At a terminal it
 * has history and completion, and Ctrl-C leaves the line, as at any prompt.
 */
const prompt = async (start: World, json: boolean, io: CommandIo): Promise<void> => {
  let world = start
  const terminal = io.stdin.isTTY === true && !json
  const lines = createInterface({
    input: io.stdin,
    ...(terminal ? { output: process.stdout, prompt: '$ ' } : {}),
    terminal,
    completer: (text: string): [string[], string] => {
      const { from, candidates } = complete(world, text, text.length)
      return [[...candidates], text.slice(from)]
    },
  })
  lines.on('SIGINT', () => {
    lines.write(null, { ctrl: true, name: 'e' })
    lines.write(null, { ctrl: true, name: 'u' })
  })
  if (terminal) lines.prompt()
  for await (const line of lines) {
    if (line.trim() === 'exit') break
    const { world: next, stdout, stderr, exit } = apply(world, line)
    world = next
    if (json) io.write(`${JSON.stringify({ cmd: line, stdout, stderr, exit })}\n`)
    else {
      if (stdout !== '') io.write(stdout)
      if (stderr !== '') io.error(stderr)
    }
    if (terminal) lines.prompt()
  }
  lines.close()
}
