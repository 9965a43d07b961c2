/** What a film does on the stage; the player decides when. */
export interface FilmStrip {
  readonly frames: number
  /** Milliseconds at 1× of a frame, without starting it. */
  readonly lengthOf: (frame: number) => number
  /** Starts a frame; returns its length in milliseconds at 1× and how to move within it. */
  readonly begin: (frame: number) => {
    readonly length: number
    readonly update: (milliseconds: number) => void
    /** Puts the frame's stage in place exactly and removes what was decoration. */
    readonly end: () => void
  }
  /** The stage has another size or look: shows again what stood before this frame began. */
  readonly restage: (frame: number) => void
  /** After the last frame, or when the film is cut short. */
  readonly end: () => void
}

type Scene = ReturnType<FilmStrip['begin']>

/** Plays a film frame by frame; time is given to it. */
export class FilmPlayer {
  readonly finished: Promise<void>
  readonly #strip: FilmStrip
  #frame = -1
  #scene: Scene | null = null
  #time = 0
  #paused = false
  #over = false
  #resolve: () => void = () => {}

  constructor(strip: FilmStrip) {
    this.#strip = strip
    this.finished = new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  get over(): boolean {
    return this.#over
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
  }

  /** Moves on by milliseconds of the film; true when it is over. */
  advance(milliseconds: number): boolean {
    if (this.#over) return true
    if (this.#paused) return false
    return this.#step(milliseconds)
  }

  /**
   * Shows the film at a part of its whole length, 0 to 1, whatever it showed before. A paused film
   * stays there. At 1 it is over.
   */
  seek(part: number): void {
    if (this.#over) return
    if (this.#scene) this.#strip.restage(0)
    this.#frame = -1
    this.#scene = null
    this.#time = 0
    this.#step(this.#length() * part)
  }

  #length(): number {
    let length = 0
    for (let frame = 0; frame < this.#strip.frames; frame++) length += this.#strip.lengthOf(frame)
    return length
  }

  #step(milliseconds: number): boolean {
    if (!this.#scene && !this.#next()) return true
    this.#time += milliseconds
    while (this.#scene && this.#time >= this.#scene.length) {
      this.#time -= this.#scene.length
      this.#scene.update(this.#scene.length)
      this.#scene.end()
      if (!this.#next()) return true
    }
    this.#scene?.update(this.#time)
    return false
  }

  /** Goes on from the same moment on a stage that has changed its size or its look. */
  restage(): void {
    if (this.#over || !this.#scene) return
    this.#strip.restage(this.#frame)
    this.#scene = this.#strip.begin(this.#frame)
    this.#scene.update(Math.min(this.#time, this.#scene.length))
  }

  finish(): void {
    if (this.#over) return
    this.#scene?.end()
    this.#scene = null
    this.#close()
  }

  #next(): boolean {
    this.#frame++
    if (this.#frame >= this.#strip.frames) {
      this.#scene = null
      this.#close()
      return false
    }
    this.#scene = this.#strip.begin(this.#frame)
    return true
  }

  #close(): void {
    this.#over = true
    this.#strip.end()
    this.#resolve()
  }
}
