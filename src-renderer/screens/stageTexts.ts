import { formatBytes } from '../format/formatBytes.ts'
import type { StageTexts } from '../scene/StageTexts.ts'
import { type TextKey, t } from '../strings/index.ts'

type DrawnKey =
  Extract<TextKey, `stage.drawn.${string}`> extends `stage.drawn.${infer K}` ? K : never

const word = (key: DrawnKey, values = {}) => t(`stage.drawn.${key}` as TextKey, values)

/** The words that the stage draws, in the current language. */
export function stageTexts(): StageTexts {
  return {
    bytes: formatBytes,
    progress: (done, total) =>
      word('progress', { done: formatBytes(done), total: formatBytes(total) }),
    container: (name, image) => word('container', { name, image }),
    subtitle: word('subtitle'),
    state: {
      created: word('state.created'),
      running: word('state.running'),
      paused: word('state.paused'),
      exited: word('state.exited'),
      removed: word('state.removed'),
    },
    noContainer: word('noContainer'),
    writableLayer: word('writableLayer'),
    writableLayerShort: word('writableLayerShort'),
    layer: (n, title) => word('layer', { n, title }),
    shared: (n) => word('shared', { n }),
    whiteout: word('whiteout'),
    opaque: word('opaque'),
    copyingUp: word('copyingUp'),
    dock: word('dock'),
    newVolume: word('newVolume'),
    newVolumeHint: word('newVolumeHint'),
    picked: (name) => (name === null ? word('pickedNew') : word('picked', { name })),
    anonymousVolume: word('anonymousVolume'),
    unmoored: word('unmoored'),
    host: word('host'),
    memory: word('memory'),
    readOnly: word('readOnly'),
    files: (n) => word('files', { n }),
    bookmarks: (n) => t('stage.bookmarks', { n }),
    more: (n) => word('more', { n }),
    layers: (n) => word('layers', { n }),
    disk: (used, limit) => word('disk', { used: formatBytes(used), limit: formatBytes(limit) }),
    onDisk: word('onDisk'),
    attributes: {
      mode: word('attributes.mode'),
      owner: word('attributes.owner'),
      times: word('attributes.times'),
      xattr: word('attributes.xattr'),
    },
  }
}
