import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter'
import type { Outcome } from './tally.ts'

function outcomeOf(test: TestCase): Outcome {
  const project = test.parent.project()?.name
  const place = `${relative(process.cwd(), test.location.file)} (${project})`
  const result = test.results.at(-1)
  const notes = [...test.annotations, ...(result?.annotations ?? [])]
  if (test.outcome() === 'skipped') {
    const reason = notes.find(({ type }) => type === 'skip')?.description
    return {
      place,
      name: test.title,
      state: 'skipped',
      reason: reason ?? 'skipped without a reason',
    }
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours of a message.
  const reason = (result?.error?.message ?? '').replace(/\u001b\[\d+m/g, '').split('\n', 1)[0] ?? ''
  return { place, name: test.title, state: test.ok() ? 'passed' : 'failed', reason }
}

/** Writes the outcome of every test to the file named in DRIFTWOOD_OUTCOMES. */
export default class OutcomeReporter implements Reporter {
  #root: Suite | null = null
  readonly #strays: Outcome[] = []

  onBegin(_config: FullConfig, root: Suite): void {
    this.#root = root
  }

  onError({ message = '' }: TestError): void {
    const reason = message.split('\n', 1)[0] ?? ''
    const name = 'an error outside of all tests'
    this.#strays.push({ place: 'playwright', name, state: 'failed', reason })
  }

  onEnd(): void {
    const outcomes = this.#root?.allTests().map(outcomeOf) ?? []
    const file = process.env.DRIFTWOOD_OUTCOMES
    if (file) writeFileSync(file, JSON.stringify([...outcomes, ...this.#strays]))
  }
}
