import type { ReportTable } from '../../contract/api.ts'
import type { GroupReport } from './buildReport.ts'
import type { CsvCell } from './csvText.ts'
import { mistakesIn } from './mistakes.ts'

type Row = readonly CsvCell[]

/** The tables for a spreadsheet, each with a first row of names. Names of columns never change. */
export const reportTables: Readonly<Record<ReportTable, (report: GroupReport) => readonly Row[]>> =
  { levels, concepts, 'player-concepts': playerConcepts, mistakes }

const LEVEL_COLUMNS = [
  'player',
  'guest',
  'station',
  'level',
  'state',
  'stars',
  'attempts',
  'seconds',
  'moves',
  'copied_up_bytes',
  'hints',
  'resets',
  'wrong_moves',
  'predictions_right',
  'predictions_wrong',
  'predictions_sure_and_wrong',
] as const

/** A row per player and level that was tried; figures of predictions are the player's. */
function levels({ view }: GroupReport): readonly Row[] {
  const rows = view.players.flatMap((player) =>
    player.levels
      .filter(({ state }) => state !== 'untouched')
      .map((level) => [
        player.name,
        player.guest ? 1 : 0,
        player.station,
        level.levelId,
        level.state,
        level.stars,
        level.attempts,
        level.seconds,
        level.moves,
        level.copiedUpBytes,
        level.hints,
        level.resets,
        level.wrongMoves,
        player.predictions.right,
        player.predictions.wrong,
        player.predictions.sureAndWrong,
      ]),
  )
  return [LEVEL_COLUMNS, ...rows]
}

const CONCEPT_COLUMNS = ['concept', 'sentence', 'not_met', 'met', 'held', 'right', 'wrong'] as const

/** A row per concept of the chapter, in its order: players by state, then answers. */
function concepts({ view }: GroupReport): readonly Row[] {
  const rows = view.concepts.map(({ id, text, notMet, met, held, right, wrong }) => [
    id,
    plain(text),
    notMet,
    met,
    held,
    right,
    wrong,
  ])
  return [CONCEPT_COLUMNS, ...rows]
}

const PLAYER_CONCEPT_COLUMNS = [
  'player',
  'guest',
  'station',
  'concept',
  'sentence',
  'state',
  'right',
  'wrong',
] as const

/** A row per player and concept, whether met or not. */
function playerConcepts({ members }: GroupReport): readonly Row[] {
  const rows = members.flatMap(({ row, concepts: known }) =>
    known.map(({ id, text, state, right, wrong }) => [
      row.name,
      row.guest ? 1 : 0,
      row.station,
      id,
      plain(text),
      state,
      right,
      wrong,
    ]),
  )
  return [PLAYER_CONCEPT_COLUMNS, ...rows]
}

const MISTAKE_COLUMNS = [
  'kind',
  'level',
  'id',
  'about',
  'mistake',
  'players',
  'times',
  'of',
] as const

/** A row per wrong move and wrong answer that was made; `of` counts answers to the same question. */
function mistakes(report: GroupReport): readonly Row[] {
  const rows = mistakesIn(report).map(
    ({ kind, levels: where, id, about, text, players, times, of }) => [
      kind,
      where.join(' '),
      id,
      plain(about),
      plain(text),
      players,
      times,
      of,
    ],
  )
  return [MISTAKE_COLUMNS, ...rows]
}

/** Without the marks around code and strong words. */
const plain = (text: string): string =>
  text.replaceAll(/`([^`]+)`|\*\*([^*]+)\*\*/g, (_, code, strong) => code ?? strong)
