import type { Outcome } from '../../../src-main/sim/apply.ts'
import type { FuzzLine } from './makeLine.ts'

/** More than this is a flood: `apply` leaves out the rest and says so. */
const mostOutput = 1_000_200

/** Codes by which a shell or the engine says "not understood" or "not found". */
const misunderstood = new Set([2, 125, 126, 127, 137])

/** Commands that say no by their exit code alone, or whose words may go to a file. */
const silentOnes =
  /\b(?:grep|egrep|fgrep|test|false|cmp|diff|exit|return|expr|kill|timeout|xargs|awk|trap|wait|which|docker wait|command|type|read|let|break|continue|q\d+)\b|\[|!|>/

/** What is wrong with the answer to a line; null when nothing is. */
export const judgeLine = (line: FuzzLine, outcome: Outcome): string | null => {
  const { stdout, stderr, exit } = outcome
  if (!Number.isInteger(exit) || exit < 0 || exit > 255) return `exit code ${exit}`
  if (stdout.length > mostOutput || stderr.length > mostOutput) {
    return `a flood: ${stdout.length} and ${stderr.length} characters`
  }
  if (/\bundefined\b|\bNaN\b|\[object /.test(stdout + stderr) && !/undefined|NaN/.test(line.text)) {
    return `a value of the simulator in the answer: ${(stdout + stderr).slice(0, 200)}`
  }
  if (line.mustName !== null && exit !== 0 && !(stdout + stderr).includes(line.mustName)) {
    return `does not name ${line.mustName}: exit ${exit}: ${(stdout + stderr).slice(0, 200)}`
  }
  if (line.mustName !== null && exit === 0)
    return `accepted ${line.mustName}: ${stdout.slice(0, 200)}`
  if (misunderstood.has(exit) && stderr === '' && stdout === '' && !silentOnes.test(line.text)) {
    return `exit ${exit} without a word`
  }
  return null
}
