import type { ScriptLine } from '../levels/rules/runScript.ts'
import type { PlayAction } from './action.ts'

/** What a player would do for a line of a script; a prediction is given as one is sure of. */
export const scriptAction = (line: ScriptLine): PlayAction => {
  switch (line.kind) {
    case 'command':
      return { type: 'line', line: line.line }
    case 'predict':
      return { type: 'predict', predictionId: line.id, answer: line.answer, sure: true }
    case 'explain': {
      const { cause, mechanism, consequence } = line
      return { type: 'explain', cause, mechanism, consequence }
    }
    case 'mark':
      return { type: 'mark', marks: line.marks }
    default:
      return { type: line.kind }
  }
}
