import type { PlayReply } from './api.ts'

/** Worlds without a task, and the states of them that were saved. */
export interface SandboxView {
  readonly worlds: readonly {
    readonly id: string
    readonly title: string
    readonly summary: string
    /** `started`: it goes on where it was left. */
    readonly state: 'untouched' | 'started'
  }[]
  /** Newest first. */
  readonly saved: readonly {
    readonly id: string
    readonly name: string
    readonly worldId: string
    readonly worldTitle: string
    /** Milliseconds since the epoch. */
    readonly savedAt: number
    /** False: an update changed the world, and the state cannot be opened any more. */
    readonly usable: boolean
  }[]
}

/**
 * The sandbox is played with the calls of any level (`runLine`, `undo`, `resetLevel`, ...) over the
 * attempt that `openSandbox` and `openSaved` give. Its view has no goals and is never solved.
 */
export interface SandboxCalls {
  getSandbox: (request: Record<never, never>) => SandboxView
  /** Opens a world where it was left, or for the first time. */
  openSandbox: (request: { readonly worldId: string }) => PlayReply
  /** Keeps the state as it is now, with its whole history, under a name. */
  saveSandbox: (request: { readonly attemptId: string; readonly name: string }) => SandboxView
  /** Goes on from a saved state. What was open and not saved is saved first, under its own name. */
  openSaved: (request: { readonly savedId: string }) => PlayReply
  removeSaved: (request: { readonly savedId: string }) => SandboxView
  /**
   * "Show me": opens the experiment that proves or refutes an option of the knowledge check. Its
   * lines have been run and step 0 is shown.
   */
  showOption: (request: { readonly questionId: string; readonly optionId: string }) => PlayReply
}
