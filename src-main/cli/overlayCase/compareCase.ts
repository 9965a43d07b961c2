import type { OverlayCase } from './overlayCase.ts'
import type { Replayed } from './replayCase.ts'

const shownLength = 200

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, shownLength)

const pathOf = (value: unknown): string | null => {
  const path = (value as { path?: unknown } | null)?.path
  return typeof path === 'string' ? path : null
}

/** Lists of objects with paths are compared path by path, other lists item by item. */
const keyed = (list: readonly unknown[]): Map<string, unknown> =>
  new Map(list.map((item, index) => [pathOf(item) ?? String(index), item]))

const listDifferences = (
  field: string,
  expected: readonly unknown[],
  found: readonly unknown[],
): readonly string[] => {
  const [wanted, got] =
    field === 'copiedUp' ? [expected, found].map(byOrder) : [expected, found].map(keyed)
  const keys = new Set([...(wanted?.keys() ?? []), ...(got?.keys() ?? [])])
  return [...keys]
    .filter((key) => JSON.stringify(wanted?.get(key)) !== JSON.stringify(got?.get(key)))
    .map(
      (key) => `${field}[${key}]: expected ${shown(wanted?.get(key))}, got ${shown(got?.get(key))}`,
    )
}

const byOrder = (list: readonly unknown[]): Map<string, unknown> =>
  new Map(list.map((item, index) => [String(index), item]))

/** One line for each difference between what was recorded and what the simulator gave. */
export const differences = (recorded: OverlayCase['recorded'], replayed: Replayed): string[] =>
  Object.entries(replayed).flatMap(([field, found]) => {
    const expected = recorded[field]
    if (expected === undefined) return []
    if (Array.isArray(expected) && Array.isArray(found)) {
      return listDifferences(field, expected, found)
    }
    return JSON.stringify(expected) === JSON.stringify(found)
      ? []
      : [`${field}: expected ${shown(expected)}, got ${shown(found)}`]
  })
