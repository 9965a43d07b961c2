import { Volume } from 'memfs'
import { Union } from 'unionfs'
import { type LayerEntry, layerOf } from '../../../src-main/sim/overlay/layerOf.ts'
import { type LayerStack, stackLayers } from '../../../src-main/sim/overlay/layerStack.ts'
import { createKernel } from '../../../src-main/sim/vfs/createKernel.ts'
import type { Kernel } from '../../../src-main/sim/vfs/kernel.ts'
import { emptyStorage } from '../../../src-main/sim/vfs/storageState.ts'
import type { Syscalls } from '../../../src-main/sim/vfs/syscalls.ts'

/** Paths of each layer, bottom first; every file holds its own path. */
export type LayerPaths = readonly (readonly string[])[]

/** `perLayer` files in each of `layers` layers, in 20 directories that all layers share. */
export const spread = (layers: number, perLayer: number, directories = 20): LayerPaths =>
  Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: perLayer }, (_, i) => `/app/d${i % directories}/l${layer}f${i}`),
  )

export const stackOf = (paths: LayerPaths): LayerStack | null =>
  paths.reduce<LayerStack | null>((below, files, index) => {
    const entries = files.map((path): LayerEntry => ({ path, type: 'file', content: path }))
    return stackLayers(below, layerOf(`L${index}`, entries))
  }, null)

export const callsOn = (kernel: Kernel, fs: string): Syscalls =>
  kernel.syscalls({
    namespace: [{ at: '/', fs, root: 1, readOnly: false }],
    uid: 0,
    gid: 0,
    umask: 0,
    cwd: '/',
    traceLookups: false,
  })

/** A container on these layers. */
export const simulated = (stack: LayerStack | null): Syscalls => {
  const kernel = createKernel(emptyStorage(0), () => {})
  kernel.createOverlay('o', stack)
  return callsOn(kernel, 'o')
}

/** The peer: a memfs volume for each layer and an upper one, joined by unionfs. */
export const peerOf = (paths: LayerPaths): InstanceType<typeof Union> => {
  const union = new Union()
  for (const files of paths) {
    const volume = Volume.fromJSON(Object.fromEntries(files.map((path) => [path, path])))
    union.use(volume as never)
  }
  const upper = new Volume()
  for (const path of paths.flat()) {
    upper.mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true })
  }
  return union.use(upper as never)
}
