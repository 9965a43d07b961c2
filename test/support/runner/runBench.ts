/** Runs one file of benches in a process of its own: `runBench.ts FILE`; the figures as JSON on fd 3. */
import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { BenchResult } from './benchResult.ts'

interface Bench {
  readonly run: () => readonly BenchResult[] | Promise<readonly BenchResult[]>
}

const [file = ''] = process.argv.slice(2)
const { run } = (await import(pathToFileURL(file).href)) as Bench
writeSync(3, JSON.stringify(await run()))
process.exit(0)
