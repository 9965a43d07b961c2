import type { GroupPlayer, GroupView } from '@contract/api.ts'
import { formatDuration } from '../../format/formatDuration.ts'
import { t } from '../../strings/index.ts'

type Cell = GroupPlayer['levels'][number]
export type ConceptState = GroupPlayer['concepts'][number]['state']

/** How a player stands at a level, in words and as a sign. */
export function cellText({ state, stars, seconds }: Cell): string {
  if (state === 'solved') return t('instructor.cell.solved', { n: stars })
  if (state === 'tried') return t('instructor.cell.tried', { time: formatDuration(seconds) })
  return t('instructor.cell.untouched')
}
export const cellSign = ({ state, stars }: Cell): string =>
  ({ solved: '★'.repeat(stars) || '✓', tried: '…', untouched: '·' })[state]

export const conceptSign: Readonly<Record<ConceptState, string>> = {
  'not-met': '·',
  met: '◐',
  held: '●',
}
export const conceptStateOf = (player: GroupPlayer, id: string): ConceptState =>
  player.concepts.find((concept) => concept.id === id)?.state ?? 'not-met'

/** Median and middle half of the times that a level took. */
export function timesOf({ medianSeconds, quartileSeconds }: GroupView['levels'][number]): string {
  if (medianSeconds === null) return '–'
  const half = quartileSeconds?.map(formatDuration).join(' – ') ?? ''
  return `${formatDuration(medianSeconds)} (${half})`
}

/** Number and title of a level, also of one that is no longer there. */
export function levelName({ levels }: GroupView, levelId: string): string {
  const level = levels.find(({ id }) => id === levelId)
  return level ? `${level.number} · ${level.title}` : levelId
}

/** Heads of the columns of `LevelFigures`. */
export const levelColumns = (): readonly string[] =>
  (['level', 'tried', 'solved', 'median', 'hints', 'resets'] as const).map((column) =>
    t(`instructor.levelColumns.${column}`),
  )
