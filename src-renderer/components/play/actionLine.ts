import type { ActionView } from '@contract/api.ts'

/** The command of an action with its fields filled in; `{name}` stays while nothing is chosen. */
export const actionLine = (
  action: ActionView,
  values: Readonly<Record<string, string | undefined>>,
): string =>
  action.line.replace(/\{([\w-]+)\}/g, (whole, name: string) => values[name]?.trim() || whole)

/** Whether every field has a value. */
export const isComplete = (
  action: ActionView,
  values: Readonly<Record<string, string | undefined>>,
): boolean => action.fields.every((field) => Boolean(values[field.name]?.trim()))

/** A dropped volume as values for an action's fields, by what the fields are called. */
export function valuesOfDrop(
  action: ActionView,
  volume: string | null,
  path: string,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const { name } of action.fields) {
    if (/path|target|dir|at$/i.test(name)) values[name] = path
    else if (volume && /vol|source|name/i.test(name)) values[name] = volume
  }
  return values
}
