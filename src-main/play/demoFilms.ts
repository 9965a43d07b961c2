import type { Level } from '../levels/level.ts'
import { readScriptLine, type ScriptLine } from '../levels/rules/runScript.ts'
import { scriptAction } from './scriptAction.ts'
import { type Applied, applyAction, startSession } from './session.ts'
import type { PlaySession } from './sessionState.ts'
import type { StepFilm } from './view.ts'

/** What one command of a demonstration does. */
export interface DemoPart {
  readonly line: string
  readonly film: StepFilm
}

/** Lines of a solution that bring it on; what only helps or goes back is not shown. */
const SHOWN: ReadonlySet<ScriptLine['kind']> = new Set(['command', 'explain', 'mark'])

/** Predictions that a line may meet before it runs; more would be a level that never goes on. */
const MOST_QUESTIONS = 8

/**
 * The first reference solution of a level as films, played by the same rules as a player's lines.
 * Commands that show nothing are left out; predictions are skipped. Stops where a line is refused.
 */
export function demoFilms(level: Level, locale: string, seed: number): readonly DemoPart[] {
  let session = startSession(level, locale, seed)
  const parts: DemoPart[] = []
  for (const text of level.data.solutions[0]?.lines ?? []) {
    const line = readScriptLine(text)
    if (line === null || !SHOWN.has(line.kind)) continue
    const action = scriptAction(line)
    const applied = withoutQuestions(applyAction(session, action))
    if (applied.refusal !== null) break
    session = applied.session
    if (action.type === 'line' && applied.film && applied.film.frames.length > 0) {
      parts.push({ line: action.line, film: applied.film })
    }
  }
  return parts
}

/** A line that waits for a prediction runs once that is skipped. */
function withoutQuestions(applied: Applied): Applied {
  let now = applied
  for (let asked = 0; asked < MOST_QUESTIONS; asked += 1) {
    const held: PlaySession['held'] = now.session.held
    if (held === null || now.refusal !== null) return now
    const { predictionId } = held
    now = applyAction(now.session, { type: 'predict', predictionId, answer: null, sure: false })
  }
  return now
}
