/**
 * What changed from one value to the next, as JSON: one action changes a hundredth of what a view
 * of a long play holds.
 */
export type Change =
  /** Another value altogether. */
  | { readonly to: unknown }
  /** Fields of an object that are others now. */
  | { readonly in: Readonly<Record<string, Change>> }
  /** A list, put together from front to back. */
  | { readonly list: readonly Piece[] }

type Piece =
  /** So many items of the old list, from this one on. */
  | readonly [from: number, count: number]
  /** One item of the old list with changes. */
  | { readonly at: number; readonly by: Change }
  /** An item that was not there. */
  | { readonly to: unknown }

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** Null: nothing changed. Both values are what JSON can hold; a field of `undefined` is none. */
export function changeOf(before: unknown, after: unknown): Change | null {
  if (before === after) return null
  if (!isFields(before) || !isFields(after)) return { to: after }
  if (Array.isArray(before) && Array.isArray(after)) return changeOfList(before, after)
  if (Array.isArray(before) || Array.isArray(after)) return { to: after }
  return changeOfFields(before, after)
}

const namesIn = (fields: Fields): readonly string[] =>
  Object.keys(fields).filter((name) => fields[name] !== undefined)

function changeOfFields(before: Fields, after: Fields): Change | null {
  const names = namesIn(after)
  const known = namesIn(before)
  const isAlike = known.length === names.length && known.every((name, at) => names[at] === name)
  if (!isAlike) return { to: after }
  const changed: [string, Change][] = []
  for (const name of names) {
    const change = changeOf(before[name], after[name])
    if (change) changed.push([name, change])
  }
  return changed.length === 0 ? null : { in: Object.fromEntries(changed) }
}

/** Lists here grow at the end and lose their oldest items; single items change in their place. */
function changeOfList(before: readonly unknown[], after: readonly unknown[]): Change | null {
  const pieces: Piece[] = []
  let at = firstKept(before, after)
  let from = at
  const copyUpTo = (end: number) => {
    if (end > from) pieces.push([from, end - from])
  }
  for (const item of after) {
    const change = at < before.length ? changeOf(before[at], item) : { to: item }
    if (change) {
      copyUpTo(at)
      pieces.push('to' in change ? change : { at, by: change })
      from = at + 1
    }
    at += 1
  }
  if (pieces.length === 0 && after.length === before.length) return null
  copyUpTo(at)
  return { list: pieces }
}

/** Where the new list goes on in the old one: how many of the oldest items are gone. */
const firstKept = (before: readonly unknown[], after: readonly unknown[]): number =>
  after.length === 0
    ? 0
    : Math.max(
        0,
        before.findIndex((item) => changeOf(item, after[0]) === null),
      )

/** The value after a change; what stays are the same objects. Throws where the change cannot fit. */
export function withChange(before: unknown, change: Change): unknown {
  if ('to' in change) return change.to
  if ('list' in change) {
    if (!Array.isArray(before)) throw new TypeError('there is no list to change')
    return change.list.flatMap((piece) => pieceOf(before, piece))
  }
  if (!isFields(before)) throw new TypeError('there are no fields to change')
  const changed = Object.entries(change.in).map(([name, by]) => {
    if (!Object.hasOwn(before, name)) throw new TypeError(`there is no ${name} to change`)
    return [name, withChange(before[name], by)]
  })
  return Object.fromEntries([...Object.entries(before), ...changed])
}

function pieceOf(before: readonly unknown[], piece: Piece): readonly unknown[] {
  // A list has an `at` as well, so it is asked for first.
  if (isCopy(piece)) return before.slice(piece[0], piece[0] + piece[1])
  return ['at' in piece ? withChange(before[piece.at], piece.by) : piece.to]
}

const isCopy = (piece: Piece): piece is readonly [number, number] => Array.isArray(piece)
