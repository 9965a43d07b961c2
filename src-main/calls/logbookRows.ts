import type { LogbookLevel } from '../contract/api.ts'
import type { LevelRecord, PredictionRecord } from '../progress/logbookRepo.ts'
import type { LevelResult } from '../progress/resultRepo.ts'
import type { Catalogue, LevelInfo } from './engine.ts'

/** One row per level of the catalogue, played or not. */
export const levelRows = (
  { levels }: Catalogue,
  results: readonly LevelResult[],
  records: readonly LevelRecord[],
): readonly LogbookLevel[] =>
  levels.map((level) =>
    levelRow(
      level,
      results.find(({ levelId }) => levelId === level.id),
      records.find(({ levelId }) => levelId === level.id),
    ),
  )

function levelRow(
  { id, number, title }: LevelInfo,
  result: LevelResult | undefined,
  record: LevelRecord | undefined,
): LogbookLevel {
  const isTried = (record?.actions ?? 0) > 0
  return {
    id,
    number,
    title,
    state: result ? 'solved' : isTried ? 'tried' : 'untouched',
    stars: result?.stars ?? 0,
    attempts: record?.attempts ?? 0,
    secondsPlayed: Math.floor((record?.playedMs ?? 0) / 1000),
    hints: record?.hints ?? 0,
    resets: record?.resets ?? 0,
    wrongMoves: record?.wrongMoves ?? 0,
    best: result
      ? {
          moves: result.fewestMoves,
          copiedUpBytes: result.fewestCopiedUp,
          mostCopiedUpBytes: result.mostCopiedUp,
          firstSolvedAt: result.firstSolvedAt,
        }
      : null,
  }
}

export const predictionSums = (predictions: readonly PredictionRecord[]) => ({
  right: predictions.filter(({ right }) => right === true).length,
  wrong: predictions.filter(({ right }) => right === false).length,
  skipped: predictions.filter(({ answer }) => answer === null).length,
  sureAndWrong: predictions.filter(({ right, sure }) => right === false && sure).length,
})
