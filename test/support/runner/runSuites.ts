import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, NO_BROWSER, thisBrowserMachine } from '../findChromium.ts'
import { runTool } from './runTool.ts'
import type { Outcome } from './tally.ts'

const reporters = join('test', 'support', 'runner')

/** Unit, component, level, layering, conformance and durability tests. */
export const runVitest = (): Promise<readonly Outcome[]> =>
  runReporting('vitest', [
    'vitest',
    'run',
    '--silent=passed-only',
    '--reporter=dot',
    `--reporter=./${join(reporters, 'vitestReporter.ts')}`,
  ])

/** The journeys, in a real Chromium and, where it is there, in Electron. */
export async function runPlaywright(): Promise<readonly Outcome[]> {
  const browser = findChromium(thisBrowserMachine())
  if (browser === null) {
    return [{ place: 'test/e2e', name: 'a browser', state: 'failed', reason: NO_BROWSER }]
  }
  console.log(`in ${browser}`)
  const reporter = join(import.meta.dirname, 'playwrightReporter.ts')
  return runReporting(
    'playwright',
    ['playwright', 'test', '-c', 'test/e2e/playwright.config.ts', `--reporter=list,${reporter}`],
    { DRIFTWOOD_CHROMIUM: browser },
  )
}

async function runReporting(
  place: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'driftwood-outcomes-'))
  const file = join(folder, 'outcomes.json')
  try {
    const { holds } = await runTool(command, {
      live: true,
      env: { ...env, DRIFTWOOD_OUTCOMES: file },
    })
    const outcomes = readOutcomes(file)
    const isTold = outcomes.some(({ state }) => state === 'failed')
    // What the tool minds but no test tells must not get lost.
    if (outcomes.length > 0 && (holds || isTold)) return outcomes
    const reason = 'it ended with an error, see above'
    return [...outcomes, { place, name: 'the run as a whole', state: 'failed', reason }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readOutcomes(file: string): readonly Outcome[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Outcome[]
  } catch {
    // No file: the tool broke before its end; the caller says so.
    return []
  }
}
