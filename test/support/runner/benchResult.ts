/** One measured figure. A file test/bench/*.bench.ts exports `run()`, which gives a list of them. */
export interface BenchResult {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The most it may be; null for a figure that is only told. */
  readonly limit: number | null
}
