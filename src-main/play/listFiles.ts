import type { LayerId } from '../sim/event.ts'
import type { ContainerFacts, Owner } from '../sim/look/facts.ts'
import { mergedEntries, ownerOf } from '../sim/look/files.ts'
import { listVolumes } from '../sim/look/volumes.ts'
import type { World } from '../sim/world.ts'
import type { PlaySession } from './sessionState.ts'
import { mountOver } from './stage/columnsOf.ts'
import { containersInOrder } from './stage/stageOf.ts'
import { ownerText } from './texts/becauseText.ts'
import type { FileListView } from './view.ts'
import { worldAt } from './worldAt.ts'

/** Rows of one reply. */
export const FILES_PAGE = 100
/** A tree larger than this is cut; no image of the game comes near it. */
const MOST_ENTRIES = 20_000

export interface FileWish {
  /** Part of a path; empty: all of them. */
  readonly words: string
  /** Rows to leave out at the head of the list. */
  readonly from: number
  /** Name of the container; without it, the one in focus of the level. */
  readonly container?: string | undefined
}

interface Found {
  readonly path: string
  readonly kind: string
  readonly bytes: number
}

/** What lies under a mount is told by the mount: a process finds that there, whatever is below. */
function mergedTree(world: World, { id, mounts }: ContainerFacts): readonly Found[] {
  const volumes = listVolumes(world)
  const mounted = mounts.map(({ kind, path, source }) => ({
    path,
    kind,
    bytes: volumes.find(({ name }) => name === source)?.bytes ?? 0,
  }))
  const own = mergedEntries(world, id, '/', MOST_ENTRIES).filter(
    // The engine lays its own devices over what the init layer has there.
    ({ path }) => mountOver(mounts, path) === null && !path.startsWith('/dev/'),
  )
  return [...own, ...mounted].sort((a, b) => (a.path < b.path ? -1 : 1))
}

const layerOf = (owner: Owner): LayerId | null =>
  owner.kind === 'upper' ? 'upper' : owner.kind === 'layer' ? owner.layer : null

/**
 * The merged tree of a container at a step, as its processes see it: a page of its paths
 * in order, each with the layer or mount that answers for it.
 */
export function listFiles(session: PlaySession, shown: number, wish: FileWish): FileListView {
  const world = worldAt(session, shown)
  const [container] = containersInOrder(world, wish.container ?? session.level.data.focus)
  if (container === undefined) return { container: null, total: 0, rows: [] }
  const words = wish.words.toLowerCase()
  const found = mergedTree(world, container).filter(({ path }) =>
    path.toLowerCase().includes(words),
  )
  return {
    container: container.name,
    total: found.length,
    rows: found.slice(wish.from, wish.from + FILES_PAGE).map(({ path, kind, bytes }) => {
      const owner = ownerOf(world, container.id, path)
      const words = ownerText(session.locale, world, owner)
      return { path, kind, bytes, owner: words, layer: layerOf(owner) }
    }),
  }
}
