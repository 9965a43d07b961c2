import type { ContainerFacts, LayerEntry, MountFacts } from '../../sim/look/facts.ts'
import { shortName } from '../texts/eventTexts.ts'
import type { ColumnView } from '../view.ts'
import { words } from '../words.ts'

/** Columns a stage has room for; what finds no place is counted in a group. */
const maxColumns = 8

/** What one layer stores, by path. */
export type LayerContents = ReadonlyMap<string, LayerEntry>

/** A column with the paths that stand in it. */
export interface Column {
  readonly view: ColumnView
  /** Null: every path that no other column has and that is under `view.path`. */
  readonly paths: ReadonlySet<string> | null
}

const isUnder = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`)

/** The mount that answers for a path, if any: the deepest one at or above it. */
export const mountOver = (mounts: readonly MountFacts[], path: string): MountFacts | null =>
  mounts
    .filter((mount) => isUnder(path, mount.path))
    .reduce<MountFacts | null>(
      (deepest, mount) =>
        deepest === null || mount.path.length > deepest.path.length ? mount : deepest,
      null,
    )

export const mountSource = (mount: MountFacts): string =>
  mount.kind === 'tmpfs' ? 'tmpfs' : shortName(mount.source)

const commonDirectory = (paths: readonly string[]): string => {
  const [first = '/', ...rest] = paths.map((path) => path.slice(0, path.lastIndexOf('/')) || '/')
  return rest.reduce((common, directory) => {
    let shared = common
    while (!isUnder(directory, shared)) shared = shared.slice(0, shared.lastIndexOf('/')) || '/'
    return shared
  }, first)
}

/** Entries that are things of their own: directories only count where they are opaque. */
const counts = (entry: LayerEntry): boolean => entry.kind !== 'dir'

/**
 * Columns of a container: the watched paths, then what its writable layer has, biggest first, then
 * one group for the rest of the writable layer and one for the rest of the image.
 */
export function columnsOf(
  locale: string,
  container: ContainerFacts,
  watch: readonly string[],
  upper: LayerContents,
  image: readonly LayerContents[],
): readonly Column[] {
  const covered = (path: string): string | null => {
    const mount = mountOver(container.mounts, path)
    return mount === null ? null : mountSource(mount)
  }
  const single = (path: string): Column => ({
    view: { id: path, label: path, path, count: 1, coveredBy: covered(path) },
    paths: new Set([path]),
  })
  const group = (id: string, paths: readonly string[]): Column => {
    const path = commonDirectory(paths)
    const label = words(locale, 'group.label', { path, count: paths.length })
    return {
      view: { id: `group:${id}`, label, path, count: paths.length, coveredBy: covered(path) },
      paths: new Set(paths),
    }
  }
  const changed = [...upper.values()]
    .filter((entry) => counts(entry) && !watch.includes(entry.path))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
    .map((entry) => entry.path)
  const imagePaths = new Set(
    image.flatMap((layer) => [...layer.values()].filter(counts).map((entry) => entry.path)),
  )
  const room = Math.max(0, maxColumns - 1 - watch.length)
  const fits = changed.length <= room
  const shown = fits ? changed : changed.slice(0, Math.max(0, room - 1))
  const restOfUpper = changed.slice(shown.length)
  const own = new Set([...watch, ...changed])
  const restOfImage = [...imagePaths].filter((path) => !own.has(path))
  return [
    ...watch.map(single),
    ...shown.map(single),
    ...(restOfUpper.length > 0 ? [group('upper', restOfUpper)] : []),
    ...(restOfImage.length > 0 ? [group('image', restOfImage)] : []),
  ]
}
