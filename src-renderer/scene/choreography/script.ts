import type { StepFrame } from '@contract/api.ts'
import type { Surroundings } from '../layout/freePlace.ts'
import type { Box, MountKind, Point, SceneNode, StageLayout, TideLevels } from '../layout/nodes.ts'
import type { StageTexts } from '../StageTexts.ts'

export type SimEvent = StepFrame['event']

/** How far from its place a node starts, or where it goes when it leaves. */
export interface Offset {
  readonly dx?: number
  readonly dy?: number
  readonly alpha?: number
  readonly scale?: number
  /** Radians. */
  readonly turn?: number
}

export type Tone = 'light' | 'writable' | 'durable' | 'lost' | 'white'

interface Timed {
  /** Milliseconds at 1× from the start of the frame. */
  readonly start: number
  readonly length: number
}

/** Something drawn over the stage for a while; it never outlives its frame. */
export type Decor = Timed &
  (
    | {
        /** Light falls down a column, from where it had come to already. */
        readonly kind: 'beam'
        readonly x: number
        readonly top: number
        readonly from: number
        readonly to: number
        readonly landed: Box | null
      }
    | { readonly kind: 'miss'; readonly box: Box }
    | { readonly kind: 'flash'; readonly box: Box; readonly tone: Tone; readonly radius?: number }
    | {
        /** The full double of a tile rises and fills. */
        readonly kind: 'double'
        readonly from: Box
        readonly to: Box
        /** Of the whole file. */
        readonly bytes: number
        /** Share of them that is there already: then it has risen before. */
        readonly begun: number
        /** Share that there is in the end: 1, or less when the disk ends first. */
        readonly part: number
        readonly failed: boolean
        /** What its counter must not cover. */
        readonly around: Surroundings
      }
    | {
        /** The disk's tank on its way, over the tank that stands. */
        readonly kind: 'tide'
        readonly box: Box
        readonly from: TideLevels
        readonly to: TideLevels
      }
    | { readonly kind: 'arrow'; readonly from: Point; readonly to: Point; readonly tone: Tone }
    | {
        /** A word beside a box. */
        readonly kind: 'stamp'
        readonly box: Box
        readonly around: Surroundings
        readonly word: string
        readonly tone: Tone
      }
    | { readonly kind: 'throw'; readonly points: readonly Point[]; readonly mount: MountKind }
    | {
        readonly kind: 'flow'
        readonly from: Point
        readonly to: Point
        readonly count: number
        readonly mount: MountKind
      }
  )

/** One frame, choreographed: what is drawn over it, and how the stage goes over to its next state. */
export interface Script {
  /** Milliseconds at 1×. */
  readonly length: number
  readonly decor: readonly Decor[]
  readonly settle: Timed
  readonly enter: (node: SceneNode) => Offset
  readonly exit: (node: SceneNode) => Offset
}

export interface ScriptInput {
  readonly event: SimEvent
  readonly previous: SimEvent | null
  /** Bytes of the whole file whose copy-up has begun; null when none has. */
  readonly copying: number | null
  readonly before: StageLayout
  readonly after: StageLayout
  readonly texts: StageTexts
}
