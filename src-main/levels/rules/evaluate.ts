import type { LayerId } from '../../sim/event.ts'
import { findContainer } from '../../sim/look/containers.ts'
import type {
  ContainerFacts,
  ContainerState,
  LayerEntry,
  MountFacts,
  Owner,
} from '../../sim/look/facts.ts'
import { ownerOf, readText, statIn } from '../../sim/look/files.ts'
import { listImages } from '../../sim/look/images.ts'
import { layerEntries } from '../../sim/look/layerEntries.ts'
import type { Leaf, Predicate } from '../predicateSchema.ts'
import { eventIsAt, historyOf, type MeasureUnit, measureOf, unitOf } from './measure.ts'
import { type LevelRun, stepsOf, worldOf } from './run.ts'

/** Whether a predicate holds, and what decided it. */
export interface Verdict {
  readonly met: boolean
  /** The decisive file and layer, where there is one. */
  readonly container: string | null
  readonly path: string | null
  readonly layer: LayerId | null
  readonly reason: Reason
  /** How far it is, as text; worlds with the same look and progress are the same to the solver. */
  readonly progress: string
}

/** Why, as data; play words it. */
export type Reason =
  | {
      readonly kind: 'figure'
      readonly measure: string
      readonly value: number
      readonly unit: MeasureUnit
      readonly name: string
    }
  | { readonly kind: 'owner'; readonly owner: Owner }
  | { readonly kind: 'no-container' }
  | { readonly kind: 'present' | 'absent' }
  | { readonly kind: 'text-found' | 'text-missing'; readonly text: string }
  | { readonly kind: 'in-upper'; readonly entry: 'copied-up' | 'born-here' | 'whiteout' }
  | { readonly kind: 'mode'; readonly mode: string }
  | { readonly kind: 'not-in-upper' }
  | { readonly kind: 'in-image'; readonly bytes: number }
  | { readonly kind: 'not-in-image' }
  | {
      readonly kind: 'container-state'
      readonly state: ContainerState
      readonly original: boolean
    }
  | { readonly kind: 'mounts'; readonly mounts: readonly MountFacts[] }
  | { readonly kind: 'provenance'; readonly provenance: string }
  | { readonly kind: 'happened'; readonly event: string; readonly times: number }
  | { readonly kind: 'session'; readonly what: 'explained' | 'marked' | 'predicted' }

const verdict = (met: boolean, reason: Reason, rest: Partial<Verdict> = {}): Verdict => ({
  met,
  reason,
  container: null,
  path: null,
  layer: null,
  progress: met ? '1' : '0',
  ...rest,
})

const compares = (
  value: number,
  bounds: {
    readonly is?: number | undefined
    readonly atLeast?: number | undefined
    readonly atMost?: number | undefined
  },
): boolean =>
  (bounds.is === undefined || value === bounds.is) &&
  (bounds.atLeast === undefined || value >= bounds.atLeast) &&
  (bounds.atMost === undefined || value <= bounds.atMost)

const layerOf = (owner: Owner): LayerId | null => {
  if (owner.kind === 'upper') return 'upper'
  return owner.kind === 'layer' ? owner.layer : null
}

const isUnder = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`)

/** Who answers for a path right now; null without the container. */
const ownerNow = (run: LevelRun, container: string, path: string): Owner | null =>
  findContainer(worldOf(run), container) === null ? null : ownerOf(worldOf(run), container, path)

type Of<K extends Leaf['kind']> = Extract<Leaf, { kind: K }>

/** A figure as far as it can still matter: what is above the asked-for is all the same. */
const progressOf = (run: LevelRun, leaf: Of<'measure'>, value: number): string => {
  if (leaf.of.measure === 'seconds' || leaf.of.measure === 'moves') {
    return String(compares(value, leaf))
  }
  const onlyAtLeast = leaf.atMost === undefined && leaf.is === undefined
  const enough = onlyAtLeast ? leaf.atLeast : undefined
  const rest = historyOf(run, leaf.of)
  if (enough !== undefined) return `${Math.min(value, enough)}${rest}`
  return `${unitOf(leaf.of) === 'bytes' ? Math.round(value / 1e6) : value}${rest}`
}

const measureVerdict = (run: LevelRun, leaf: Of<'measure'>): Verdict => {
  const value = measureOf(run, leaf.of)
  const container = 'container' in leaf.of ? (leaf.of.container ?? null) : null
  const path = 'path' in leaf.of ? (leaf.of.path ?? null) : null
  const name =
    container ?? ('image' in leaf.of ? leaf.of.image : 'volume' in leaf.of ? leaf.of.volume : '')
  const owner = container !== null && path !== null ? ownerNow(run, container, path) : null
  const reason: Reason = {
    kind: 'figure',
    measure: leaf.of.measure,
    value,
    unit: unitOf(leaf.of),
    name,
  }
  const met = compares(value, leaf)
  return verdict(met, reason, {
    container,
    path,
    layer: owner === null ? null : layerOf(owner),
    progress: progressOf(run, leaf, value),
  })
}

const ownerVerdict = (run: LevelRun, leaf: Of<'owner'>): Verdict => {
  const owner = ownerNow(run, leaf.container, leaf.path)
  const at = { container: leaf.container, path: leaf.path }
  if (owner === null) return verdict(leaf.is === 'none', { kind: 'no-container' }, at)
  const met =
    owner.kind === leaf.is &&
    (leaf.volume === undefined || (owner.kind === 'volume' && owner.name === leaf.volume)) &&
    (leaf.named === undefined || (owner.kind === 'volume' && owner.anonymous !== leaf.named))
  return verdict(met, { kind: 'owner', owner }, { ...at, layer: layerOf(owner) })
}

const modeVerdict = (run: LevelRun, leaf: Of<'mode'>): Verdict => {
  const at = { container: leaf.container, path: leaf.path }
  const owner = ownerNow(run, leaf.container, leaf.path)
  if (owner === null) return verdict(false, { kind: 'no-container' }, at)
  const mode = statIn(worldOf(run), leaf.container, leaf.path)?.mode ?? 0
  const wanted = Number.parseInt(leaf.has, 8)
  const text = `0${(mode & 0o777).toString(8).padStart(3, '0')}`
  const met = (mode & wanted) === wanted
  return verdict(met, { kind: 'mode', mode: text }, { ...at, layer: layerOf(owner) })
}

const upperEntry = (run: LevelRun, container: string, path: string): LayerEntry | null =>
  layerEntries(worldOf(run), container, 'upper').find((entry) => entry.path === path) ?? null

const inUpperVerdict = (run: LevelRun, leaf: Of<'in-upper'>): Verdict => {
  const at = { container: leaf.container, path: leaf.path, layer: 'upper' }
  if (findContainer(worldOf(run), leaf.container) === null) {
    return verdict(!leaf.present, { kind: 'no-container' }, at)
  }
  const entry = upperEntry(run, leaf.container, leaf.path)
  if (entry === null) return verdict(!leaf.present, { kind: 'not-in-upper' }, at)
  const as = entry.kind === 'whiteout' ? 'whiteout' : (entry.origin ?? 'born-here')
  const met = (leaf.as === 'anything' || leaf.as === as) === leaf.present
  return verdict(met, { kind: 'in-upper', entry: as }, at)
}

const inImageVerdict = (run: LevelRun, leaf: Of<'in-image'>): Verdict => {
  const world = worldOf(run)
  const container = findContainer(world, leaf.container)
  const at = { container: leaf.container, path: leaf.path }
  if (container === null) return verdict(false, { kind: 'no-container' }, at)
  for (const layer of container.layers.toReversed()) {
    const entry = layerEntries(world, leaf.container, layer).find(
      (one) => one.path === leaf.path && one.kind !== 'whiteout',
    )
    if (entry !== undefined) {
      return verdict(leaf.present, { kind: 'in-image', bytes: entry.bytes }, { ...at, layer })
    }
  }
  return verdict(!leaf.present, { kind: 'not-in-image' }, at)
}

const mountMatches = (mount: MountFacts, leaf: Of<'mounted'>): boolean => {
  const at = mount.path === leaf.path
  const above = !at && isUnder(leaf.path, mount.path)
  const below = !at && isUnder(mount.path, leaf.path)
  if (leaf.type !== undefined && mount.kind !== leaf.type) return false
  if (leaf.where === 'at') return at
  if (leaf.where === 'above') return above
  if (leaf.where === 'below') return below
  return leaf.where === 'at-or-above' ? at || above : !at && !above && !below
}

const provenanceVerdict = (run: LevelRun, leaf: Of<'provenance'>): Verdict => {
  const world = worldOf(run)
  const at = { container: leaf.container ?? leaf.image ?? null }
  const container = leaf.container === undefined ? null : findContainer(world, leaf.container)
  const image = listImages(world).find((one) =>
    leaf.container === undefined
      ? leaf.image !== undefined && one.tags.includes(leaf.image)
      : one.id === container?.imageId,
  )
  if (image === undefined) return verdict(false, { kind: 'no-container' }, at)
  const { provenance } = image
  return verdict(provenance === leaf.is, { kind: 'provenance', provenance }, at)
}

const containerLeaf = (
  run: LevelRun,
  leaf: Of<'running'> | Of<'mounted'> | Of<'still-there'>,
): Verdict => {
  const world = worldOf(run)
  const container: ContainerFacts | null = findContainer(world, leaf.container)
  const at = { container: leaf.container }
  if (container === null) {
    return verdict(leaf.kind === 'running' && !leaf.running, { kind: 'no-container' }, at)
  }
  if (leaf.kind === 'mounted') {
    const met = container.mounts.some((mount) => mountMatches(mount, leaf))
    return verdict(met, { kind: 'mounts', mounts: container.mounts }, { ...at, path: leaf.path })
  }
  const original = findContainer(run.start, leaf.container)?.id === container.id
  const met =
    leaf.kind === 'still-there'
      ? original
      : (container.state === 'running') === leaf.running &&
        (leaf.original === undefined || leaf.original === original)
  return verdict(met, { kind: 'container-state', state: container.state, original }, at)
}

const eventVerdict = (run: LevelRun, leaf: Of<'event'>): Verdict => {
  const here = leaf.under ? { container: leaf.container } : leaf
  const times = stepsOf(run, leaf.scope).filter(({ event }) => {
    if (event.type !== leaf.type || !eventIsAt(run, event, here)) return false
    if (leaf.what !== undefined && (!('what' in event) || event.what !== leaf.what)) return false
    if (leaf.volume !== undefined && (!('volume' in event) || event.volume !== leaf.volume)) {
      return false
    }
    if (leaf.opaque !== undefined && (!('opaque' in event) || event.opaque !== leaf.opaque)) {
      return false
    }
    return (
      !leaf.under || leaf.path === undefined || ('path' in event && isUnder(event.path, leaf.path))
    )
  }).length
  const met = times >= leaf.atLeast && (leaf.atMost === undefined || times <= leaf.atMost)
  return verdict(
    met,
    { kind: 'happened', event: leaf.type, times },
    {
      container: leaf.container ?? null,
      path: leaf.path ?? null,
      progress: String(Math.min(times, Math.max(leaf.atLeast, (leaf.atMost ?? 0) + 1))),
    },
  )
}

const writtenAgain = (run: LevelRun, leaf: Of<'written-again'>): Verdict => {
  const times = run.entries.filter((entry) => {
    const here = entry.steps.filter(({ event }) => eventIsAt(run, event, leaf))
    const wrote = here.some(({ event }) => event.type === 'file-written')
    const arrived = here.some(
      ({ event }) => event.type === 'file-copied-up' || event.type === 'file-created',
    )
    return wrote && !arrived
  }).length
  const at = { container: leaf.container, path: leaf.path, layer: 'upper' }
  return verdict(times > 0, { kind: 'happened', event: 'file-written', times }, at)
}

function evaluateLeaf(run: LevelRun, leaf: Leaf): Verdict {
  switch (leaf.kind) {
    case 'measure':
      return measureVerdict(run, leaf)
    case 'owner':
      return ownerVerdict(run, leaf)
    case 'present': {
      const at = { container: leaf.container, path: leaf.path }
      if (findContainer(worldOf(run), leaf.container) === null) {
        return verdict(false, { kind: 'no-container' }, at)
      }
      const found = statIn(worldOf(run), leaf.container, leaf.path) !== null
      const owner = ownerOf(worldOf(run), leaf.container, leaf.path)
      return verdict(
        found === leaf.present,
        { kind: found ? 'present' : 'absent' },
        {
          ...at,
          layer: layerOf(owner),
        },
      )
    }
    case 'text': {
      const at = { container: leaf.container, path: leaf.path }
      if (findContainer(worldOf(run), leaf.container) === null) {
        return verdict(false, { kind: 'no-container' }, at)
      }
      const text = readText(worldOf(run), leaf.container, leaf.path, 64 * 1024) ?? ''
      const found = text.includes(leaf.contains)
      const owner = ownerOf(worldOf(run), leaf.container, leaf.path)
      const reason = { kind: found ? 'text-found' : 'text-missing', text: leaf.contains } as const
      return verdict(found === leaf.present, reason, { ...at, layer: layerOf(owner) })
    }
    case 'mode':
      return modeVerdict(run, leaf)
    case 'in-upper':
      return inUpperVerdict(run, leaf)
    case 'in-image':
      return inImageVerdict(run, leaf)
    case 'running':
    case 'mounted':
    case 'still-there':
      return containerLeaf(run, leaf)
    case 'provenance':
      return provenanceVerdict(run, leaf)
    case 'event':
      return eventVerdict(run, leaf)
    case 'written-again':
      return writtenAgain(run, leaf)
    case 'explained':
      return verdict(run.explained, { kind: 'session', what: 'explained' })
    case 'marked':
      return verdict(run.marked, { kind: 'session', what: 'marked' })
    case 'predicted':
      return verdict(run.predicted, { kind: 'session', what: 'predicted' })
  }
}

/**
 * Does it hold for the run as it is now? Of `all` and `any` the part that decides is reported: the
 * first unmet one of `all`, the first met one of `any`.
 */
export function evaluate(run: LevelRun, predicate: Predicate): Verdict {
  if (predicate.kind === 'not') {
    const inner = evaluate(run, predicate.of)
    return { ...inner, met: !inner.met }
  }
  if (predicate.kind !== 'all' && predicate.kind !== 'any') return evaluateLeaf(run, predicate)
  const parts = predicate.of.map((part) => evaluate(run, part))
  const progress = parts.map((part) => part.progress).join(',')
  const decisive =
    predicate.kind === 'all' ? parts.find((part) => !part.met) : parts.find((part) => part.met)
  const shown = decisive ?? parts.find((part) => part.path !== null) ?? parts[0]
  if (shown === undefined) throw new Error('a predicate without parts passed the schema')
  return {
    ...shown,
    met: predicate.kind === 'all' ? decisive === undefined : decisive !== undefined,
    progress,
  }
}

/** Does the predicate look at the last command itself, so that it can hold anew each time? */
export function looksAtCommand(predicate: Predicate): boolean {
  if (predicate.kind === 'not') return looksAtCommand(predicate.of)
  if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.some(looksAtCommand)
  if (predicate.kind === 'event') return predicate.scope === 'command'
  return predicate.kind === 'measure' && 'scope' in predicate.of && predicate.of.scope === 'command'
}
