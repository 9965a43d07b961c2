import { dockerProgram } from './command/docker.ts'
import { Engine, type Step as EngineStep } from './docker/engine.ts'
import { HostView, needsHostView } from './docker/hostView.ts'
import { absolutePath } from './docker/mountSpec.ts'
import { helpFor } from './help.ts'
import { hostPrograms } from './hostPrograms.ts'
import { runProcess } from './shell/runProcess.ts'
import { type Content, emptyContent, slice, toText } from './tree/content.ts'
import type { World } from './world.ts'

/** One micro-step: an event, and the immutable world right after it. */
export type Step = EngineStep

/** What a line did: the world after it, what it printed, and every micro-step on the way. */
export interface Outcome {
  readonly world: World
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly steps: readonly Step[]
}

/** Most bytes of output that are shown; what is more is left out, with a word that says so. */
const longestOutput = 1_000_000

const shownText = (content: Content): string =>
  content.size <= longestOutput
    ? toText(content)
    : `${toText(slice(content, 0, longestOutput))}\n[${content.size - longestOutput} more bytes are not shown]\n`

/** Longest line that is read; a longer one is refused. */
const longestLine = 65_536

const environment = (world: World): Map<string, string> =>
  new Map([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ...Object.entries({ ...world.host.env, PWD: world.host.cwd }),
  ])

const answer = (world: World, stdout: string, stderr: string, exit: number): Outcome => ({
  world,
  stdout,
  stderr,
  exit,
  steps: [],
})

/** `cd` typed alone moves the prompt: a child process could not. */
const changeDirectory = (world: World, target: string): Outcome => {
  const path = absolutePath(
    target.replace(/^~(?=\/|$)/, '/root').replace(/^(['"])(.*)\1$/, '$2'),
    world.host.cwd,
  )
  const engine = new Engine(world)
  const stat = engine.hostCalls.stat(path)
  if (!stat.ok) return answer(world, '', `bash: cd: ${target}: No such file or directory\n`, 1)
  if (stat.value.kind !== 'dir')
    return answer(world, '', `bash: cd: ${target}: Not a directory\n`, 1)
  const host = { ...world.host, cwd: path, env: { ...world.host.env, PWD: path } }
  return answer({ ...world, host }, '', '', 0)
}

/** `NAME=value` or `export NAME=value` typed alone stays for the lines that follow. */
const assign = (world: World, name: string, value: string): Outcome => {
  const plain = value.replace(/^(['"])(.*)\1$/, '$2')
  const host = { ...world.host, env: { ...world.host.env, [name]: plain } }
  return answer({ ...world, host }, '', '', 0)
}

const builtin = (world: World, line: string): Outcome | null => {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return answer(world, '', '', 0)
  const cd = /^cd(?:\s+([^\s;&|<>$`*?"']+|'[^']*'|"[^"$`]*"))?$/.exec(text)
  if (cd !== null) return changeDirectory(world, cd[1] ?? '/root')
  const assignment = /^(?:export\s+)?([A-Za-z_]\w*)=([^\s;&|<>$`()"'*?~]*|'[^']*')$/.exec(text)
  if (assignment !== null) return assign(world, assignment[1] ?? '', assignment[2] ?? '')
  const help = /^(?:help|man)(?:\s+(.*))?$/.exec(text)
  if (help === null) return null
  const words = (help[1] ?? '').split(/\s+/).filter((word) => word !== '')
  const said = helpFor(words)
  return said === null
    ? answer(world, '', `help: nothing is known about ${words.join(' ')}\n`, 1)
    : answer(world, said, '', 0)
}

/** Exit code of a process that was killed. */
const killed = 137

/**
 * The last fence: what outgrows this program's own memory or stack is refused as a whole. Bounds of
 * their own stop nearly everything before.
 */
const runWithinBounds = <T>(run: () => T): T | null => {
  try {
    return run()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Runs one line typed at the host's prompt: a line of shell, in which `docker` is a program. */
export const apply = (world: World, line: string): Outcome => {
  if (line.length > longestLine) {
    return answer(world, '', `bash: line too long: ${line.slice(0, 20)}...\n`, 2)
  }
  // Who types at the host's prompt is root already.
  const plain = line.replace(/^\s*sudo(?:\s+-[EHn]+)*\s+(?=[^\s-])/, '')
  const simple = builtin(world, plain)
  if (simple !== null) return simple
  const engine = new Engine(world)
  const view = needsHostView(world, plain) ? new HostView(engine) : null
  view?.refresh()
  const docker = dockerProgram(engine, () => view?.refresh())
  const outcome = runWithinBounds(() =>
    runProcess({
      kernel: engine.kernel,
      namespace: view?.namespace ?? engine.hostMounts(),
      argv: ['bash', '-c', plain],
      env: environment(world),
      cwd: world.host.cwd,
      uid: 0,
      gid: 0,
      stdin: emptyContent,
      isMain: false,
      traceLookups: false,
      extraPrograms: new Map([...hostPrograms, ['docker', docker]]),
      report: () => undefined,
      flavour: 'gnu',
      hostName: world.host.name,
    }),
  )
  if (outcome === null) {
    const reason = 'stopped: too big or too deep for the simulated machine; nothing was changed'
    return answer(world, '', `bash: ${reason}\n`, killed)
  }
  view?.close()
  const steps = engine.steps
  if (!outcome.started) {
    const reason =
      outcome.failure.kind === 'no-such-directory'
        ? `${world.host.cwd}: No such file or directory`
        : `${outcome.failure.argv0}: command not found`
    return { ...answer(engine.world, '', `bash: ${reason}\n`, 127), steps }
  }
  const exit = outcome.ending.kind === 'exited' ? outcome.ending.code : 0
  return {
    world: engine.world,
    stdout: shownText(outcome.stdout),
    stderr: shownText(outcome.stderr),
    exit,
    steps,
  }
}
