/**
 * `npm run fuzz -- [--lines N] [--seed S]`: random and mutated lines through `apply`, and the ones
 * that would never end. Prints what crashed, hung or did not say what it did not understand.
 */
import { parseArgs } from 'node:util'
import { hostileLines } from './lines.ts'
import { type FuzzLine, makeLine } from './makeLine.ts'
import { runFuzz } from './runFuzz.ts'
import { seeded } from './seeded.ts'

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})
const stretch = 2000
const [total, seed] = [Number(values.lines), Number(values.seed)]
const random = seeded(seed)
const shown = (line: string): string =>
  JSON.stringify(line.length > 300 ? `${line.slice(0, 300)}…` : line)

let failures = 0
let typed = 0
const run = async (lines: readonly FuzzLine[]): Promise<void> => {
  const { faults, slow } = await runFuzz(lines, ({ line, fault }) => {
    console.log(`FAULT ${shown(line)}\n  ${fault}`)
  })
  failures += faults.length
  typed += lines.length
  for (const { line, ms } of slow.slice(0, 5)) console.log(`slow ${ms} ms ${shown(line)}`)
  console.log(`${typed} lines, ${failures} faults`)
}

await run(hostileLines.map((text) => ({ text, mustName: null })))
for (let left = total; left > 0; left -= stretch) {
  await run(Array.from({ length: Math.min(stretch, left) }, () => makeLine(random)))
}
process.exitCode = failures === 0 ? 0 : 1
