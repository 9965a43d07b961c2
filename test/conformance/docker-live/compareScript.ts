import { differencesOf } from '../../../src-main/cli/transcript/compareLines.ts'
import { Normaliser } from '../../../src-main/cli/transcript/normalise.ts'
import type { TypedLine } from '../../../src-main/cli/transcript/transcript.ts'
import { asPlugin, forComposeV1 } from './composeV1.ts'
import { engineInCommonForm, simulatedInCommonForm } from './knownDifferences.ts'
import { lineDifferences } from './lineDifferences.ts'
import type { LiveLine, LiveScript } from './liveScript.ts'
import type { EngineRunner } from './runOnEngine.ts'
import { runOnSimulator } from './runOnSimulator.ts'

export interface Comparison {
  readonly differences: readonly string[]
  readonly compared: number
  /** Why lines were not given to the engine, or their answers not compared. */
  readonly leftOut: readonly string[]
}

/** A line as this engine has to be given it. */
export const forEngine = (line: LiveLine): LiveLine => {
  const known = lineDifferences.find((one) => one.line.test(line.text))
  if (known === undefined) return line
  return {
    ...line,
    ...(known.onEngine === undefined ? {} : { onEngine: known.onEngine(line.text) }),
    ...(known.answerDiffers ? { notCompared: known.fact } : {}),
    ...(known.notOnEngine ? { notOnEngine: known.fact } : {}),
  }
}

const answersOf = (
  lines: readonly TypedLine[],
  script: LiveScript,
  inCommonForm: (line: TypedLine) => TypedLine,
): (TypedLine | null)[] => {
  const normaliser = new Normaliser()
  return script.lines.map(({ notCompared, notOnEngine }, i) => {
    const typed = lines[i]
    if (typed === undefined || notCompared !== undefined || notOnEngine !== undefined) return null
    return normaliser.line(inCommonForm(typed))
  })
}

/** Every answer as it is, normalised: to be held against a recording. */
const asRecorded = (lines: readonly TypedLine[]): TypedLine[] => {
  const normaliser = new Normaliser()
  return lines.map((line) => normaliser.line(line))
}

/** Types a script on both and compares every answer. */
export const compareScript = (runner: EngineRunner, given: LiveScript): Comparison => {
  const script = forComposeV1({ ...given, lines: given.lines.map(forEngine) })
  const own = runOnSimulator(script)
  const live = runner
    .run(script)
    .map((line) => ({ ...line, stdout: asPlugin(script, line.stdout) }))
  const simulated = answersOf(own, script, simulatedInCommonForm)
  const engine = answersOf(live, script, engineInCommonForm)
  const [ownRecorded, liveRecorded] = [asRecorded(own), asRecorded(live)]
  const leftOut = script.lines.flatMap(({ text, notCompared, notOnEngine }) => {
    if (notOnEngine !== undefined) return `not typed: ${text}: ${notOnEngine}`
    return notCompared === undefined ? [] : `not compared: ${text}: ${notCompared}`
  })
  const differences = script.lines.flatMap(({ text, recorded }, i) => {
    const [answer, expected] = [simulated[i], engine[i]]
    if (!answer || !expected) return []
    const found = differencesOf(expected, answer)
    if (found.length === 0) return []
    const [ours, theirs] = [ownRecorded[i], liveRecorded[i]]
    const isVersions =
      recorded !== undefined &&
      ours !== undefined &&
      theirs !== undefined &&
      differencesOf(recorded.asSimulated, ours).length === 0 &&
      differencesOf(recorded.asEngine, theirs).length === 0
    if (!isVersions) return found.map((difference) => `${i}: ${text}: ${difference}`)
    leftOut.push(`as recorded on each: ${text}`)
    return []
  })
  return { differences, compared: engine.filter((line) => line !== null).length, leftOut }
}
