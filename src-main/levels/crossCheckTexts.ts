import type { LevelData } from './schema.ts'
import type { LevelTexts } from './textSchema.ts'

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{([a-z][a-z0-9-]*)\}/g)].map((match) => match[1] ?? '')

/** What the texts of a level lack or have too much, one line each; empty when all fits. */
export function crossCheckTexts(data: LevelData, texts: LevelTexts): readonly string[] {
  const problems: string[] = []
  const same = (where: string, ids: readonly string[], keys: object) => {
    for (const id of ids) if (!(id in keys)) problems.push(`${where}.${id}: expected a text`)
    for (const key of Object.keys(keys)) {
      if (!ids.includes(key)) problems.push(`${where}.${key}: the level has nothing of that name`)
    }
  }
  const ids = (list: readonly { readonly id: string }[]) => list.map((one) => one.id)
  same('goals', ids(data.goals), texts.goals)
  same('actions', ids(data.actions), texts.actions)
  for (const action of data.actions) {
    const names = action.fields.map((field) => field.name)
    same(`actions.${action.id}.fields`, names, texts.actions[action.id]?.fields ?? {})
    for (const name of placeholders(action.line)) {
      if (!names.includes(name)) problems.push(`actions.${action.id}: no field is called {${name}}`)
    }
  }
  same('predictions', ids(data.predictions), texts.predictions)
  for (const prediction of data.predictions) {
    const options = prediction.kind === 'choice' ? ids(prediction.options) : []
    const words = texts.predictions[prediction.id]
    same(`predictions.${prediction.id}.options`, options, words?.options ?? {})
    same(`predictions.${prediction.id}.feedback`, options, words?.feedback ?? {})
  }
  if ((data.explanation === null) !== (texts.explanation === null)) {
    problems.push('explanation: expected exactly where the level has one')
  }
  if (data.explanation !== null && texts.explanation !== null) {
    for (const slot of ['cause', 'mechanism', 'consequence'] as const) {
      same(
        `explanation.${slot}.options`,
        ids(data.explanation[slot]),
        texts.explanation[slot].options,
      )
      same(
        `explanation.${slot}.feedback`,
        ids(data.explanation[slot]),
        texts.explanation[slot].feedback,
      )
    }
  }
  if ((data.marks === null) !== (texts.marks === null)) {
    problems.push('marks: expected exactly where the level has them')
  }
  if (data.marks !== null) same('marks.paths', ids(data.marks.paths), texts.marks?.paths ?? {})
  same('messages', ids(data.wrongMoves), texts.messages)
  for (const move of data.wrongMoves) {
    for (const name of placeholders(texts.messages[move.id] ?? '')) {
      if (!(name in move.values)) problems.push(`messages.${move.id}: no value is called {${name}}`)
    }
  }
  same('debrief.numbers', ids(data.debrief.numbers), texts.debrief.numbers)
  for (const text of [...texts.debrief.happened, texts.debrief.rule]) {
    for (const name of placeholders(text)) {
      if (!(name in data.debrief.values)) problems.push(`debrief: no value is called {${name}}`)
    }
  }
  return problems
}
