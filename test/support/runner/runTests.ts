/**
 * `npm test` and `npm run check`: every check there is, what was skipped and why, and one line for
 * all of it. `--only static | suites | e2e` runs a part.
 */
import { parseArgs } from 'node:util'
import { runPlaywright, runVitest } from './runSuites.ts'
import { runStaticChecks } from './staticChecks.ts'
import { type Outcome, Tally } from './tally.ts'

const parts: Readonly<Record<string, () => Promise<readonly Outcome[]>>> = {
  static: runStaticChecks,
  suites: runVitest,
  e2e: runPlaywright,
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const wanted = values.only === undefined ? Object.keys(parts) : [values.only]
const tally = new Tally()
for (const name of wanted) {
  const part = parts[name]
  if (part === undefined) throw new Error(`--only: expected ${Object.keys(parts).join(', ')}`)
  console.log(`== ${name}`)
  tally.add(...(await part()))
}
console.log(`\n${tally.summary()}`)
process.exitCode = tally.hasFailed ? 1 : 0
