/**
 * `npm run bench [-- WORD...]`: runs test/bench/*.bench.ts one after the other (those whose name
 * holds one of the words), prints their figures and writes bench/results.json. Exit 1 when a figure
 * is beyond its limit or a bench broke.
 */
import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { findChromium, thisBrowserMachine } from '../findChromium.ts'
import type { BenchResult } from './benchResult.ts'
import { ROOT } from './runTool.ts'

type Figures = Readonly<Record<string, readonly BenchResult[]>>

const RESULTS = join(ROOT, 'bench', 'results.json')

/** The figures of one file, or null where it broke; its own words go to the terminal. */
async function runFile(
  file: string,
  browser: string | null,
): Promise<readonly BenchResult[] | null> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'runBench.ts'), join(ROOT, file)],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
      env: { ...process.env, ...(browser !== null && { DRIFTWOOD_CHROMIUM: browser }) },
    },
  )
  try {
    return (await json(child.stdio[3] as Readable)) as readonly BenchResult[]
  } catch {
    // It ended before it had figures; why is on the terminal already.
    return null
  }
}

const isBeyond = ({ value, limit }: BenchResult): boolean => limit !== null && value > limit

const sentence = (one: BenchResult): string => {
  const limit = one.limit === null ? '' : ` (at most ${one.limit} ${one.unit})`
  const value = one.value.toLocaleString('en', { maximumFractionDigits: 3 })
  return `  ${isBeyond(one) ? '✗' : ' '} ${one.name}: ${value} ${one.unit}${limit}`
}

function earlier(): Figures {
  try {
    return (JSON.parse(readFileSync(RESULTS, 'utf8')) as { benches: Figures }).benches
  } catch {
    // The first run, or a file that is not ours: it is written anew.
    return {}
  }
}

const words = process.argv.slice(2)
const files = globSync('test/bench/*.bench.ts', { cwd: ROOT })
  .filter((file) => words.length === 0 || words.some((word) => basename(file).includes(word)))
  .sort()
const browser = findChromium(thisBrowserMachine())
const measured: Record<string, readonly BenchResult[]> = words.length === 0 ? {} : { ...earlier() }
const broken: string[] = []
for (const file of files) {
  const name = basename(file, '.bench.ts')
  console.log(`== ${name}`)
  const figures = await runFile(file, browser)
  if (figures === null) broken.push(name)
  else measured[name] = figures
  for (const figure of figures ?? []) console.log(sentence(figure))
}

const machine = `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`
mkdirSync(join(ROOT, 'bench'), { recursive: true })
writeFileSync(
  RESULTS,
  `${JSON.stringify({ machine, at: new Date().toISOString(), benches: measured }, null, 2)}\n`,
)
const beyond = Object.values(measured).flat().filter(isBeyond)
for (const name of broken) console.log(`broken: ${name}`)
for (const figure of beyond) console.log(`beyond its limit: ${figure.name}`)
console.log(
  `${Object.values(measured).flat().length} figures in bench/results.json, ${beyond.length} beyond their limits, ${broken.length} benches broken`,
)
process.exitCode = beyond.length + broken.length === 0 ? 0 : 1
