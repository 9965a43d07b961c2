import { apply } from '../sim/apply.ts'
import { addReadyImage, readyImages } from '../sim/images.ts'
import { placeHostFiles } from '../sim/placeHostFiles.ts'
import { createWorld } from '../sim/world.ts'
import type { LevelData } from './schema.ts'

export type TryItForReal = LevelData['debrief']['tryItForReal']
export type RealCommand = TryItForReal['commands'][number]

/** The line that is typed. */
export const lineOf = (command: RealCommand): string =>
  typeof command === 'string' ? command : command.line

const imageWords = [
  /^FROM\s+(\S+)/gm,
  /^\s*image:\s*(\S+)/gm,
  /\b(busybox|postgres:\d+|debian:[\w-]+)(?=\s|$)/gm,
]

/** Images that come from a registry and not from a Dockerfile of the folder. */
export function imagesToPull({ files, commands }: TryItForReal): readonly string[] {
  const text = [...files.map((file) => file.text), ...commands.map(lineOf)].join('\n')
  const named = imageWords.flatMap((word) =>
    [...text.matchAll(word)].map((found) => found[1] ?? ''),
  )
  return [...new Set(named)].filter((image) => !image.startsWith('driftwood/')).toSorted()
}

/** What a real engine would be asked to do to things that are not the game's. */
function foreignThing(line: string): string | null {
  for (const [, name] of line.matchAll(/--name[ =]([\w.-]+)/g)) {
    if (!name?.startsWith('driftwood')) return `container ${name}`
  }
  for (const [, source] of line.matchAll(/(?:^|\s)-v[ =]"?([^\s:"]+):/g)) {
    if (!source?.startsWith('driftwood') && !source?.startsWith('$PWD')) return `volume ${source}`
  }
  for (const [, names] of line.matchAll(/docker (?:rm|volume rm|rmi|stop|exec)((?: [^&|;]+)+)/g)) {
    const first = names?.split(' ').find((word) => word !== '' && !word.startsWith('-'))
    if (first && !/^(driftwood|\$\()/.test(first)) return first
  }
  if (/docker compose (?!-p driftwood)/.test(line)) return 'a compose project without a name'
  if (/\bprune\b/.test(line) && !line.includes('--filter label=driftwood'))
    return 'all that is unused'
  return null
}

/** What one command printed, held against what it has to show; null: it holds. */
export function proofProblem(
  command: RealCommand,
  answer: { readonly stdout: string; readonly stderr: string; readonly exit: number },
): string | null {
  const expected = typeof command === 'string' ? 0 : command.exit
  const said = answer.stdout + answer.stderr
  if (answer.exit !== expected) return `exit ${answer.exit}, expected ${expected}: ${said.trim()}`
  if (typeof command === 'string' || command.prints === null) return null
  if (new RegExp(command.prints).test(said)) return null
  return `expected ${command.prints}, printed ${JSON.stringify(said)}`
}

/** Types the commands on the simulator, in a folder with the files; a line for each failure. */
export function checkTryForReal({ debrief, start }: LevelData): readonly string[] {
  const { files, commands } = debrief.tryItForReal
  const cwd = '/home/crew/try'
  let world = placeHostFiles(
    createWorld({ seed: start.seed, cwd, diskBytes: null }),
    cwd,
    Object.fromEntries(files.map(({ name, text }) => [name, text])),
  )
  const problems: string[] = []
  for (const image of imagesToPull(debrief.tryItForReal)) {
    const tag = readyImages.find((one) => one === image || one === `${image}:latest`)
    if (tag === undefined) problems.push(`${image} is no image that the game knows`)
    else world = addReadyImage(world, tag)
  }
  for (const command of commands) {
    const line = lineOf(command)
    const foreign = foreignThing(line)
    if (foreign !== null)
      problems.push(`${line}: would touch ${foreign}, which may be the player's`)
    if (typeof command !== 'string' && command.needs === 'bare-postgres') continue
    const outcome = apply(world, line)
    world = outcome.world
    const problem = proofProblem(command, outcome)
    if (problem !== null) problems.push(`${line}: ${problem}`)
  }
  return problems.map((problem) => `debrief.tryItForReal: ${problem}`)
}
