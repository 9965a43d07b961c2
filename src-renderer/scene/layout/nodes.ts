import type {
  ContainerStageView,
  MountStageView,
  TileView,
  VolumeStageView,
} from '@contract/api.ts'
import type { TextRole } from '../fonts.ts'
import type { InkName } from '../palette.ts'

export type MountKind = MountStageView['kind']

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A line of text that fits its box; the box is relative to its node. */
export interface Label extends Box {
  readonly text: string
  readonly role: TextRole
  readonly ink: InkName
  readonly align: 'left' | 'center' | 'right'
  /** Width that its words take of its room. */
  readonly words: number
  /** False where something was cut off. */
  readonly whole: boolean
}

/** Back to front. */
export type Plane = 'background' | 'stack' | 'links' | 'tiles' | 'moorings'

export type Look =
  | { readonly kind: 'header'; readonly state: ContainerStageView['state'] | null }
  | { readonly kind: 'heading'; readonly covered: MountKind | null }
  | {
      readonly kind: 'slab'
      readonly part: 'writable' | 'image'
      /** 0 for the topmost image layer, 1 for the base. */
      readonly depth: number
      readonly asleep: boolean
      readonly shared: Box | null
    }
  | {
      readonly kind: 'tile'
      readonly form: TileView['kind']
      readonly part: 'writable' | 'image'
      readonly origin: TileView['origin']
      readonly seen: boolean
      /** Hidden by a whiteout or an upper tile, and lit faintly for it. */
      readonly hidden: boolean
      readonly covered: boolean
      /** Corners with room for a sign of what it is. */
      readonly free: { readonly top: boolean; readonly bottom: boolean }
    }
  | { readonly kind: 'sheet' }
  | { readonly kind: 'thread'; readonly points: readonly Point[] }
  | {
      readonly kind: 'curtain'
      readonly mount: MountKind
      /** Parts of its height that are covered; titles between them stay readable. */
      readonly bands: readonly { readonly y: number; readonly height: number }[]
    }
  | { readonly kind: 'lid'; readonly mount: MountKind; readonly icon: Point | null }
  | {
      readonly kind: 'rope'
      readonly mount: MountKind
      readonly points: readonly Point[]
      readonly loose: boolean
    }
  /** `posts`: how far its posts reach below it, into the water. */
  | { readonly kind: 'dock'; readonly posts: number }
  | {
      readonly kind: 'crate'
      readonly volume: VolumeStageView['kind']
      readonly orphan: boolean
      readonly icon: Point
    }
  | { readonly kind: 'new-crate'; readonly icon: Point }
  | {
      readonly kind: 'fleet'
      readonly state: ContainerStageView['state']
      /** One mark for each image layer, top first; lit when the stack in focus has it too. */
      readonly layers: readonly boolean[]
      /** Low, with its name alone. */
      readonly compact: boolean
    }
  | {
      readonly kind: 'image'
      readonly layers: number
      /** Where its slabs begin when it has the room to show them; else it is a short stack. */
      readonly slabsFrom: number | null
    }
  | {
      readonly kind: 'bracket'
      readonly points: readonly Point[]
      readonly knobs: readonly Point[]
    }
  | { readonly kind: 'gauge'; readonly filled: number; readonly tight: boolean }
  | ({ readonly kind: 'tide' } & TideLevels)
  | { readonly kind: 'notice' }

/** The disk as a tank: what image layers, writable layers and volumes take of it, from the bottom. */
export interface TideLevels {
  /** Bytes of the full tank: the disk's end, or a round number with air above. */
  readonly capacity: number
  readonly image: number
  readonly writable: number
  readonly volume: number
  /** The tank ends where the disk ends. */
  readonly limited: boolean
}

/** One thing of the picture: where it is, what it looks like, the words on it. */
export interface SceneNode {
  /** Stable while the thing stays the same thing, over stages. */
  readonly id: string
  readonly plane: Plane
  readonly box: Box
  readonly look: Look
  readonly labels: readonly Label[]
  /** Writable layer that carries it off when it is discarded: the container's id. */
  readonly aboard: string | null
  /** Id of the tile of the view, for hovering and tapping. */
  readonly tile: string | null
}

export interface PlacedColumn {
  readonly id: string
  readonly path: string
  readonly count: number
  readonly x: number
  readonly width: number
  readonly covered: MountKind | null
}

export interface PlacedSlab {
  readonly layer: string
  readonly box: Box
  /** Where its tiles stand. */
  readonly row: { readonly y: number; readonly height: number }
}

/** Everything that can be dropped on or tapped, and what it stands for. */
export interface StageLayout {
  /** Screen pixels for one unit of the layout. */
  readonly scale: number
  /** Which of the attempts it is: higher ones are smaller. */
  readonly attempt: number
  readonly width: number
  readonly height: number
  /** Nothing had to be left outside the view. */
  readonly fits: boolean
  /** Container in focus. */
  readonly container: string | null
  readonly columns: readonly PlacedColumn[]
  readonly slabs: readonly PlacedSlab[]
  /** The area where columns can be dropped on. */
  readonly stack: Box
  readonly headingsTop: number
  /** The tank, where there is room for it. */
  readonly tide: { readonly box: Box; readonly levels: TideLevels } | null
  readonly nodes: readonly SceneNode[]
}
