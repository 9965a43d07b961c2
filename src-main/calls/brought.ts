import type { BroughtFile } from '../contract/api.ts'
import { LEVEL_FILE_EXTENSION } from '../levels/levelFile.ts'

export const PROGRESS_FILE_EXTENSION = '.driftwood'

/** What a file holds by its name; null: no file of ours. */
export function openedKind(file: string): 'progress' | 'level' | null {
  const name = file.toLowerCase()
  if (name.endsWith(LEVEL_FILE_EXTENSION)) return 'level'
  return name.endsWith(PROGRESS_FILE_EXTENSION) ? 'progress' : null
}

/** A file as the host read it. */
export type OpenedFile = { readonly fileName: string } & (
  | { readonly kind: 'progress' | 'level'; readonly bytes: Buffer }
  | { readonly problem: string }
)

/** A file that waits for somebody to say yes or no. */
export interface WaitingFile {
  readonly shown: BroughtFile
  /** Empty where nothing can be taken in. */
  readonly bytes: Buffer
}

/** More wait at no time; what comes after them is not kept. */
export const MOST_WAITING = 8
