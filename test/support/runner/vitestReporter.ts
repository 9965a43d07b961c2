import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import type { Outcome } from './tally.ts'

const firstLine = (error: SerializedError | undefined): string =>
  error?.message?.split('\n', 1)[0] ?? ''

const STATES = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  pending: 'failed',
} as const

function outcomeOf(place: string, test: TestCase): Outcome {
  const result = test.result()
  const reason =
    result.state === 'skipped'
      ? (result.note ?? 'skipped without a reason')
      : firstLine(result.errors?.[0])
  return { place, name: test.fullName, state: STATES[result.state], reason }
}

/** A file that could not be run at all is one failure of its own. */
function brokenFile(place: string, module: TestModule): readonly Outcome[] {
  const errors = module.errors()
  const isEmpty = module.children.allTests().next().done === true
  if (errors.length === 0 && !isEmpty) return []
  const reason = firstLine(errors[0]) || 'no tests in it'
  return [{ place, name: 'the file', state: 'failed', reason }]
}

/** Writes the outcome of every test to the file named in DRIFTWOOD_OUTCOMES. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const outcomes = modules.flatMap((module) => {
      const place = module.relativeModuleId
      const tests = [...module.children.allTests()].map((test) => outcomeOf(place, test))
      return [...tests, ...brokenFile(place, module)]
    })
    const strays = unhandled.map(
      (error): Outcome => ({
        place: 'vitest',
        name: 'an error outside of all tests',
        state: 'failed',
        reason: firstLine(error),
      }),
    )
    const file = process.env.DRIFTWOOD_OUTCOMES
    if (file) writeFileSync(file, JSON.stringify([...outcomes, ...strays]))
  }
}
