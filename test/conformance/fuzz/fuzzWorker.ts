/** Types the lines of one stretch of the fuzz and reports before and after each one. */
import { parentPort, workerData } from 'node:worker_threads'
import { apply } from '../../../src-main/sim/apply.ts'
import { fuzzWorld } from './fuzzWorld.ts'
import { judgeLine } from './judgeLine.ts'
import type { FuzzLine } from './makeLine.ts'

/** Lines typed one after the other in one world; a faulty one is typed in the first. */
const linesPerWorld = 40

const { lines, progress } = workerData as {
  readonly lines: readonly FuzzLine[]
  readonly progress: Int32Array
}
const start = fuzzWorld()
let world = start

lines.forEach((line, i) => {
  if (i % linesPerWorld === 0) world = start
  Atomics.store(progress, 0, i)
  const from = performance.now()
  let fault: string | null
  try {
    const outcome = apply(line.mustName === null ? world : start, line.text)
    if (line.mustName === null) world = outcome.world
    fault = judgeLine(line, outcome)
  } catch (error) {
    fault = error instanceof Error ? `threw ${error.stack}` : `threw ${String(error)}`
    world = start
  }
  const ms = performance.now() - from
  if (fault !== null || ms > 1000) parentPort?.postMessage({ index: i, fault, ms })
})
parentPort?.postMessage('done')
