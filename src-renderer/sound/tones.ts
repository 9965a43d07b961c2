/** One note: where it begins, how long it rings, from which pitch to which. */
export interface Tone {
  readonly at: number
  readonly seconds: number
  readonly from: number
  readonly to: number
  readonly shape: 'sine' | 'triangle'
  /** 0 to 1; nothing here is louder than a page that is turned. */
  readonly loud: number
}

const note = (at: number, pitch: number, seconds = 0.22, loud = 0.5): Tone => ({
  at,
  seconds,
  from: pitch,
  to: pitch,
  shape: 'sine',
  loud,
})

/** Every sound of the game, as the few notes it is made of. */
export const sounds = {
  /** A file is copied up: it rises. */
  copyUp: [{ at: 0, seconds: 0.5, from: 180, to: 420, shape: 'triangle', loud: 0.4 }],
  /** A later write: a tick. */
  write: [note(0, 520, 0.07, 0.25)],
  /** A white sheet falls. */
  whiteout: [{ at: 0, seconds: 0.3, from: 620, to: 380, shape: 'sine', loud: 0.3 }],
  /** A volume is moored: two wooden knocks. */
  moored: [note(0, 150, 0.09, 0.6), note(0.13, 150, 0.09, 0.5)],
  /** A layer drifts off: quiet, falling, never punishing. */
  lost: [
    { at: 0, seconds: 0.7, from: 300, to: 170, shape: 'sine', loud: 0.4 },
    { at: 0.12, seconds: 0.8, from: 226, to: 128, shape: 'sine', loud: 0.3 },
  ],
  goal: [note(0, 523), note(0.1, 659)],
  solved: [note(0, 523), note(0.1, 659), note(0.2, 784, 0.45)],
  right: [note(0, 587, 0.16), note(0.09, 880, 0.28, 0.4)],
  wrong: [note(0, 330, 0.16, 0.4), note(0.11, 277, 0.26, 0.4)],
} as const satisfies Record<string, readonly Tone[]>

export type SoundName = keyof typeof sounds
