import type { StageTexts } from '../../src-renderer/scene/StageTexts.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

export function sayBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toFixed(digits)} ${UNITS[unit]}`
}

const plural = (count: number, one: string, more: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

/** English words of the stage, for the gallery and for tests. */
export const sampleTexts: StageTexts = {
  bytes: sayBytes,
  progress: (done, total) => `${sayBytes(done)} / ${sayBytes(total)}`,
  container: (name, image) => `container ${name} · ${image}`,
  subtitle: 'what the process sees: the topmost tile of every column',
  state: {
    created: 'created',
    running: 'running',
    paused: 'paused',
    exited: 'stopped',
    removed: 'removed',
  },
  noContainer: 'No container here',
  writableLayer: 'WRITABLE LAYER · discarded on docker rm',
  writableLayerShort: 'WRITABLE LAYER',
  layer: (number, title) => `layer ${number} · ${title}`,
  shared: (containers) => `×${containers} shared`,
  whiteout: 'whiteout',
  opaque: 'opaque',
  copyingUp: 'copying up',
  dock: 'DOCK · survives',
  newVolume: 'new volume',
  newVolumeHint: 'drag onto a path',
  picked: (name) => (name ? `${name}: now tap a path` : 'New volume: now tap a path'),
  anonymousVolume: 'unnamed volume',
  unmoored: 'not moored',
  host: 'the shore',
  memory: 'memory',
  readOnly: 'read-only',
  files: (files) => plural(files, 'file', 'files'),
  bookmarks: (rows) => plural(rows, 'bookmark', 'bookmarks'),
  more: (count) => `+ ${count} more`,
  layers: (layers) => plural(layers, 'layer', 'layers'),
  disk: (used, limit) => `disk ${sayBytes(used)} of ${sayBytes(limit)}`,
  onDisk: 'on disk',
  attributes: { mode: 'mode', owner: 'owner', times: 'times', xattr: 'xattr' },
}
