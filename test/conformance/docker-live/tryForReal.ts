import { join } from 'node:path'
import { loadLevels } from '../../../src-main/levels/loadLevels.ts'
import type { LevelData } from '../../../src-main/levels/schema.ts'
import {
  imagesToPull,
  lineOf,
  proofProblem,
  type RealCommand,
} from '../../../src-main/levels/tryForReal.ts'
import { readyImages } from '../../../src-main/sim/images.ts'
import type { LiveEngine } from './LiveEngine.ts'
import type { LiveLine, LiveScript } from './liveScript.ts'
import type { EngineRunner } from './runOnEngine.ts'

/** What one level's own commands showed on a live engine. */
export interface RealOutcome {
  readonly level: string
  readonly proven: number
  /** Commands that this engine was not given, each with the reason. */
  readonly leftOut: readonly string[]
  readonly problems: readonly string[]
}

/** The programs of an engine that a command may need. */
export interface EngineParts {
  readonly buildkit: boolean
  /** How compose is called here; null: it is not there. */
  readonly compose: 'docker compose' | 'docker-compose' | null
}

const canBuild =
  'cd "$(mktemp -d)" && printf "FROM scratch\\nCOPY --chmod=0600 a /a\\n" > Dockerfile && touch a && DOCKER_BUILDKIT=1 docker build -q .'

/** Looks at what the engine has; an image it makes for that is removed by the next script. */
export const partsOf = (engine: LiveEngine): EngineParts => {
  const works = (line: string): boolean => engine.bash(line).status === 0
  const compose = (['docker compose', 'docker-compose'] as const).find((name) =>
    works(`${name} version`),
  )
  return { buildkit: works(canBuild), compose: compose ?? null }
}

const reasonNot = (command: RealCommand, parts: EngineParts): string | null => {
  const needs = typeof command === 'string' ? null : command.needs
  if (needs === 'postgres' || needs === 'bare-postgres')
    return 'it needs the programs of postgres, which no registry gave this engine'
  if (needs === 'buildkit' && !parts.buildkit) return 'this engine has no BuildKit'
  if (/\bdocker compose\b/.test(lineOf(command)) && parts.compose === null)
    return 'compose is not part of this engine'
  return null
}

const liveLine = (command: RealCommand, parts: EngineParts): LiveLine => {
  const text = lineOf(command)
  const notOnEngine = reasonNot(command, parts)
  if (notOnEngine !== null) return { text, notOnEngine }
  const onEngine = text.replaceAll('docker compose', parts.compose ?? 'docker compose')
  return onEngine === text ? { text } : { text, onEngine }
}

const tagOf = (image: string): string =>
  readyImages.find((tag) => tag === image || tag === `${image}:latest`) ?? image

const scriptOf = ({ id, debrief }: LevelData, parts: EngineParts): LiveScript => ({
  name: `try ${id}`,
  cwd: `/home/crew/driftwood-${id}`,
  readyImages: imagesToPull(debrief.tryItForReal).map(tagOf),
  builds: [],
  // Files of 2 GB are written and copied up here.
  lineSeconds: 600,
  files: Object.fromEntries(debrief.tryItForReal.files.map(({ name, text }) => [name, text])),
  lines: debrief.tryItForReal.commands.map((command) => liveLine(command, parts)),
})

/** Every level whose "try it for real" is to be proven. */
export const realLevels = (): readonly LevelData[] => {
  const { levels, problems } = loadLevels(join(import.meta.dirname, '../../../levels'), 'en')
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return levels.map(({ data }) => data)
}

/** Types a level's commands on the engine and holds each answer against what it has to show. */
export const proveOnEngine = (
  runner: EngineRunner,
  level: LevelData,
  parts: EngineParts,
): RealOutcome => {
  const script = scriptOf(level, parts)
  const typed = runner.run(script)
  const { commands } = level.debrief.tryItForReal
  const leftOut = script.lines.flatMap(({ text, notOnEngine }) =>
    notOnEngine === undefined ? [] : [`${text}: ${notOnEngine}`],
  )
  const problems = commands.flatMap((command, at) => {
    const answer = typed[at]
    if (script.lines[at]?.notOnEngine !== undefined) return []
    if (answer === undefined) return [`${lineOf(command)}: was not typed`]
    const problem = proofProblem(command, answer)
    return problem === null ? [] : [`${lineOf(command)}: ${problem}`]
  })
  return { level: level.id, proven: commands.length - leftOut.length, leftOut, problems }
}
