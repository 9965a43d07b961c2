import type { GroupView } from '../../contract/api.ts'

/** The report as a file. */
export function reportFile(
  group: GroupView,
  format: 'json' | 'csv',
): { readonly fileName: string; readonly text: string } {
  const day = new Date(group.at).toISOString().slice(0, 10)
  const text = format === 'json' ? `${JSON.stringify(group, null, 2)}\n` : reportCsv(group)
  return { fileName: `driftwood-report-${day}.${format}`, text }
}

const COLUMNS = [
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

/** One row per player and level that was tried (RFC 4180); figures of predictions are the player's. */
export function reportCsv({ players }: GroupView): string {
  const rows = players.flatMap((player) =>
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
  return [COLUMNS, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('')
}

function csvField(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // A spreadsheet would take such a name for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
