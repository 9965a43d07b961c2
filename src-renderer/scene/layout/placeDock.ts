import type { ContainerStageView, StageView, VolumeStageView } from '@contract/api.ts'
import { lineHeight, type TextRole } from '../fonts.ts'
import type { InkName } from '../palette.ts'
import { fitFirst, fitLabel, type LabelWish, present } from './label.ts'
import { clamp, type LayoutContext, scaled } from './metrics.ts'
import type { Box, Label, SceneNode } from './nodes.ts'

const PAD = 12
const GAP = 10

export interface Dock {
  readonly nodes: readonly SceneNode[]
  /** Height that it needs at least in this width. */
  readonly height: number
}

interface Row {
  readonly text: string
  readonly role: TextRole
  readonly ink: InkName
  readonly cut?: 'path' | 'end' | 'middle'
}

const inks: Readonly<Record<VolumeStageView['kind'], InkName>> = {
  volume: 'durable',
  'anonymous-volume': 'durable',
  bind: 'shore',
  tmpfs: 'mist',
}

function nameOf(volume: VolumeStageView, { texts }: LayoutContext): string {
  if (volume.kind === 'anonymous-volume') return texts.anonymousVolume
  if (volume.kind === 'tmpfs') return texts.memory
  if (volume.kind === 'bind') return volume.name || texts.host
  return volume.name
}

/** Words below the name, the most telling first. */
function rowsOf(volume: VolumeStageView, stage: StageView, context: LayoutContext): readonly Row[] {
  const { texts } = context
  const ink = inks[volume.kind]
  const inside =
    volume.bookmarks === null ? texts.files(volume.files) : texts.bookmarks(volume.bookmarks)
  const mounts = stage.containers.flatMap((container) =>
    container.mounts.filter((mount) => isSourceOf(volume, mount, container)),
  )
  const path = mounts[0]?.path
  // What lies on the host or in memory is not counted; only what is known is said.
  const counted = volume.kind === 'volume' || volume.kind === 'anonymous-volume'
  const rows: Row[] = []
  if (counted || volume.files > 0) rows.push({ text: inside, role: 'crateMeta', ink })
  if (path) rows.push({ text: path, role: 'cratePath', ink, cut: 'path' })
  else if (volume.usedBy.length === 0 && volume.kind !== 'tmpfs') {
    rows.push({ text: texts.unmoored, role: 'crateMeta', ink })
  }
  if (counted || volume.bytes > 0) {
    rows.push({ text: texts.bytes(volume.bytes), role: 'crateMeta', ink })
  }
  return rows
}

/** Whether a mount of a container leads to this volume. */
export function isSourceOf(
  volume: VolumeStageView,
  mount: ContainerStageView['mounts'][number],
  container: ContainerStageView,
): boolean {
  if (mount.kind !== volume.kind) return false
  if (volume.kind === 'tmpfs') {
    const mine = volume.usedBy.includes(container.name) || volume.usedBy.includes(container.id)
    return mine && volume.name.endsWith(mount.path)
  }
  return mount.source === volume.name
}

/** One row for what is inside and how large it is, when both fit. */
function mergedRow(rows: readonly Row[], width: number, context: LayoutContext): readonly Row[] {
  const first = rows[0]
  const last = rows[rows.length - 1]
  if (!first || !last || first.role !== last.role || first === last) return rows
  const text = `${first.text} · ${last.text}`
  return context.measure(text, first.role) <= width ? [{ ...first, text }] : rows
}

interface CrateForm {
  /** Rows of words below the name. */
  readonly rows: number
  readonly height: number
}

/** How crates can stand, the most telling first; the last has its name alone. */
function crateForms(context: LayoutContext): readonly CrateForm[] {
  const name = lineHeight('crateName', context.textScale)
  const line = lineHeight('crateMeta', context.textScale)
  const worded = [3, 2, 1].map((rows) => ({ rows, height: 16 + name + rows * line }))
  return [...worded, { rows: 0, height: 10 + name }]
}

interface DockPlan {
  readonly form: CrateForm
  readonly shown: readonly VolumeStageView[]
  /** Volumes that found no place: one place says how many. */
  readonly more: number
}

/** What is moored to the container in focus comes before the rest. */
function mooredFirst(stage: StageView): readonly VolumeStageView[] {
  const [focus] = stage.containers
  const isMoored = (volume: VolumeStageView) =>
    focus?.mounts.some((mount) => isSourceOf(volume, mount, focus)) === true
  const moored = stage.volumes.filter(isMoored)
  return [...moored, ...stage.volumes.filter((volume) => !moored.includes(volume))]
}

/**
 * Crates shrink until all fit, with the place for a new one; then those that are not moored here
 * share one place. A dock that may be as high as it likes shows all.
 */
function planDock(
  stage: StageView,
  room: number,
  perRow: number,
  context: LayoutContext,
): DockPlan {
  const { volumes } = stage
  const forms = crateForms(context)
  const lines = Math.ceil((volumes.length + 1) / perRow)
  const fits = ({ height }: CrateForm) => lines * (height + GAP) - GAP <= room
  const worded = forms[2] as CrateForm
  if (room <= 0) return { form: worded, shown: volumes, more: 0 }
  const form = forms.find(fits)
  if (form) return { form, shown: volumes, more: 0 }
  const least = forms[forms.length - 1] as CrateForm
  const places = Math.floor((room + GAP) / (least.height + GAP)) * perRow
  const shown = mooredFirst(stage).slice(0, Math.max(places - 2, 1))
  return { form: least, shown, more: volumes.length - shown.length }
}

function crate(
  volume: VolumeStageView,
  stage: StageView,
  box: Box,
  rows: number,
  context: LayoutContext,
): SceneNode {
  const name = lineHeight('crateName', context.textScale)
  const line = lineHeight('crateMeta', context.textScale)
  const icon = scaled(20, context)
  const width = box.width - 2 * PAD
  const ink = inks[volume.kind]
  const cut: LabelWish['cut'] =
    volume.kind === 'bind' ? 'path' : volume.kind === 'volume' ? 'middle' : 'end'
  const top = rows === 0 ? (box.height - name) / 2 : 8
  const named = {
    text: nameOf(volume, context),
    ink,
    x: PAD + icon,
    y: top,
    width: width - icon + 6,
    cut,
  }
  // A little smaller rather than cut.
  const first = fitFirst(
    (['crateName', 'chipName'] as const).map((role) => ({ ...named, role })),
    context,
  )
  const all = rowsOf(volume, stage, context)
  const others = (rows === 1 ? mergedRow(all, width, context) : all)
    .slice(0, rows)
    .map((row, index): Label | null =>
      fitFirst(
        (row.role === 'crateMeta' ? (['crateMeta', 'tileSize'] as const) : [row.role]).map(
          (role) => ({ ...row, role, x: PAD, y: 8 + name + index * line, width }),
        ),
        context,
      ),
    )
  return {
    id: `crate:${volume.kind}:${volume.name}`,
    plane: 'moorings',
    box,
    look: {
      kind: 'crate',
      volume: volume.kind,
      orphan: volume.usedBy.length === 0,
      icon: { x: PAD + scaled(7, context), y: top + name / 2 },
    },
    labels: [first, ...others].filter(present),
    aboard: null,
    tile: null,
  }
}

function newCrate(box: Box, context: LayoutContext): SceneNode {
  const name = lineHeight('crateMeta', context.textScale)
  const hint = box.height >= name * 2 + 16
  const top = (box.height - (hint ? name * 2 : name)) / 2
  const icon = scaled(16, context)
  const words = context.texts.newVolume
  const textWidth = Math.min(context.measure(words, 'crateMeta'), box.width - 2 * PAD - icon)
  const left = Math.round((box.width - textWidth - icon) / 2)
  const main = fitLabel(
    { text: words, role: 'crateMeta', ink: 'dim', x: left + icon, y: top, width: textWidth + 1 },
    context,
  )
  const second = hint
    ? fitLabel(
        {
          text: context.texts.newVolumeHint,
          role: 'chipMeta',
          ink: 'dim',
          x: PAD,
          y: top + name,
          width: box.width - 2 * PAD,
          align: 'center',
        },
        context,
      )
    : null
  return {
    id: 'new-crate',
    plane: 'moorings',
    box,
    look: { kind: 'new-crate', icon: { x: left + icon / 2 - 3, y: top + name / 2 } },
    labels: [main, second].filter(present),
    aboard: null,
    tile: null,
  }
}

function moreCrates(count: number, box: Box, context: LayoutContext): SceneNode {
  const line = lineHeight('crateMeta', context.textScale)
  const place = { x: PAD, y: (box.height - line) / 2, width: box.width - 2 * PAD } as const
  const words = { text: context.texts.more(count), role: 'crateMeta', ink: 'durable' } as const
  return {
    id: 'dock:more',
    plane: 'moorings',
    box,
    look: { kind: 'notice' },
    labels: [fitLabel({ ...words, ...place, align: 'center' }, context)].filter(present),
    aboard: null,
    tile: null,
  }
}

const headHeight = (context: LayoutContext) => PAD + lineHeight('dockTitle', context.textScale) + 10

/** Height of a dock with all volumes one below the other, each with its name alone. */
export function lowDockHeight(stage: StageView, context: LayoutContext): number {
  const least = crateForms(context).at(-1) as CrateForm
  return headHeight(context) + (stage.volumes.length + 1) * (least.height + GAP) + PAD - GAP
}

/** The dock with its crates inside `area`; crates shrink, then the dock asks for more height. */
export function placeDock(stage: StageView, area: Box, context: LayoutContext): Dock {
  const head = headHeight(context)
  const wide = area.width > scaled(320, context)
  const perRow = wide ? Math.max(Math.floor(area.width / scaled(170, context)), 1) : 1
  const { form, shown, more } = planDock(stage, area.height - head - PAD, perRow, context)
  const count = shown.length + (more > 0 ? 2 : 1)
  const lines = Math.ceil(count / perRow)
  const height = Math.max(area.height, head + lines * (form.height + GAP) + PAD - GAP)
  const width = Math.floor((area.width - 2 * PAD - (perRow - 1) * GAP) / perRow)
  const label = fitLabel(
    {
      text: context.texts.dock,
      role: 'dockTitle',
      ink: 'durable',
      x: PAD + 2,
      y: PAD,
      width: area.width - 2 * PAD,
    },
    context,
  )
  const nodes: SceneNode[] = [
    {
      id: 'dock',
      plane: 'background',
      box: { ...area, height },
      look: { kind: 'dock', posts: 0 },
      labels: [label].filter(present),
      aboard: null,
      tile: null,
    },
  ]
  const boxAt = (index: number): Box => ({
    x: area.x + PAD + (index % perRow) * (width + GAP),
    y: area.y + head + Math.floor(index / perRow) * (form.height + GAP),
    width,
    height: form.height,
  })
  for (const [index, volume] of shown.entries()) {
    nodes.push(crate(volume, stage, boxAt(index), form.rows, context))
  }
  if (more > 0) nodes.push(moreCrates(more, boxAt(shown.length), context))
  const low = clamp(form.height, 0, scaled(66, context))
  nodes.push(newCrate({ ...boxAt(count - 1), height: low }, context))
  return { nodes, height }
}
