import type { StepFilm } from '../play/view.ts'

/** A level that plays by itself while nobody does. */
export interface DemoView {
  readonly levelId: string
  readonly title: string
  /** One for each command of a reference solution, with everything it does. */
  readonly parts: readonly { readonly line: string; readonly film: StepFilm }[]
}

/** What a visitor takes home. */
export interface KeptVisit {
  /** To be written down and shown to the host. The same for the same visitor. */
  readonly code: string
  /** Under this name it lies in the folder `visits`, for the host to hand out. */
  readonly fileName: string
}

/** What only a kiosk does; elsewhere `conflict`. */
export interface KioskCalls {
  /** Levels come in turn; those that the instructor closed are not shown. */
  getDemo: (request: { readonly turn: number }) => DemoView
  /** Writes the current visitor's progress where the host finds it. */
  keepVisit: (request: Record<never, never>) => KeptVisit
}
