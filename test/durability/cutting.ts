import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type HarmReport, lengthOf } from './harming.ts'

/** Lengths one process tries; then its memory goes back. */
const LENGTHS_PER_PROCESS = 2048

/** The file of a played folder cut to each of its lengths, spread over as many processes as run. */
export async function cutAtEveryByte(
  dataDir: string,
  recorded: readonly string[],
): Promise<HarmReport> {
  const recordedFile = `${dataDir}-recorded.json`
  writeFileSync(recordedFile, JSON.stringify(recorded))
  const length = lengthOf(dataDir)
  const starts = Array.from({ length: Math.ceil(length / LENGTHS_PER_PROCESS) }, (_, index) =>
    String(index * LENGTHS_PER_PROCESS),
  )
  const reports: HarmReport[] = []
  const work = async () => {
    for (let from = starts.shift(); from !== undefined; from = starts.shift()) {
      const to = String(Math.min(length, Number(from) + LENGTHS_PER_PROCESS))
      const script = join(import.meta.dirname, 'cuttingProcess.ts')
      const run = promisify(execFile)(process.execPath, [script, dataDir, recordedFile, from, to])
      reports.push(JSON.parse((await run).stdout) as HarmReport)
    }
  }
  await Promise.all(Array.from({ length: Math.min(3, availableParallelism()) }, work))
  return {
    opened: reports.reduce((sum, { opened }) => sum + opened, 0),
    complete: reports.reduce((sum, { complete }) => sum + complete, 0),
    fewest: Math.min(...reports.map(({ fewest }) => fewest)),
    faults: reports.flatMap(({ faults }) => faults),
  }
}
