import type { RunEntry } from '../levels/rules/run.ts'
import type { PlaySession } from './sessionState.ts'

/** A way that was left by undoing and doing otherwise: everything that had been done on it. */
export interface Branch {
  readonly id: number
  readonly entries: readonly RunEntry[]
}

/** The oldest ways are forgotten beyond this many. */
const maxBranches = 8

/** How many entries two ways have in common, from the start. */
export function sharedEntries(one: readonly RunEntry[], other: readonly RunEntry[]): number {
  const shortest = Math.min(one.length, other.length)
  for (let at = 0; at < shortest; at += 1) if (one[at] !== other[at]) return at
  return shortest
}

const isPart = (part: readonly RunEntry[], whole: readonly RunEntry[]): boolean =>
  sharedEntries(part, whole) === part.length

/** Keeps a way unless another leads through all of it; what it leads through itself is dropped. */
function keep(session: PlaySession, entries: readonly RunEntry[]): readonly Branch[] {
  const lines = entries.map((entry) => entry.line).join('\n')
  const others = session.branches.filter(
    (branch) =>
      !isPart(branch.entries, entries) &&
      // The same lines from the same start lead to the same world: one of them is enough.
      branch.entries.map((entry) => entry.line).join('\n') !== lines,
  )
  if (others.some((branch) => isPart(entries, branch.entries))) return others
  const id = Math.max(0, ...session.branches.map((branch) => branch.id)) + 1
  return [...others, { id, entries }].slice(-maxBranches)
}

/** The ways known once something new is done here: what redo would have brought back is one. */
export function branchesAfter(session: PlaySession): readonly Branch[] {
  if (session.undone.length === 0) return session.branches
  return keep(session, [...session.run.entries, ...session.undone.toReversed()])
}

/** Goes over to another way; the one that is left, with what redo knew of it, stays known. */
export function takeBranch(session: PlaySession, id: number): PlaySession | null {
  const wanted = session.branches.find((branch) => branch.id === id)
  if (wanted === undefined) return null
  const left = [...session.run.entries, ...session.undone.toReversed()]
  const branches = (left.length > 0 ? keep(session, left) : session.branches).filter(
    (branch) => branch.id !== id,
  )
  const run = { ...session.run, entries: wanted.entries }
  return { ...session, run, branches, undone: [], held: null }
}
