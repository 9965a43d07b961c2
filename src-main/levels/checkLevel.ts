import { listContainers } from '../sim/look/containers.ts'
import { listImages } from '../sim/look/images.ts'
import { actionLines } from './actionLines.ts'
import { checkUndo } from './checkUndo.ts'
import type { Level } from './level.ts'
import { commitLine } from './rules/commitLine.ts'
import { evaluate } from './rules/evaluate.ts'
import { explanationSlots, isExplanationOpen, isPartRight } from './rules/explanation.ts'
import { isSolved, starsOf } from './rules/goals.ts'
import { canBeMarked } from './rules/marks.ts'
import { canBeAsked, comesBefore, truthOf } from './rules/predictions.ts'
import { type LevelRun, withoutLast } from './rules/run.ts'
import { runScript } from './rules/runScript.ts'
import { BadStart, startRun } from './rules/startRun.ts'
import type { LevelData } from './schema.ts'
import { solveLevel } from './solveLevel.ts'
import { checkTryForReal } from './tryForReal.ts'

/** Bounds of the search for a shortest way. */
export interface CheckBounds {
  /** Of the search; 0: the shortest way is not looked for. */
  readonly states: number
  /** Lines of each random game, and how many games. */
  readonly randomLines: number
  readonly randomGames: number
}

export const usualBounds: CheckBounds = { states: 40_000, randomLines: 12, randomGames: 6 }

type Report = (problem: string) => void

const checkStart = (data: LevelData, report: Report): boolean => {
  try {
    const start = startRun(data)
    if (data.marks !== null && !canBeMarked(start))
      report('marks: some path is not there at the start')
    if (isSolved(start)) report('start: the level is solved before the first command')
    return true
  } catch (cause) {
    if (!(cause instanceof BadStart)) throw cause
    report(`start: ${cause.message}`)
    return false
  }
}

/** A run and every run before it, the start first. */
const stagesOf = (run: LevelRun): readonly LevelRun[] =>
  run.entries.length === 0 ? [run] : [...stagesOf(withoutLast(run)), run]

/** Every prediction that comes before the last command must have exactly one truth after it. */
const checkPredictions = (name: string, after: LevelRun, report: Report): void => {
  const entry = after.entries.at(-1)
  if (entry === undefined) return
  const before = withoutLast(after)
  for (const prediction of after.data.predictions) {
    if (!canBeAsked(before, prediction)) continue
    if (!evaluate(after, prediction.before.command).met) continue
    if (truthOf(after, prediction) !== null) continue
    report(`${name}: prediction ${prediction.id} has not exactly one truth after: ${entry.line}`)
  }
}

/** Once it can be given, the explanation must have exactly one right part in every slot. */
const checkExplanation = (name: string, run: LevelRun, report: Report): void => {
  if (!isExplanationOpen(run)) return
  for (const slot of explanationSlots) {
    const right = run.data.explanation?.[slot].filter(({ id }) => isPartRight(run, slot, id)) ?? []
    if (right.length === 1) continue
    const ids = right.map(({ id }) => id).join(', ') || 'none'
    report(`${name}: explanation.${slot} has ${right.length} right parts (${ids}), expected 1`)
  }
}

const checkTruths = (name: string, run: LevelRun, report: Report): void => {
  for (const after of stagesOf(run).slice(1)) {
    checkPredictions(name, after, report)
    checkExplanation(name, after, report)
  }
}

const play = (
  data: LevelData,
  name: string,
  lines: readonly string[],
  report: Report,
): LevelRun => {
  const { run, problem } = runScript(data, lines)
  if (problem !== null) report(`${name}: ${problem}`)
  return run
}

const openGoals = (run: LevelRun): string =>
  run.data.goals
    .filter((goal) => !isSolved({ ...run, data: { ...run.data, goals: [goal] } }))
    .map((goal) => goal.id)
    .join(', ')

const checkSolutions = (data: LevelData, report: Report): void => {
  const scripts = [
    ...data.solutions.map((one) => ({ name: `solutions.${one.id}`, lines: one.lines })),
    ...data.alternatives.map((one) => ({ name: `alternatives.${one.id}`, lines: one.lines })),
    { name: 'lastHint', lines: data.lastHint },
  ]
  for (const { name, lines } of scripts) {
    const run = play(data, name, lines, report)
    if (!isSolved(run)) report(`${name}: does not solve the level (open: ${openGoals(run)})`)
    checkTruths(name, run, report)
    const told = run.entries.flatMap((entry) => entry.told)
    if (told.length > 0) report(`${name}: is told off with ${told.join(', ')}`)
  }
  const first = data.solutions[0]
  if (first === undefined) return
  const { stars } = starsOf(play(data, `solutions.${first.id}`, first.lines, report))
  if (stars !== 3) report(`solutions.${first.id}: earns ${stars} stars, expected 3`)
}

const checkWrongMoves = (data: LevelData, report: Report): void => {
  for (const move of data.wrongMoves) {
    const name = `wrongMoves.${move.id}`
    const run = play(data, name, move.lines, report)
    if (isSolved(run)) report(`${name}: solves the level`)
    const told = [...new Set(run.entries.flatMap((entry) => entry.told))]
    if (told.join() !== move.id) {
      report(`${name}: gets ${told.join(', ') || 'no message'}, expected exactly its own`)
    }
    checkTruths(name, run, report)
  }
}

/** Ids of the predictions that come before some command of a script. */
const comingUp = (data: LevelData, lines: readonly string[]): ReadonlySet<string> => {
  const { run } = runScript(data, lines)
  const found = new Set<string>()
  for (const after of stagesOf(run).slice(1)) {
    const entry = after.entries.at(-1)
    for (const prediction of data.predictions) {
      if (entry === undefined) continue
      if (comesBefore(withoutLast(after), prediction, entry.line, entry)) found.add(prediction.id)
    }
  }
  return found
}

/** One prediction is on the reference way; every other at least on some way that is listed. */
const checkPredictionsComeUp = (data: LevelData, report: Report): void => {
  const inReference = comingUp(data, data.solutions[0]?.lines ?? [])
  if (inReference.size === 0) report('predictions: none comes up in the reference solution')
  const scripts = [...data.solutions, ...data.alternatives, ...data.wrongMoves]
  for (const { id, concepts } of data.predictions) {
    const strange = concepts.filter((concept) => !data.concepts.tests.includes(concept))
    if (strange.length > 0) report(`predictions.${id}: ${strange.join(' ')} not in concepts.tests`)
  }
  const anywhere = new Set(scripts.flatMap(({ lines }) => [...comingUp(data, lines)]))
  for (const { id } of data.predictions) {
    if (!anywhere.has(id)) report(`predictions.${id}: never comes up in any script of the level`)
  }
}

/** A row of numbers from 0 to 1 that is the same in every check. */
const numbers = (seed: number) => {
  let state = seed
  return () => {
    // Multiplier and increment from Numerical Recipes; good enough to pick lines.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4294967296
  }
}

/** What random play must leave alone: layers never change, and figures are never negative. */
const brokenInvariant = (run: LevelRun, layers: ReadonlyMap<string, number>): string | null => {
  const world = run.entries.at(-1)?.world ?? run.start
  for (const image of listImages(world)) {
    for (const layer of image.layers) {
      const before = layers.get(layer.id)
      if (before !== undefined && before !== layer.bytes)
        return `layer ${layer.id} changed its size`
    }
  }
  for (const container of listContainers(world)) {
    if (container.upperBytes < 0) return `${container.name} has a writable layer below zero`
  }
  return null
}

const checkRandomPlay = (data: LevelData, bounds: CheckBounds, report: Report): void => {
  const lines = actionLines(data)
  const start = startRun(data)
  const layers = new Map(
    listImages(start.start).flatMap((image) => image.layers.map((one) => [one.id, one.bytes])),
  )
  for (let game = 1; game <= bounds.randomGames; game += 1) {
    const next = numbers(game)
    let run = start
    for (let turn = 0; turn < bounds.randomLines; turn += 1) {
      const line = lines[Math.floor(next() * lines.length)] ?? ''
      const after = commitLine(run, line)
      const broken = brokenInvariant(after, layers)
      if (broken !== null) report(`random game ${game}, after ${line}: ${broken}`)
      if (withoutLast(after).entries.at(-1) !== run.entries.at(-1)) {
        report(`random game ${game}: undo of ${line} does not lead back`)
      }
      checkPredictions(`random game ${game}`, after, report)
      checkExplanation(`random game ${game}`, after, report)
      run = after
    }
    let back = run
    while (back.entries.length > 0) back = withoutLast(back)
    if (back.start !== start.start) report(`random game ${game}: undo does not lead to the start`)
  }
}

/** The shortest way is as long as par says, and on no way there does a truth fail. */
const checkPar = (data: LevelData, bounds: CheckBounds, report: Report): void => {
  const undo = checkUndo(data)
  const solved = solveLevel(data, { moves: data.par, states: bounds.states }, (run) => {
    const lost = undo.back(run)
    if (lost !== null) report(lost)
    checkPredictions('on some way', run, report)
    checkExplanation('on some way', run, report)
  })
  const changed = undo.end()
  if (changed !== null) report(changed)
  if (solved.moves === data.par) return
  if (solved.cut) report(`par: the search was cut at ${solved.states} states`)
  else if (solved.moves === null) report(`par: no way in ${data.par} moves, expected one`)
  else report(`par: ${solved.moves} moves are enough (${solved.lines.join(' ; ')})`)
}

/** Every machine check of one level: a line for each thing that does not hold. */
export function checkLevel(level: Level, bounds: CheckBounds = usualBounds): readonly string[] {
  const problems = new Set<string>()
  const report = (problem: string) => problems.add(`${level.data.id}: ${problem}`)
  if (!checkStart(level.data, report)) return [...problems]
  checkSolutions(level.data, report)
  checkPredictionsComeUp(level.data, report)
  checkWrongMoves(level.data, report)
  if (bounds.states > 0) {
    checkPar(level.data, bounds, report)
    for (const problem of checkTryForReal(level.data)) report(problem)
  }
  checkRandomPlay(level.data, bounds, report)
  return [...problems]
}

/** Checks over the order of play: what a level uses was taught before or is taught in it. */
export function checkOrder(levels: readonly Level[]): readonly string[] {
  const known = new Set<string>()
  return levels.flatMap(({ data }) => {
    for (const concept of data.concepts.teaches) known.add(concept)
    return [...data.concepts.uses, ...data.concepts.tests]
      .filter((concept) => !known.has(concept))
      .map((concept) => `${data.id}: concepts: ${concept} is not taught before`)
  })
}
