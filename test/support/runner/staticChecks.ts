import { runTool } from './runTool.ts'
import type { Outcome } from './tally.ts'

type Check = readonly [name: string, ...command: string[]]

const checks: readonly Check[] = [
  ['format and lint', 'biome', 'ci', '--colors=off', '.'],
  ['types of sim', 'tsc', '-p', 'src-main/sim', '--noEmit'],
  ['types of main', 'tsc', '-p', 'src-main', '--noEmit'],
  ['types of renderer', 'vue-tsc', '-p', 'src-renderer', '--noEmit'],
  ['types of tests', 'tsc', '-p', 'test', '--noEmit'],
  ['layering', 'depcruise', '--config', '.dependency-cruiser.mjs', 'src-main', 'src-renderer'],
  ['build', 'electron-vite', 'build', '--logLevel', 'warn'],
]

const AT_ONCE = 2

/** Everything that can be said of the sources without running them. */
export async function runStaticChecks(): Promise<readonly Outcome[]> {
  const waiting = [...checks]
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      outcomes.push(await runCheck(check))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return outcomes
}

async function runCheck([name, ...command]: Check): Promise<Outcome> {
  const { holds, output } = await runTool(command)
  console.log(`== ${name}: ${holds ? 'holds' : 'FAILED'}`)
  if (!holds) console.log(output)
  return { place: name, name, state: holds ? 'passed' : 'failed', reason: '' }
}
