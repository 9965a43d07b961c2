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

const isIn = (path: string, folder: string): boolean =>
  path === folder || folder === '/' || path.startsWith(`${folder}/`)

/** The deepest of the choices that holds a path, or the path itself where none does. */
const nearest = (path: string, choices: readonly string[]): string =>
  choices
    .filter((choice) => isIn(path, choice))
    .reduce((deepest, choice) => (choice.length > deepest.length ? choice : deepest), '') || path

/** A choice such as `pgdata:/data`, taken apart. */
const splitMount = (choice: string): { readonly source: string; readonly target: string } => {
  const colon = choice.indexOf(':/')
  return { source: choice.slice(0, colon), target: choice.slice(colon + 1) }
}

/**
 * A dropped volume as values for an action's fields, by what the fields are called: a path, a
 * volume, or both in one. Null: a new volume.
 */
export function valuesOfDrop(
  action: ActionView,
  volume: string | null,
  path: string,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const { name, choices } of action.fields) {
    const mounts = choices.filter((choice) => choice.includes(':/')).map(splitMount)
    if (mounts[0]) {
      const target = nearest(
        path,
        mounts.map((mount) => mount.target),
      )
      const source = volume ?? mounts[0].source
      values[name] = `${source}:${target}`
    } else if (/path|target|dir|at$/i.test(name)) values[name] = nearest(path, choices)
    else if (volume && /vol|source|name/i.test(name)) values[name] = volume
  }
  return values
}

/** What a person would type to put a volume there, where the level has no action for it. */
export function lineOfDrop(
  container: { readonly name: string; readonly image: string },
  volume: string | null,
  path: string,
): string {
  const { name, image } = container
  const mount = `${volume ?? 'data'}:${path}`
  return `docker rm -f ${name} && docker run -d --name ${name} -v ${mount} ${image}`
}
