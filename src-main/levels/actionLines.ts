import type { LevelData } from './schema.ts'

/** Every line that the level's actions can write, with every choice of their fields. */
export function actionLines(data: LevelData): readonly string[] {
  const lines = data.actions.flatMap((action) =>
    action.fields.reduce<readonly string[]>(
      (open, field) =>
        open.flatMap((line) =>
          field.choices.map((choice) => line.replaceAll(`{${field.name}}`, choice)),
        ),
      [action.line],
    ),
  )
  return [...new Set(lines)]
}
