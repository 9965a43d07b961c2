import type { ContainerStageView } from '@contract/api.ts'

/** A volume was put on a path: by drag, by two taps or by keyboard. */
export interface VolumeDrop {
  /** Null: a new one. */
  readonly volume: string | null
  /** The directory that it is to be mounted on. */
  readonly path: string
  readonly container: { readonly name: string; readonly image: string }
}

/** Volumes are mounted on directories: what is dropped on a file goes to the one it lies in. */
export function dropOn(
  container: ContainerStageView,
  volume: string | null,
  path: string,
): VolumeDrop {
  const { name, image } = container
  const tiles = container.layers.flatMap((layer) => layer.tiles)
  const isFile = tiles.some((tile) => tile.path === path && !/dir|group/.test(tile.kind))
  const folder = path.slice(0, path.lastIndexOf('/')) || '/'
  return { volume, path: isFile ? folder : path, container: { name, image } }
}
