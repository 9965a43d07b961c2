import type { TerminalEntry } from '@contract/api.ts'

/** Most lines of output that are kept on the screen. */
export const LINE_CAP = 2000
/** A longer output is shown in pages of this many lines. */
export const PAGE = 40

export interface ShownEntry {
  readonly entry: TerminalEntry
  readonly lines: readonly OutputLine[]
  /** Lines that wait behind "show more". */
  readonly waiting: number
}

export interface OutputLine {
  readonly from: 'stdout' | 'stderr'
  readonly text: string
}

/** Entries one after the other that were undone: from so many on they are told by their number. */
export const UNDONE_FOLD = 3

export type LogItem =
  | ({ readonly kind: 'entry' } & ShownEntry)
  | { readonly kind: 'undone'; readonly id: number; readonly count: number; readonly open: boolean }

/**
 * Folds what was undone, so that what holds stays in view: a run of undone entries is one line
 * that opens to them. `open` has the ids of the first entries of runs that are open.
 */
export function foldUndone(
  entries: readonly ShownEntry[],
  open: ReadonlySet<number>,
): readonly LogItem[] {
  const items: LogItem[] = []
  for (let at = 0; at < entries.length; ) {
    const end = entries.findIndex(({ entry }, index) => index >= at && entry.current)
    const run = entries.slice(at, end < 0 ? entries.length : end)
    const first = run[0]
    const folds = first !== undefined && run.length >= UNDONE_FOLD
    const isOpen = folds && open.has(first.entry.id)
    if (folds) items.push({ kind: 'undone', id: first.entry.id, count: run.length, open: isOpen })
    if (!folds || isOpen) items.push(...run.map((one) => ({ kind: 'entry' as const, ...one })))
    const present = entries[at + run.length]
    if (present) items.push({ kind: 'entry', ...present })
    at += run.length + 1
  }
  return items
}

const split = (text: string): readonly string[] =>
  text === '' ? [] : text.replace(/\n$/, '').split('\n')

const outputOf = (entry: TerminalEntry): readonly OutputLine[] => [
  ...split(entry.stdout).map((text) => ({ from: 'stdout' as const, text })),
  ...split(entry.stderr).map((text) => ({ from: 'stderr' as const, text })),
]

/**
 * What the terminal shows: the newest entries within the cap, long outputs cut to their open
 * pages. `pages` counts the pages opened for an entry beyond the first.
 */
export function shownEntries(
  entries: readonly TerminalEntry[],
  pages: ReadonlyMap<number, number>,
): { readonly entries: readonly ShownEntry[]; readonly dropped: number } {
  let room = LINE_CAP
  let dropped = 0
  const shown: ShownEntry[] = []
  for (const entry of [...entries].reverse()) {
    const output = outputOf(entry)
    if (room <= 0) {
      dropped += output.length + 1
      continue
    }
    const open = PAGE * (1 + (pages.get(entry.id) ?? 0))
    const lines = output.slice(0, Math.min(open, room - 1))
    room -= lines.length + 1
    shown.push({ entry, lines, waiting: output.length - lines.length })
  }
  return { entries: shown.reverse(), dropped }
}
