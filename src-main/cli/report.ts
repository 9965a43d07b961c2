import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createGameEngine } from '../calls/gameEngine.ts'
import { buildGroup } from '../calls/report/buildGroup.ts'
import { reportFile } from '../calls/report/reportFile.ts'
import type { CommandIo } from './commandIo.ts'
import { openDataDir } from './openDataDir.ts'

const USAGE = 'expected --data DIR [--format json|csv] [--levels DIR]'

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
    output.write(reportFile(buildGroup(store.db, engine, now), options.format).text)
    return 0
  } finally {
    store.close()
  }
}

interface Options {
  readonly data: string
  readonly format: 'json' | 'csv'
  readonly levels: string
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        format: { type: 'string', default: 'json' },
        levels: { type: 'string', default: join(import.meta.dirname, '../../levels') },
      },
    })
    const { data, format, levels } = values
    if (data === undefined || data === '') return `no data folder: ${USAGE}`
    if (format !== 'json' && format !== 'csv') return `--format ${format}: ${USAGE}`
    return { data, format, levels }
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : cause}: ${USAGE}`
  }
}
