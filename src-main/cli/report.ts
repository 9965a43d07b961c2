import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createGameEngine } from '../calls/gameEngine.ts'
import { buildReport } from '../calls/report/buildReport.ts'
import { reportFile } from '../calls/report/reportFile.ts'
import { reportTables } from '../calls/report/reportTables.ts'
import type { ReportRequest, ReportTable } from '../contract/api.ts'
import type { CommandIo } from './commandIo.ts'
import { openDataDir } from './openDataDir.ts'

const TABLES = Object.keys(reportTables) as readonly ReportTable[]
const USAGE = `expected --data DIR [--format json|csv] [--table ${TABLES.join('|')}] [--levels DIR]`

/** `driftwood report`: what the instructor's view shows, without a window. 0, or 2 for bad input. */
export function report(args: readonly string[], output: CommandIo): number {
  const refuse = (problem: string): number => {
    output.error(`report: ${problem}\n`)
    return 2
  }
  const options = readOptions(args)
  if (typeof options === 'string') return refuse(options)
  const now = Date.now()
  const store = openDataDir(options.data, now)
  if (typeof store === 'string') return refuse(store)
  try {
    for (const notice of store.notices) output.error(`report: ${notice}\n`)
    const warn = (message: string) => output.error(`report: ${message}\n`)
    const engine = createGameEngine(options.levels, { info: () => {}, warn, error: warn })
    output.write(reportFile(buildReport(store.db, engine, now), options.wanted).text)
    return 0
  } finally {
    store.close()
  }
}

interface Options {
  readonly data: string
  readonly wanted: ReportRequest
  readonly levels: string
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        format: { type: 'string' },
        table: { type: 'string' },
        levels: { type: 'string', default: join(import.meta.dirname, '../../levels') },
      },
    })
    const { data, format, table, levels } = values
    if (data === undefined || data === '') return `no data folder: ${USAGE}`
    const wanted = wantedBy(format, table)
    return typeof wanted === 'string' ? wanted : { data, wanted, levels }
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : cause}: ${USAGE}`
  }
}

/** A table is CSV without saying so; without one, CSV is the table of players and levels. */
function wantedBy(format: string | undefined, named: string | undefined): ReportRequest | string {
  if (format !== undefined && format !== 'json' && format !== 'csv') {
    return `--format ${format}: ${USAGE}`
  }
  if (named === undefined) {
    return format === 'csv' ? { format, table: 'levels' } : { format: 'json' }
  }
  const table = TABLES.find((one) => one === named)
  if (table === undefined) return `--table ${named}: ${USAGE}`
  return format === 'json'
    ? 'JSON holds every table: leave out --table, or --format json'
    : { format: 'csv', table }
}
