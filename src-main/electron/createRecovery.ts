export interface RecoveryOptions {
  /** Milliseconds, only ever compared. */
  readonly now: () => number
  readonly reload: () => void
  readonly relaunch: () => void
}

const WINDOW_MS = 60_000
const RELOADS = 3

/**
 * What to do when the page has died: show it again, and after the third time within a minute start
 * the program anew. Play is in the database, so neither loses anything.
 */
export function createRecovery({ now, reload, relaunch }: RecoveryOptions): () => void {
  let recent: number[] = []
  return () => {
    const time = now()
    recent = [...recent.filter((one) => time - one < WINDOW_MS), time]
    if (recent.length > RELOADS) relaunch()
    else reload()
  }
}
