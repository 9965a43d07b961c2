import type { GroupView } from '../../contract/api.ts'
import type { Db } from '../../progress/connect.ts'
import type { Catalogue, GameEngine, QuestionInfo } from '../engine.ts'
import { type Member, membersOf } from './members.ts'
import { distractorsIn, predictionsIn, wrongMovesIn } from './misunderstandings.ts'
import { recentMistake } from './recentMistake.ts'
import { thresholdsOf } from './thresholds.ts'

const TAUGHT_FIRST = 3
/** In which somebody of the group may have played. */
const LANGUAGES = ['en', 'de'] as const

/** A group as the instructor's view shows it, and what its tables are made of. */
export interface GroupReport {
  readonly view: GroupView
  readonly members: readonly Member[]
  readonly catalogue: Catalogue
  readonly questions: readonly QuestionInfo[]
}

/** Everybody who has played, on this machine or merged into it, as an instructor needs to see it. */
export function buildReport<S>(
  db: Db,
  engine: GameEngine<S>,
  now: number,
  locale = 'en',
): GroupReport {
  const catalogue = engine.catalogue(locale)
  const questions = engine.questions(locale)
  const members = membersOf(db, engine, catalogue, now, locale)
  const concepts = engine.concepts(locale).map(({ id, text }) => conceptRow(members, id, text))
  const view: GroupView = {
    at: now,
    players: members.map(({ row }) => row),
    levels: catalogue.levels.map((level) => levelRow(members, level)),
    thresholds: thresholdsOf(
      engine.concepts(locale),
      members.map((one) => one.concepts),
    ),
    recent: recentMistake(
      catalogue,
      questions,
      members.flatMap(({ recent }) => recent ?? []),
    ),
    concepts,
    wrongMoves: wrongMovesIn(
      catalogue,
      members.map(({ wrongMoves }) => wrongMoves),
    ),
    distractors: distractorsIn(
      questions,
      members.flatMap((one) => one.answers),
    ),
    predictions: predictionsIn(
      catalogue,
      members.flatMap((one) => one.predictions),
      LANGUAGES.map((language) => engine.catalogue(language)),
    ),
    teachFirst: concepts
      .filter(({ wrong }) => wrong > 0)
      .sort((one, other) => other.wrong - one.wrong || one.right - other.right)
      .slice(0, TAUGHT_FIRST)
      .map(({ id }) => id),
  }
  return { view, members, catalogue, questions }
}

function conceptRow(
  members: readonly Member[],
  id: string,
  text: string,
): GroupView['concepts'][number] {
  const of = members.flatMap(({ concepts }) => concepts.filter((one) => one.id === id))
  const count = (state: string) => of.filter((one) => one.state === state).length
  return {
    id,
    text,
    notMet: count('not-met'),
    met: count('met'),
    held: count('held'),
    right: of.reduce((sum, { right }) => sum + right, 0),
    wrong: of.reduce((sum, { wrong }) => sum + wrong, 0),
  }
}

function levelRow(
  members: readonly Member[],
  { id, number, title }: Catalogue['levels'][number],
): GroupView['levels'][number] {
  const rows = members
    .flatMap(({ row }) => row.levels.filter(({ levelId }) => levelId === id))
    .filter(({ state }) => state !== 'untouched')
  const seconds = rows.map((row) => row.seconds).sort((one, other) => one - other)
  return {
    id,
    number,
    title,
    tried: rows.length,
    solved: rows.filter(({ state }) => state === 'solved').length,
    hints: rows.reduce((sum, { hints }) => sum + hints, 0),
    resets: rows.reduce((sum, { resets }) => sum + resets, 0),
    medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
    quartileSeconds: quartiles(seconds),
  }
}

function quartiles(sorted: readonly number[]): readonly [number, number] | null {
  const last = sorted.length - 1
  const [low, high] = [sorted[Math.floor(last * 0.25)], sorted[Math.ceil(last * 0.75)]]
  return low === undefined || high === undefined ? null : [low, high]
}
