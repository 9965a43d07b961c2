/** What came of one check or test. */
export interface Outcome {
  /** Where it belongs: a file of tests, or the name of a check. */
  readonly place: string
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped or how it failed, in one line. */
  readonly reason: string
}

/** Collects what all runners report, and says it at the end. */
export class Tally {
  readonly #outcomes: Outcome[] = []

  add(...outcomes: readonly Outcome[]): void {
    this.#outcomes.push(...outcomes)
  }

  get hasFailed(): boolean {
    return this.#in('failed').length > 0
  }

  /** Every failure, then what was skipped by its reason, then the one line for all of it. */
  summary(): string {
    const failed = this.#in('failed').map(
      ({ place, name, reason }) => `failed: ${place}: ${name}${reason && `: ${reason}`}`,
    )
    const byReason = Map.groupBy(this.#in('skipped'), ({ place, reason }) => `${place}: ${reason}`)
    const skipped = [...byReason].map(([reason, all]) => `skipped ${all.length}: ${reason}`)
    return [...failed, ...skipped, this.#countLine()].join('\n')
  }

  #countLine(): string {
    const count = (state: Outcome['state']) => `${this.#in(state).length} ${state}`
    return `${count('passed')}, ${count('failed')}, ${count('skipped')}`
  }

  #in(state: Outcome['state']): readonly Outcome[] {
    return this.#outcomes.filter((one) => one.state === state)
  }
}
