import type { ContainerStageView, LayerStageView } from '@contract/api.ts'

/** Every word the stage draws; the screens fill it from the chosen language. */
export interface StageTexts {
  /** A number of bytes with its unit: `2.0 GB`. */
  readonly bytes: (bytes: number) => string
  /** Bytes done of bytes to do, while they run: `1.31 / 2.0 GB`. */
  readonly progress: (done: number, total: number) => string
  /** Heading of the container in focus. */
  readonly container: (name: string, image: string) => string
  /** One line on how to read the picture. */
  readonly subtitle: string
  readonly state: Readonly<Record<ContainerStageView['state'], string>>
  readonly noContainer: string
  readonly writableLayer: string
  /** For slabs too narrow for the long form. */
  readonly writableLayerShort: string
  /** `number` counts from the base, 1 upwards. */
  readonly layer: (number: number, title: LayerStageView['title']) => string
  /** Containers that stand on a layer: `×3 shared`. */
  readonly shared: (containers: number) => string
  readonly whiteout: string
  readonly opaque: string
  readonly copyingUp: string
  readonly dock: string
  readonly newVolume: string
  readonly newVolumeHint: string
  /** Said while a crate is picked up and waits for a path. */
  readonly picked: (name: string | null) => string
  readonly anonymousVolume: string
  readonly unmoored: string
  readonly host: string
  readonly memory: string
  readonly readOnly: string
  readonly files: (files: number) => string
  readonly bookmarks: (rows: number) => string
  readonly more: (count: number) => string
  readonly layers: (layers: number) => string
  readonly disk: (used: number, limit: number) => string
  /** Below the tank: what its number counts. */
  readonly onDisk: string
  readonly attributes: Readonly<Record<'mode' | 'owner' | 'times' | 'xattr', string>>
}
