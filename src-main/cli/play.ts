import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadLevels } from '../levels/loadLevels.ts'
import { goalStandings, isSolved, starsOf } from '../levels/rules/goals.ts'
import { measureOf } from '../levels/rules/measure.ts'
import { worldOf } from '../levels/rules/run.ts'
import { readScriptLine } from '../levels/rules/runScript.ts'
import { messagesOf } from '../play/buildView.ts'
import { scriptAction } from '../play/scriptAction.ts'
import { applyAction, startSession } from '../play/session.ts'
import type { PlaySession } from '../play/sessionState.ts'
import { becauseText } from '../play/texts/becauseText.ts'
import { countBookmarks } from '../sim/look/bookmarks.ts'
import type { CommandIo } from './commandIo.ts'

interface Options {
  readonly levelId: string
  readonly script: string
  readonly json: boolean
  readonly directory: string
}

const usage = 'expected LEVEL --script FILE [--json] [--levels DIR]'

const readOptions = (args: readonly string[]): Options | string => {
  const rest = [...args]
  let levelId = ''
  let script = ''
  let json = false
  let directory = join(import.meta.dirname, '../../levels')
  while (rest.length > 0) {
    const word = rest.shift() ?? ''
    if (word === '--json') json = true
    else if (word === '--script') script = rest.shift() ?? ''
    else if (word === '--levels') directory = rest.shift() ?? ''
    else if (word.startsWith('-') || levelId !== '') return `play: ${word}: ${usage}`
    else levelId = word
  }
  if (levelId === '') return `play: no level: ${usage}`
  return script === '' ? `play: no script: ${usage}` : { levelId, script, json, directory }
}

/** A line waits for a prediction that the script does not answer: skip it. */
const skipHeld = (session: PlaySession): PlaySession => {
  let next = session
  while (next.held !== null) {
    const { predictionId } = next.held
    next = applyAction(next, { type: 'predict', predictionId, answer: null, sure: false }).session
  }
  return next
}

interface Line {
  readonly number: number
  readonly text: string
}

const scriptLines = (text: string): readonly Line[] =>
  text
    .split('\n')
    .map((line, at) => ({ number: at + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'))

/** Plays the lines; a string tells which line could not be played, and why. */
const playLines = (
  start: PlaySession,
  lines: readonly Line[],
  file: string,
): PlaySession | string => {
  let session = start
  for (const { number, text } of lines) {
    const line = readScriptLine(text)
    if (line === null) {
      return `${file}:${number}:1 line: expected a command, or :predict ID ANSWER, :explain A B C, :undo, :redo, :reset, :hint`
    }
    if (line.kind !== 'predict') session = skipHeld(session)
    const applied = applyAction(session, scriptAction(line))
    if (applied.refusal !== null) return `${file}:${number}:1 line: ${applied.refusal}`
    session = applied.session
  }
  return skipHeld(session)
}

const resultOf = (session: PlaySession) => {
  const { run, level } = session
  const world = worldOf(run)
  return {
    level: level.data.id,
    solved: isSolved(run),
    stars: starsOf(run).stars,
    goals: goalStandings(run).map(({ goal, state, verdict }) => ({
      id: goal.id,
      met: state === 'met',
      because: becauseText(session.locale, run, verdict),
    })),
    messages: messagesOf(session).map(({ id, text }) => ({ id, text })),
    metrics: {
      copiedUpBytes: measureOf(run, { measure: 'copied-up', scope: 'level' }),
      simulatedSeconds: measureOf(run, { measure: 'seconds', scope: 'level' }),
      namedVolumes: measureOf(run, { measure: 'named-volumes' }),
      anonymousVolumes: measureOf(run, { measure: 'anonymous-volumes' }),
      bookmarks: countBookmarks(world, level.data.focus),
    },
  }
}

const print = (result: ReturnType<typeof resultOf>, io: CommandIo): void => {
  io.write(`${result.level}: ${result.solved ? 'solved' : 'not solved'}, ${result.stars} stars\n`)
  for (const goal of result.goals) {
    io.write(`  [${goal.met ? 'x' : ' '}] ${goal.id}: ${goal.because}\n`)
  }
  for (const message of result.messages) io.write(`  ${message.id}: ${message.text}\n`)
  for (const [name, value] of Object.entries(result.metrics)) io.write(`  ${name}: ${value}\n`)
}

/** `driftwood play LEVEL --script FILE [--json]`. 0: played; 2: bad input. */
export function play(args: readonly string[], io: CommandIo): number {
  const options = readOptions(args)
  const refuse = (problem: string): number => {
    io.error(`${problem}\n`)
    return 2
  }
  if (typeof options === 'string') return refuse(options)
  const { levels, problems } = loadLevels(options.directory, 'en')
  const level = levels.find(({ data }) => data.id === options.levelId)
  if (level === undefined) {
    const about = problems.find((problem) => problem.includes(`${options.levelId}/`))
    const known = levels.map(({ data }) => data.id).join(', ')
    return refuse(about ?? `play: ${options.levelId}: expected a level (${known})`)
  }
  let text: string
  try {
    text = readFileSync(options.script, 'utf8')
  } catch {
    return refuse(`${options.script}:1:1 file: cannot be read`)
  }
  const played = playLines(startSession(level, 'en', 1), scriptLines(text), options.script)
  if (typeof played === 'string') return refuse(played)
  const result = resultOf(played)
  if (options.json) io.write(`${JSON.stringify(result)}\n`)
  else print(result, io)
  return 0
}
