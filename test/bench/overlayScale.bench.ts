import { emptyHistory, push, redo, undo, worldAtStep } from '../../src-main/sim/history.ts'
import { type LayerEntry, layerOf } from '../../src-main/sim/overlay/layerOf.ts'
import { type LayerStack, stackLayers } from '../../src-main/sim/overlay/layerStack.ts'
import { listMerged } from '../../src-main/sim/overlay/list.ts'
import { createKernel } from '../../src-main/sim/vfs/createKernel.ts'
import { emptyStorage } from '../../src-main/sim/vfs/storageState.ts'
import { createWorld } from '../../src-main/sim/world.ts'
import type { BenchResult } from '../support/runner/benchResult.ts'
import { heapBytes, median, timed } from './overlay/measure.ts'
import { callsOn } from './overlay/trees.ts'

function* entriesOf(layer: number, files: number): Generator<LayerEntry> {
  for (let i = 0; i < files; i += 1) {
    const path = `/usr/d${Math.floor(i / 500)}/s${i % 10}/l${layer}f${i}`
    yield { path, type: 'file', size: i % 5000 }
  }
}

const load = (layers: number, files: number): LayerStack => {
  let stack: LayerStack | null = null
  for (let i = 0; i < layers; i += 1) {
    stack = stackLayers(stack, layerOf(`L${i}`, entriesOf(i, files / layers)))
  }
  return stack as LayerStack
}

function measureLoading(): readonly BenchResult[] {
  const before = heapBytes()
  let stack: LayerStack | null = null
  const took = median(3, () => {
    stack = null
    return timed(() => {
      stack = load(10, 1_000_000)
    })
  })
  const bytes = heapBytes() - before
  const kernel = createKernel(emptyStorage(0), () => {})
  const containers = 1000
  const empty = heapBytes()
  const started = timed(() => {
    for (let i = 0; i < containers; i += 1) {
      kernel.createOverlay(`overlay:${i}`, stack)
      kernel.storage()
    }
  })
  const each = (heapBytes() - empty) / containers
  return [
    { name: 'load 1,000,000 files in 10 layers', value: took, unit: 'ms', limit: 2000 },
    { name: '1,000,000 files in 10 layers', value: bytes / 2 ** 20, unit: 'MiB', limit: 381 },
    { name: 'start a container on them', value: started / containers, unit: 'ms', limit: 1 },
    { name: 'a container on them', value: each, unit: 'bytes', limit: 1024 },
  ]
}

const steps = 10_000

/** What a view asks for at a step: the first names of the tree, and one path. */
const show = (world: ReturnType<typeof createWorld>): void => {
  let seen = 0
  for (const _ of listMerged(world.storage, 'overlay:c')) {
    seen += 1
    if (seen >= 300) break
  }
}

function measureHistory(): readonly BenchResult[] {
  const start = createWorld()
  const kernel = createKernel(start.storage, () => {})
  kernel.createOverlay('overlay:c', load(10, 100_000))
  const calls = callsOn(kernel, 'overlay:c')
  const first = { ...start, storage: kernel.storage() }
  calls.stat('/usr/d1/s1/l1f501')
  const before = heapBytes()
  let history = emptyHistory(first)
  for (let i = 0; i < steps; i += 1) {
    const path = `/usr/d${i % 20}/s${i % 10}/l${i % 10}f${i % 10_000}`
    if (i % 4 === 0) calls.open(path, { write: true, create: true })
    else if (i % 4 === 1) calls.mkdir(`/usr/d${i % 20}/new${i}`)
    else if (i % 4 === 2) calls.unlink(path)
    else calls.chmod(path, 0o600)
    calls.close(3)
    const world = { ...first, storage: kernel.storage() }
    const outcome = { world, steps: [{ world, events: [] }], stdout: '', stderr: '', exit: 0 }
    history = push(history, `line ${i}`, outcome as never)
  }
  const bytes = (heapBytes() - before) / steps
  const shown = Array.from({ length: 400 }, (_, i) =>
    timed(() => show(worldAtStep(history, ((i * 7919) % steps) + 1))),
  ).sort((a, b) => a - b)
  const undone = median(99, () =>
    timed(() => {
      history = undo(history)
    }),
  )
  const redone = median(99, () =>
    timed(() => {
      history = redo(history)
    }),
  )
  return [
    { name: 'show any of 10,000 steps, p95', value: shown[380] ?? 0, unit: 'ms', limit: 16 },
    { name: 'a step of the history', value: bytes, unit: 'bytes', limit: 2048 },
    { name: 'undo', value: undone, unit: 'ms', limit: 1 },
    { name: 'redo', value: redone, unit: 'ms', limit: 1 },
  ]
}

/** Large images and long histories: time and memory. */
export function run(): readonly BenchResult[] {
  return [...measureLoading(), ...measureHistory()]
}
