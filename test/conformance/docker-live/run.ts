/**
 * `npm run conformance:docker -- [--scripts N] [--seed S] [--only NAME]`: the recorded scripts, the
 * reference solution of every level, then N random scripts, on the simulator and on a live engine.
 * With `--real`: only what the levels give to be tried for real, proven on the engine.
 * A random script that differs is printed shrunk; exit 1 when anything differs.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { arbitraryScript } from './arbitraryScript.ts'
import { type Comparison, compareScript } from './compareScript.ts'
import { engineMissing, LiveEngine } from './LiveEngine.ts'
import type { LiveScript } from './liveScript.ts'
import { namedScripts } from './namedScripts.ts'
import { EngineRunner } from './runOnEngine.ts'
import { partsOf, proveOnEngine, realLevels } from './tryForReal.ts'

const { values } = parseArgs({
  options: {
    scripts: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    failures: { type: 'string', default: '5' },
    real: { type: 'boolean', default: false },
  },
})
const chunk = 10

const report = ({ name }: LiveScript, { differences, compared, leftOut }: Comparison): boolean => {
  console.log(`${name}: ${compared} lines compared, ${differences.length} differ`)
  for (const text of leftOut) console.log(`  ${text}`)
  for (const text of differences) console.log(`  DIFFERS ${text}`)
  return differences.length === 0
}

const runRandom = (runner: EngineRunner, seed: number, runs: number): boolean => {
  const isEqual = (script: LiveScript): boolean =>
    compareScript(runner, script).differences.length === 0
  // On a loaded machine a line may be given up: a difference counts when it is there twice.
  const property = fc.property(arbitraryScript, (script) => isEqual(script) || isEqual(script))
  const outcome = fc.check(property, { seed, numRuns: runs })
  if (!outcome.failed) return true
  const script = outcome.counterexample?.[0]
  if (script === undefined) throw new Error(String(outcome.errorInstance))
  console.log(`seed ${seed}, after ${outcome.numRuns} scripts, shrunk ${outcome.numShrinks} times:`)
  for (const { text } of script.lines) console.log(`  ${text}`)
  report(script, compareScript(runner, script))
  return false
}

/** Proves every level's own commands; how many levels did not hold. */
const runReal = (engine: LiveEngine, runner: EngineRunner): number => {
  const parts = partsOf(engine)
  console.log(`BuildKit: ${parts.buildkit}, compose: ${parts.compose ?? 'none'}`)
  let failures = 0
  for (const level of realLevels().filter(({ id }) => id.includes(values.only))) {
    const { proven, leftOut, problems } = proveOnEngine(runner, level, parts)
    console.log(`${level.id}: ${proven} commands proven, ${leftOut.length} left out`)
    for (const text of leftOut) console.log(`  ${text}`)
    for (const text of problems) console.log(`  FAILS ${text}`)
    if (problems.length > 0) failures += 1
  }
  return failures
}

const main = async (): Promise<number> => {
  const missing = engineMissing()
  const engine = missing ?? (await LiveEngine.start())
  if (typeof engine === 'string') {
    console.log(`skipped: ${engine}`)
    return 0
  }
  let failures = 0
  try {
    console.log(`Docker Engine ${engine.version}`)
    const runner = new EngineRunner(engine)
    if (values.real) return runReal(engine, runner) === 0 ? 0 : 1
    for (const script of namedScripts()) {
      if (!script.name.includes(values.only)) continue
      if (!report(script, compareScript(runner, script))) failures += 1
    }
    const [scripts, seed] = [Number(values.scripts), Number(values.seed)]
    let found = 0
    for (let at = 0; at < scripts && found < Number(values.failures); at += chunk) {
      const runs = Math.min(chunk, scripts - at)
      if (!runRandom(runner, seed + at / chunk, runs)) found += 1
      console.log(`${at + runs} of ${scripts} random scripts, ${found} failures`)
    }
    failures += found
  } finally {
    await engine.stop()
  }
  return failures === 0 ? 0 : 1
}

process.exitCode = await main()
