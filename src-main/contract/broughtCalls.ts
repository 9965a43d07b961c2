import type { ImportSummary } from './playerCalls.ts'

/** A file that was opened with the game. Nothing of it is taken in before somebody says so. */
export interface BroughtFile {
  readonly id: string
  readonly fileName: string
  readonly holds:
    | { readonly kind: 'progress'; readonly names: readonly string[] }
    /** `replaces`: a level of your own has the same id. */
    | { readonly kind: 'level'; readonly title: string; readonly replaces: boolean }
    /** Why it cannot be taken in, in one sentence. */
    | { readonly kind: 'nothing'; readonly problem: string }
}

export interface BroughtList {
  readonly files: readonly BroughtFile[]
}

export type TakenFile =
  | { readonly kind: 'progress'; readonly summary: ImportSummary }
  | { readonly kind: 'level'; readonly levelId: string; readonly title: string }

/** Files of progress and levels from elsewhere. On a public machine: only the instructor's. */
export interface BroughtCalls {
  listBrought: (request: Record<never, never>) => BroughtList
  /** A level file that was chosen in the page joins the list. */
  bringLevel: (request: { readonly fileName: string; readonly text: string }) => BroughtList
  takeBrought: (request: { readonly fileId: string }) => TakenFile
  /** It is forgotten, and nothing was changed. */
  leaveBrought: (request: { readonly fileId: string }) => BroughtList
}
