/** The middle one of several figures: the machine does other things too. */
export const middleOf = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN

/** Middle one of several runs. */
export const median = (times: number, measure: () => number): number =>
  middleOf(Array.from({ length: times }, measure))

/** Milliseconds of processor time that it takes: what else the machine does is not in them. */
export const timed = (work: () => void): number => {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Nanoseconds that one of `count` takes. */
export const nanosEach = (count: number, work: () => void): number => (timed(work) * 1e6) / count

/** Bytes of the heap after everything unreachable has gone. */
export const heapBytes = (): number => {
  if (gc === undefined) throw new Error('benches of memory need --expose-gc')
  gc()
  gc()
  return process.memoryUsage().heapUsed
}
