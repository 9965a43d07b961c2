/** Ids of the rules that explain the engine's events; MODEL.md tells the fact behind each. */
export const rules = {
  layerBuilt: 'build-one-layer-per-instruction',
  tagged: 'tag-is-a-name-for-an-image',
  imageRemoved: 'image-rm-frees-unshared-layers',
  containerCreated: 'create-makes-the-writable-layer',
  volumeCreated: 'volume-made-on-first-use',
  anonymousVolume: 'image-volume-line-makes-anonymous-volume',
  populated: 'empty-volume-filled-from-image',
  mounted: 'mount-hides-what-is-below',
  started: 'start-runs-on-the-same-layer',
  stopped: 'stop-keeps-the-layer',
  paused: 'pause-keeps-everything',
  renamed: 'rename-keeps-the-container',
  discarded: 'rm-discards-the-writable-layer',
  removed: 'rm-discards-the-writable-layer',
  orphaned: 'rm-orphans-anonymous-volumes',
  volumeRemoved: 'volume-rm-frees-its-bytes',
  process: 'process-reported',
} as const

export type DockerRule = (typeof rules)[keyof typeof rules]
