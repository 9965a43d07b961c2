import type { ContainerStageView, MountStageView, StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { fitLabel, present } from './label.ts'
import { type LayoutContext, scaled } from './metrics.ts'
import type { Box, PlacedColumn, PlacedSlab, Point, SceneNode } from './nodes.ts'
import { isSourceOf } from './placeDock.ts'
import { runsOf } from './placeSheets.ts'
import { boundsOf, roundedPath } from './roundedPath.ts'

const RAIL = 6

export const lidHeight = (context: LayoutContext): number =>
  lineHeight('lid', context.textScale) + 6

/** Room between headings and stack: the rails of the ropes, then the lids. */
export function mooringRoom(container: ContainerStageView, context: LayoutContext): number {
  const mounts = container.mounts.length
  if (mounts === 0) return scaled(8, context)
  return 6 + RAIL * Math.min(mounts, 4) + lidHeight(context) + 5
}

/** What a lid may say, longest first; where nothing of it fits whole, its icon says it alone. */
function lidNames(mount: MountStageView, { texts }: LayoutContext): readonly string[] {
  const name =
    mount.kind === 'anonymous-volume'
      ? texts.anonymousVolume
      : mount.kind === 'tmpfs'
        ? texts.memory
        : mount.source
  const forms = mount.readOnly ? [`${name} · ${texts.readOnly}`, name] : [name]
  return mount.kind === 'bind' ? [...forms, name.slice(name.lastIndexOf('/') + 1)] : forms
}

function lid(
  container: string,
  mount: MountStageView,
  run: readonly PlacedColumn[],
  bottom: number,
  context: LayoutContext,
): SceneNode {
  const first = run[0] as PlacedColumn
  const last = run[run.length - 1] as PlacedColumn
  const height = lidHeight(context)
  const width = last.x + last.width - first.x - 4
  const icon = scaled(18, context)
  const room = width - icon - 14
  const names = lidNames(mount, context)
  const whole = names.find((name) => context.measure(name, 'lid') <= room)
  const words = whole ?? names[names.length - 1] ?? ''
  const text = Math.min(context.measure(words, 'lid'), room)
  const left = Math.round((width - text - icon) / 2)
  const place = { role: 'lid', ink: 'onLid', x: left + icon, y: 3, width: text + 1 } as const
  const fitted = fitLabel({ ...place, text: words, cut: 'middle' }, context)
  // A few letters and an ellipsis tell less than the icon alone.
  const label = fitted && (fitted.whole || fitted.text.length > 7) ? fitted : null
  return {
    id: `lid:${container}|${mount.path}|${first.id}`,
    plane: 'moorings',
    box: { x: first.x + 2, y: bottom - height, width, height },
    look: {
      kind: 'lid',
      mount: mount.kind,
      icon: { x: label ? left + icon / 2 - 2 : width / 2, y: height / 2 },
    },
    labels: [label].filter(present),
    aboard: null,
    tile: null,
  }
}

/** The rows of tiles and what lies below them, down to the next slab. */
function bandsOf(slabs: readonly PlacedSlab[], stack: Box) {
  return slabs.map((slab, index) => {
    const next = slabs[index + 1]
    const end = next ? next.box.y : stack.y + stack.height
    const y = slab.row.y - 2
    return { y: y - stack.y + 3, height: end - y }
  })
}

function curtain(
  container: string,
  mount: MountStageView,
  run: readonly PlacedColumn[],
  slabs: readonly PlacedSlab[],
  stack: Box,
): SceneNode {
  const first = run[0] as PlacedColumn
  const last = run[run.length - 1] as PlacedColumn
  return {
    id: `curtain:${container}|${mount.path}|${first.id}`,
    plane: 'links',
    box: {
      x: first.x + 2,
      y: stack.y - 3,
      width: last.x + last.width - first.x - 4,
      height: stack.height + 3,
    },
    look: { kind: 'curtain', mount: mount.kind, bands: bandsOf(slabs, stack) },
    labels: [],
    aboard: null,
    tile: null,
  }
}

function ropeNode(
  id: string,
  kind: MountStageView['kind'],
  corners: readonly Point[],
  loose = false,
) {
  const points = roundedPath(corners, 9)
  const node: SceneNode = {
    id,
    plane: 'moorings',
    box: boundsOf(points),
    look: { kind: 'rope', mount: kind, points, loose },
    labels: [],
    aboard: null,
    tile: null,
  }
  return node
}

/** Where a rope is tied to a crate: its left side, or its top when the dock lies below. */
function tie(crate: Box, stack: Box): { readonly point: Point; readonly below: boolean } {
  const below = crate.y >= stack.y + stack.height
  return below
    ? { point: { x: crate.x + crate.width - 22, y: crate.y }, below }
    : { point: { x: crate.x, y: crate.y + Math.min(crate.height / 2, 34) }, below }
}

function ropeCorners(
  start: readonly Point[],
  gutter: number,
  crate: Box,
  stack: Box,
  rowAbove: boolean,
) {
  const end = tie(crate, stack)
  const corners = [...start]
  if (end.below) {
    // Between the stack and the dock, or between two rows of crates.
    const turn = rowAbove ? crate.y - 5 : stack.y + stack.height + 7
    corners.push({ x: gutter, y: turn }, { x: end.point.x, y: turn }, end.point)
  } else corners.push({ x: gutter, y: end.point.y }, end.point)
  return corners
}

/** Lids over the mounted columns, curtains below them, and the ropes to the crates. */
export function placeMoorings(
  stage: StageView,
  container: ContainerStageView,
  columns: readonly PlacedColumn[],
  slabs: readonly PlacedSlab[],
  stack: Box,
  crates: readonly SceneNode[],
  context: LayoutContext,
): readonly SceneNode[] {
  const nodes: SceneNode[] = []
  const lidBottom = stack.y - 3
  for (const [index, mount] of container.mounts.entries()) {
    const runs = runsOf(columns, (column) => mount.columns.includes(column.id))
    const lids = runs.map((run) => lid(container.id, mount, run, lidBottom, context))
    nodes.push(...runs.map((run) => curtain(container.id, mount, run, slabs, stack)), ...lids)
    const volume = stage.volumes.find((entry) => isSourceOf(entry, mount, container))
    const crate = crates.find((node) => volume && node.id === `crate:${volume.kind}:${volume.name}`)
    if (!crate) continue
    const rowAbove = crates.some(
      ({ box, look }) => look.kind === 'crate' && box.y + box.height <= crate.box.y,
    )
    const lane = Math.min(index, 3)
    const gutter = stack.x + stack.width + 12 + lane * 5
    const rail = lidBottom - lidHeight(context) - 4 - lane * RAIL
    const last = lids[lids.length - 1]
    const from: readonly Point[] = last
      ? [
          { x: last.box.x + last.box.width - 14, y: last.box.y + 2 },
          { x: last.box.x + last.box.width - 14, y: rail },
          { x: gutter, y: rail },
        ]
      : [
          { x: stack.x + stack.width - 2, y: stack.y + 22 + lane * 8 },
          { x: gutter, y: stack.y + 22 + lane * 8 },
        ]
    const corners = ropeCorners(from, gutter, crate.box, stack, rowAbove)
    nodes.push(ropeNode(`rope:${container.id}|${mount.path}`, mount.kind, corners))
  }
  for (const crate of crates) {
    if (crate.look.kind !== 'crate' || !crate.look.orphan || crate.look.volume === 'tmpfs') continue
    const { point, below } = tie(crate.box, stack)
    if (below) continue
    const corners = [
      point,
      { x: point.x - 16, y: point.y + 6 },
      { x: point.x - 20, y: point.y + 22 },
      { x: point.x - 13, y: point.y + 30 },
    ]
    nodes.push(ropeNode(`loose:${crate.id}`, crate.look.volume, corners, true))
  }
  return nodes
}
