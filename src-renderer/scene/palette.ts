export type ThemeName = 'night' | 'day' | 'contrast'

/** Colours that words are written in. */
export type InkName =
  | 'bright'
  | 'dim'
  | 'slab'
  | 'slabDim'
  | 'writable'
  | 'onImageTile'
  | 'onHiddenTile'
  | 'onWritableTile'
  | 'onWhiteout'
  | 'durable'
  | 'durableDim'
  | 'shore'
  | 'mist'
  | 'onLid'
  | 'lost'

/** Every colour of the stage. Numbers are 0xrrggbb. */
export interface Palette {
  readonly ink: Readonly<Record<InkName, number>>
  readonly waterTop: number
  readonly waterBottom: number
  readonly wave: number
  /** Stars at night, glints by day. */
  readonly sky: number
  /** Image slabs from the topmost to the base. */
  readonly slabs: readonly [number, number, number]
  readonly slabEdge: number
  readonly slabEdgeAlpha: number
  readonly slabShade: number
  readonly writable: number
  readonly writableEdge: number
  readonly writableFillAlpha: number
  readonly imageTile: number
  readonly hiddenTile: number
  readonly tileEdge: number
  readonly writableTile: number
  readonly writableTileEdge: number
  readonly whiteout: number
  readonly whiteoutHatch: number
  /** What ties a whiteout to the tile that it hides. */
  readonly thread: number
  /** The sheet of an opaque directory: lines and edge, and how much it covers. */
  readonly sheetLine: number
  readonly sheetAlpha: number
  readonly durable: number
  readonly durableEdge: number
  readonly durableFill: number
  readonly shore: number
  readonly shoreFill: number
  readonly mist: number
  readonly mistFill: number
  readonly dock: number
  readonly dockEdge: number
  readonly ghost: number
  readonly light: number
  readonly lost: number
  readonly focus: number
  /** Width in pixels that edges are drawn with. */
  readonly edge: number
}

const night: Palette = {
  ink: {
    bright: 0xeaf4f6,
    dim: 0x9dbac5,
    slab: 0xcfe3ea,
    slabDim: 0xb3cdd7,
    writable: 0xffb48f,
    onImageTile: 0x10232b,
    onHiddenTile: 0xc6dae2,
    onWritableTile: 0x231005,
    onWhiteout: 0x37434a,
    durable: 0x9ce5d2,
    durableDim: 0x9ce5d2,
    shore: 0xf0dcb6,
    mist: 0xdbe6ee,
    onLid: 0x05241c,
    lost: 0xff9a9d,
  },
  waterTop: 0x0f2d38,
  waterBottom: 0x07161b,
  wave: 0x1f5263,
  sky: 0xcfe6ef,
  slabs: [0x27505f, 0x21475a, 0x1b3d50],
  slabEdge: 0x7fa6b5,
  slabEdgeAlpha: 0.16,
  slabShade: 0x061217,
  writable: 0xff8f5a,
  writableEdge: 0xff8f5a,
  writableFillAlpha: 0.16,
  imageTile: 0x9cc0ce,
  hiddenTile: 0x3b5e6e,
  tileEdge: 0xb9d6e0,
  writableTile: 0xff8f5a,
  writableTileEdge: 0xffb48f,
  whiteout: 0xf7f6f1,
  whiteoutHatch: 0xd9d5c7,
  thread: 0xf7f6f1,
  sheetLine: 0xf7f6f1,
  sheetAlpha: 0.22,
  durable: 0x2fbf9b,
  durableEdge: 0x2fbf9b,
  durableFill: 0x143f3d,
  shore: 0xd9b878,
  shoreFill: 0x3f3a2a,
  mist: 0xb7c9d6,
  mistFill: 0x24404d,
  dock: 0x0b2129,
  dockEdge: 0x1f4f5e,
  ghost: 0x35697a,
  light: 0xfff3c4,
  lost: 0xe5484d,
  focus: 0xffd27a,
  edge: 1.5,
}

const day: Palette = {
  ...night,
  ink: {
    bright: 0x12303b,
    dim: 0x3c5b67,
    slab: 0x12303b,
    slabDim: 0x2a4a56,
    writable: 0x9a3a10,
    onImageTile: 0x0e222a,
    onHiddenTile: 0x2f4c58,
    onWritableTile: 0x231005,
    onWhiteout: 0x37434a,
    durable: 0x0a5a46,
    durableDim: 0x0a5a46,
    shore: 0x5e4310,
    mist: 0x33505d,
    onLid: 0x042a20,
    lost: 0xa8222a,
  },
  waterTop: 0xe6f1f4,
  waterBottom: 0xbcd8e1,
  wave: 0x8bb8c7,
  sky: 0xffffff,
  slabs: [0xb6d0da, 0xa6c4d0, 0x96b8c5],
  slabEdge: 0x4d7687,
  slabEdgeAlpha: 0.45,
  slabShade: 0x7fa3b1,
  writableEdge: 0xc24e1a,
  writableFillAlpha: 0.2,
  imageTile: 0x6d9aac,
  hiddenTile: 0xc3d5dc,
  tileEdge: 0x3f6a7b,
  writableTileEdge: 0xb8481a,
  whiteout: 0xffffff,
  whiteoutHatch: 0xcfc9b8,
  thread: 0x3f6a7b,
  sheetLine: 0x7b8f96,
  sheetAlpha: 0.75,
  durableEdge: 0x12886b,
  durableFill: 0xd3efe6,
  shore: 0xd9b878,
  shoreFill: 0xf4e6c6,
  mist: 0x7f9aab,
  mistFill: 0xe1eaf0,
  dock: 0xedf5f7,
  dockEdge: 0x8fb4c2,
  ghost: 0x5d8797,
  light: 0xffd75e,
  lost: 0xd03238,
  focus: 0x9a3a10,
}

const contrast: Palette = {
  ...night,
  ink: {
    bright: 0xffffff,
    dim: 0xffffff,
    slab: 0xffffff,
    slabDim: 0xffffff,
    writable: 0xffb48f,
    onImageTile: 0x000000,
    onHiddenTile: 0xffffff,
    onWritableTile: 0x000000,
    onWhiteout: 0x000000,
    durable: 0x7dffdc,
    durableDim: 0xffffff,
    shore: 0xffe08a,
    mist: 0xffffff,
    onLid: 0x000000,
    lost: 0xffa5a8,
  },
  waterTop: 0x000000,
  waterBottom: 0x000000,
  wave: 0x4d4d4d,
  sky: 0x000000,
  slabs: [0x0b1a20, 0x0b1a20, 0x0b1a20],
  slabEdge: 0xffffff,
  slabEdgeAlpha: 1,
  slabShade: 0x000000,
  writable: 0xff8f5a,
  writableEdge: 0xffa878,
  writableFillAlpha: 0.12,
  imageTile: 0x95b4d0,
  hiddenTile: 0x000000,
  tileEdge: 0xffffff,
  writableTile: 0xffa878,
  writableTileEdge: 0xffffff,
  whiteout: 0xffffff,
  whiteoutHatch: 0x9a9a9a,
  thread: 0xffffff,
  durable: 0x4fe8c0,
  durableEdge: 0x4fe8c0,
  durableFill: 0x001f18,
  shore: 0xffe08a,
  shoreFill: 0x1f1900,
  mist: 0xffffff,
  mistFill: 0x1a1a1a,
  dock: 0x000000,
  dockEdge: 0xffffff,
  ghost: 0xffffff,
  light: 0xffff66,
  lost: 0xff6b70,
  focus: 0xffff00,
  edge: 2,
}

export const palettes: Readonly<Record<ThemeName, Palette>> = { night, day, contrast }
