import type { StageView, TileView } from '@contract/api.ts'

/** One thing that two moments do not have in common. Bytes are null where it is not there. */
export interface StageDifference {
  readonly id: string
  readonly kind: 'tile' | 'layer' | 'volume' | 'container' | 'disk'
  readonly name: string
  /** For a tile: the image layer's line, or '' in the writable layer of `container`. */
  readonly where: string
  readonly container: string | null
  readonly tile: TileView['kind'] | null
  readonly before: number | null
  readonly after: number | null
  /** Seen at one moment and hidden at the other, or of another kind. */
  readonly turned: boolean
}

interface Fact {
  readonly kind: StageDifference['kind']
  readonly name: string
  readonly where: string
  readonly container: string | null
  readonly tile: TileView['kind'] | null
  readonly bytes: number
  /** What else may change: seen, kind. */
  readonly state: string
}

const none = { where: '', container: null, tile: null }

const tileState = (tile: TileView) => `${tile.kind}|${tile.visible}`

function factsOf(stage: StageView): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>()
  for (const container of stage.containers) {
    const { name, state } = container
    facts.set(`container:${name}`, { ...none, kind: 'container', name, bytes: 0, state })
    for (const layer of container.layers) {
      const upper = layer.kind === 'writable'
      if (upper) {
        const id = `layer:${name}`
        facts.set(id, { ...none, kind: 'layer', name, bytes: layer.bytes, state: '' })
      }
      for (const tile of layer.tiles) {
        const id = `tile:${name}|${upper ? 'upper' : layer.id}|${tile.path}|${tile.kind === 'group'}`
        const path = tile.kind === 'group' ? tile.label : tile.path
        facts.set(id, {
          kind: 'tile',
          name: path,
          where: upper ? '' : layer.title,
          container: upper ? name : null,
          tile: tile.kind,
          bytes: tile.bytes,
          state: tileState(tile),
        })
      }
    }
  }
  for (const { name, kind, bytes, usedBy } of stage.volumes) {
    const state = [...usedBy].sort().join(' ')
    facts.set(`volume:${kind}:${name}`, { ...none, kind: 'volume', name, bytes, state })
  }
  facts.set('disk', { ...none, kind: 'disk', name: '', bytes: stage.disk.used, state: '' })
  return facts
}

/** What is different between two moments, in the order of the later one; what is gone comes last. */
export function compareStages(before: StageView, after: StageView): readonly StageDifference[] {
  const was = factsOf(before)
  const is = factsOf(after)
  const ids = [...new Set([...is.keys(), ...was.keys()])]
  return ids.flatMap((id): readonly StageDifference[] => {
    const one = was.get(id)
    const other = is.get(id)
    if (one && other && one.bytes === other.bytes && one.state === other.state) return []
    const fact = (other ?? one) as Fact
    return [
      {
        id,
        kind: fact.kind,
        name: fact.name,
        where: fact.where,
        container: fact.container,
        tile: fact.tile,
        before: one?.bytes ?? null,
        after: other?.bytes ?? null,
        turned: one !== undefined && other !== undefined && one.state !== other.state,
      },
    ]
  })
}
