import { Worker } from 'node:worker_threads'
import type { FuzzLine } from './makeLine.ts'

export interface FuzzFault {
  readonly line: string
  readonly fault: string
}

export interface FuzzReport {
  readonly faults: readonly FuzzFault[]
  /** The slowest lines, in milliseconds; only those above a second. */
  readonly slow: readonly { readonly line: string; readonly ms: number }[]
}

/** A line that takes longer than this hangs: it is given up and reported. */
const hangMs = 60_000
const watchMs = 250
/** More memory than this is a line that is not bounded. */
const heapMegabytes = 1500

interface Reported {
  readonly index: number
  readonly fault: string | null
  readonly ms: number
}

interface Stretch {
  /** The line at which the worker stopped; null when it came to the end. */
  readonly stoppedAt: number | null
  readonly reason: string
}

type Hear = (reported: Reported) => void

const runStretch = (lines: readonly FuzzLine[], hear: Hear): Promise<Stretch> =>
  new Promise((resolve) => {
    const progress = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(new URL('./fuzzWorker.ts', import.meta.url), {
      workerData: { lines, progress },
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    })
    let [last, since] = [-1, Date.now()]
    const end = (stoppedAt: number | null, reason: string): void => {
      clearInterval(watch)
      void worker.terminate()
      resolve({ stoppedAt, reason })
    }
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 0)
      if (now !== last) [last, since] = [now, Date.now()]
      else if (Date.now() - since > hangMs) end(now, `still running after ${hangMs / 1000} s`)
    }, watchMs)
    worker.on('message', (message: Reported | 'done') => {
      if (message === 'done') end(null, '')
      else hear(message)
    })
    worker.on('error', (error) => end(Atomics.load(progress, 0), String(error)))
  })

/** Types every line, past hangs and crashes; `tell` hears of each fault as soon as it is found. */
export const runFuzz = async (
  lines: readonly FuzzLine[],
  tell: (fault: FuzzFault) => void = () => undefined,
): Promise<FuzzReport> => {
  const faults: FuzzFault[] = []
  const slow: { line: string; ms: number }[] = []
  const add = (line: FuzzLine | undefined, fault: string): void => {
    const found = { line: line?.text ?? '', fault }
    faults.push(found)
    tell(found)
  }
  for (let at = 0; at < lines.length; ) {
    const rest = lines.slice(at)
    const { stoppedAt, reason } = await runStretch(rest, ({ index, fault, ms }) => {
      if (fault !== null) add(rest[index], fault)
      if (ms > 1000) slow.push({ line: rest[index]?.text ?? '', ms: Math.round(ms) })
    })
    if (stoppedAt === null) break
    add(rest[stoppedAt], reason)
    at += stoppedAt + 1
  }
  return { faults, slow: slow.sort((a, b) => b.ms - a.ms) }
}
