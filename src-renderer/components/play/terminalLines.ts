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
