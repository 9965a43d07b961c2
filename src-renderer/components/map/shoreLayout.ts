export interface Spot {
  readonly x: number
  readonly y: number
}

/** A strip of land: closed, with its upper edge and the lines of what lies below the surface. */
export interface Band {
  readonly land: string
  readonly edge: string
  readonly strata: readonly string[]
}

export interface Prop extends Spot {
  readonly kind: 'hut' | 'pines' | 'boat' | 'crane' | 'crates'
  /** Index of the band that it stands on. */
  readonly band: number
}

export interface ShoreLayout {
  readonly width: number
  readonly height: number
  /** Width that a title may take. */
  readonly titleWidth: number
  /** Where the lanterns stand, in the order of play. */
  readonly spots: readonly Spot[]
  /** SVG paths from each spot to the next. */
  readonly trail: readonly string[]
  /** The land, farthest first. */
  readonly bands: readonly Band[]
  /** Small things that stand on the land, farthest first. */
  readonly props: readonly Prop[]
  /** Where each act is written; centred on its point. */
  readonly acts: readonly Spot[]
  readonly moon: Spot
}

/** Room one lantern needs with its title, in rem. */
const SPOT_WIDTH = 7.7
const ROW_HEIGHT = 8.9
/** Sky above the highest row: the moon and the whole lighthouse. */
const SKY = 10.6
const GROUND = 6.2
const SIDE = 5.5
/** Half of the width that the name of an act may take. */
const ACT_SIDE = 9
const SAMPLES = 28

/**
 * Lays the shore out in a width and height of rem: one rising row where all lanterns fit beside
 * each other, else a terrace for every act, in switchbacks up the shore; then the height grows as
 * needed. `counts` is the number of spots of each act, the last one including the knowledge check.
 */
export function layoutShore(counts: readonly number[], width: number, height: number): ShoreLayout {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const perRow = Math.max(2, Math.floor((width - 2 * SIDE) / SPOT_WIDTH) + 1)
  const rows = total <= perRow ? [total] : terraces(counts, perRow)
  const tall = Math.max(
    height,
    rows.length === 1 ? 20 : (rows.length - 1) * ROW_HEIGHT + SKY + GROUND,
  )
  const spots = rows.length === 1 ? risingRow(total, width, tall) : switchbacks(rows, width, tall)
  const acts = actPlaces(counts, spots, rows.length, width, tall)
  const surfaces = rows.length === 1 ? risingLand(tall) : rowLand(rows.length, tall)
  return {
    width,
    height: tall,
    titleWidth: titleWidth(rows, width),
    spots,
    trail: smoothCurves(spots),
    bands: surfaces.map((top) => band(width, tall, top)),
    props: propsOn(surfaces, spots, acts, width),
    acts,
    moon: moonPlace(spots, rows.length, width, tall),
  }
}

/** Spots per row: an act has rows of its own, as even as they can be. */
const terraces = (counts: readonly number[], perRow: number): readonly number[] =>
  counts.flatMap((count) => {
    const rows = Math.ceil(count / perRow)
    return Array.from(
      { length: rows },
      (_, row) => Math.floor(count / rows) + (row < count % rows ? 1 : 0),
    )
  })

/** Titles of neighbours do not touch. */
function titleWidth(rows: readonly number[], width: number): number {
  const steps = rows.filter((spots) => spots > 1).map((spots) => (width - 2 * SIDE) / (spots - 1))
  return Math.min(2 * SIDE - 0.6, ...steps.map((step) => step - 0.4))
}

/** Opposite of the lighthouse, above the land. */
function moonPlace(spots: readonly Spot[], rows: number, width: number, height: number): Spot {
  const isRight = (spots.at(-1)?.x ?? 0) < width / 2
  const y = rows === 1 ? height * 0.2 : 3.4
  return { x: width * (rows > 1 && isRight ? 0.86 : 0.16), y }
}

const rise = (share: number, height: number): number =>
  height * (0.74 - 0.46 * (share * share * (3 - 2 * share))) +
  height * 0.035 * Math.sin(share * 9 + 0.6)

function risingRow(total: number, width: number, height: number): readonly Spot[] {
  return Array.from({ length: total }, (_, index) => {
    const share = total === 1 ? 0.5 : index / (total - 1)
    return { x: SIDE + share * (width - 2 * SIDE), y: rise(share, height) }
  })
}

function switchbacks(rows: readonly number[], width: number, height: number): readonly Spot[] {
  return rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, column) => {
      const share = count === 1 ? 0 : column / (count - 1)
      const across = row % 2 === 0 ? share : 1 - share
      const x = SIDE + across * (width - 2 * SIDE)
      return { x, y: rowLine(row, rows.length, height) - share * 2 }
    }),
  )
}

const rowLine = (row: number, rows: number, height: number): number =>
  height - GROUND - row * ((height - SKY - GROUND) / Math.max(1, rows - 1))

/** Height of a surface at a share of the width. */
type Surface = (share: number) => number

const risingLand = (height: number): readonly Surface[] =>
  [-0.035, 0.12, 0.27].map((offset, index) => (share) => {
    const swell = height * 0.022 * Math.sin(share * (7 + index * 2.5) + index * 2.1)
    return rise(share, height) + offset * height + swell
  })

const rowLand = (rows: number, height: number): readonly Surface[] =>
  Array.from({ length: rows }, (_, index) => {
    const row = rows - 1 - index
    return (share) => rowLine(row, rows, height) - 3.4 + Math.sin(share * 6 + row * 1.7) * 1.1
  })

function band(width: number, height: number, top: Surface): Band {
  const line = (depth: number) =>
    smoothPath(
      Array.from({ length: SAMPLES + 1 }, (_, index) => {
        const share = index / SAMPLES
        return { x: share * width, y: top(share) + depth }
      }),
    )
  const edge = line(0)
  return {
    edge,
    land: `${edge} L ${round(width)} ${round(height)} L 0 ${round(height)} Z`,
    strata: [1.5, 3.2, 5.2].map(line),
  }
}

const KINDS = ['hut', 'pines', 'crates', 'boat', 'pines', 'crane', 'hut'] as const

/** Between the lanterns, on the edge of each strip: the same at every visit. */
function propsOn(
  surfaces: readonly Surface[],
  spots: readonly Spot[],
  acts: readonly Spot[],
  width: number,
): readonly Prop[] {
  const places = [0.2, 0.36, 0.63, 0.78]
  return surfaces.flatMap((top, band) =>
    places.flatMap((place, index): readonly Prop[] => {
      const share = place + Math.sin(band * 2.3 + index * 4.1) * 0.05
      const x = share * width
      const y = top(share)
      const free =
        spots.every((spot) => Math.abs(spot.x - x) > 3.4 || Math.abs(spot.y - y) > 5) &&
        acts.every((act) => Math.abs(act.x - x) > ACT_SIDE - 1 || Math.abs(act.y - y) > 3)
      const kind = KINDS[(band * 3 + index * 2) % KINDS.length] ?? 'pines'
      return free ? [{ kind, band, x: round(x), y: round(y) }] : []
    }),
  )
}

function actPlaces(
  counts: readonly number[],
  spots: readonly Spot[],
  rows: number,
  width: number,
  height: number,
): readonly Spot[] {
  let first = 0
  return counts.map((count) => {
    const own = spots.slice(first, first + count)
    first += count
    const left = own[0] ?? { x: SIDE, y: height / 2 }
    if (rows > 1) {
      return { x: Math.min(width - ACT_SIDE, Math.max(ACT_SIDE, left.x)), y: left.y - 3.4 }
    }
    const middle = own.reduce((sum, spot) => sum + spot.x, 0) / Math.max(1, own.length)
    const low = Math.max(...own.map((spot) => spot.y), left.y)
    return { x: middle, y: Math.min(height - 1.5, low + height * 0.13 + 3.5) }
  })
}

/** A smooth path through points (Catmull-Rom as cubic curves). */
export function smoothPath(points: readonly Spot[]): string {
  const first = points[0]
  if (!first) return ''
  return `M ${pair(first)} ${curvesOf(points).join(' ')}`
}

/** The same path as one piece from each point to the next. */
export const smoothCurves = (points: readonly Spot[]): readonly string[] =>
  curvesOf(points).map((curve, index) => `M ${pair(points[index] as Spot)} ${curve}`)

function curvesOf(points: readonly Spot[]): readonly string[] {
  const at = (index: number): Spot =>
    points[Math.min(points.length - 1, Math.max(0, index))] as Spot
  return points.slice(1).map((end, index) => {
    const [before, start, after] = [at(index - 1), at(index), at(index + 2)]
    const reach = Math.hypot(end.x - start.x, end.y - start.y) * 0.4
    const one = moved(start, before, end, reach)
    const two = moved(end, after, start, reach)
    return `C ${pair(one)} ${pair(two)} ${pair(end)}`
  })
}

/** A control point: from a point in the direction of its neighbours, never far enough to loop. */
function moved(point: Spot, from: Spot, to: Spot, reach: number): Spot {
  const [x, y] = [(to.x - from.x) / 6, (to.y - from.y) / 6]
  const shrink = Math.min(1, reach / Math.max(0.001, Math.hypot(x, y)))
  return { x: point.x + x * shrink, y: point.y + y * shrink }
}

const round = (value: number): number => Math.round(value * 100) / 100
const pair = (spot: Spot): string => `${round(spot.x)} ${round(spot.y)}`
