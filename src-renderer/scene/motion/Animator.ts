/** Advances by milliseconds of the viewer's time; returns true when it has ended. */
export type Advance = (milliseconds: number) => boolean

/**
 * Runs animations and asks for frames only while there are any. The caller owns the clock:
 * `wake` is called when frames are needed, `tick` with the time since the last one.
 */
export class Animator {
  readonly #running = new Set<Advance>()
  readonly #wake: () => void

  constructor(wake: () => void) {
    this.#wake = wake
  }

  get busy(): boolean {
    return this.#running.size > 0
  }

  add(advance: Advance): () => void {
    this.#running.add(advance)
    this.#wake()
    return () => {
      this.#running.delete(advance)
    }
  }

  tick(milliseconds: number): void {
    for (const advance of [...this.#running]) {
      if (this.#running.has(advance) && advance(milliseconds)) this.#running.delete(advance)
    }
  }

  clear(): void {
    this.#running.clear()
  }
}
