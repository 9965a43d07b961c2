import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCase } from '../../src-main/cli/overlayCase/parseCase.ts'
import {
  type Running,
  replayCase,
  startCase,
  step,
} from '../../src-main/cli/overlayCase/replayCase.ts'
import { layerOf } from '../../src-main/sim/overlay/layerOf.ts'
import { type LayerStack, stackLayers } from '../../src-main/sim/overlay/layerStack.ts'
import { listLayer, listMerged, listUpper } from '../../src-main/sim/overlay/list.ts'
import { sha256 } from '../../src-main/sim/tree/content.ts'
import { visits } from '../../src-main/sim/tree/persistentMap.ts'
import { createKernel } from '../../src-main/sim/vfs/createKernel.ts'
import { emptyStorage, type StorageState } from '../../src-main/sim/vfs/storageState.ts'
import { arbitraryCase } from './overlay/arbitraryCase.ts'
import type { KernelCase } from './overlay/KernelWorker.ts'
import { mergedFromScratch } from './overlay/mergedFromScratch.ts'

const runs = 300
const seed = 7

const parsed = (kernelCase: KernelCase) =>
  parseCase(JSON.stringify({ name: 'case', ...kernelCase }))

const layersOf = (running: Running) =>
  running.kernel.storage().fileSystems.get(running.fs)?.lower?.layers ?? []

const shownLayers = (running: Running): string =>
  JSON.stringify(layersOf(running).map((layer) => [...listLayer(layer)]))

const shownStorage = (storage: StorageState, fs: string): string =>
  JSON.stringify([[...listUpper(storage, fs)], [...listMerged(storage, fs)], storage.clockMicros])

const property = (check: (running: Running, kernelCase: KernelCase) => void) =>
  fc.assert(
    fc.property(arbitraryCase, (kernelCase) => {
      check(startCase(parsed(kernelCase)), kernelCase)
    }),
    { numRuns: runs, seed },
  )

describe('whatever happens in a container', () => {
  test('the lower layers never change', () => {
    property((running, kernelCase) => {
      const before = shownLayers(running)
      for (const operation of parsed(kernelCase).operations) step(running, operation)
      expect(shownLayers(running)).toBe(before)
    })
  })

  test('the merged view is what the layers give when merged anew, name by name', () => {
    property((running, kernelCase) => {
      for (const operation of parsed(kernelCase).operations) {
        step(running, operation)
        const storage = running.kernel.storage()
        const merged = [...listMerged(storage, running.fs)]
          .filter(({ kind }) => kind !== 'ghost')
          .map(({ path, kind, layer, content }) => ({
            path,
            kind,
            layer,
            hash: content === null ? null : sha256(content),
          }))
        expect(merged).toEqual(mergedFromScratch(storage, running.fs))
      }
    })
  })

  test('the same operations give the same world', () => {
    property((_, kernelCase) => {
      const once = JSON.stringify(replayCase(parsed(kernelCase)))
      expect(JSON.stringify(replayCase(parsed(kernelCase)))).toBe(once)
    })
  })

  test('every earlier state stays as it was: undo and redo are exact', () => {
    property((running, kernelCase) => {
      const states: [StorageState, string][] = []
      for (const operation of parsed(kernelCase).operations) {
        step(running, operation)
        const storage = running.kernel.storage()
        states.push([storage, shownStorage(storage, running.fs)])
      }
      for (const [storage, shown] of states) expect(shownStorage(storage, running.fs)).toBe(shown)
    })
  })

  test('an operation redone from the state before it gives the state after it', () => {
    property((running, kernelCase) => {
      const { operations } = parsed(kernelCase)
      for (const operation of operations) {
        if (operation.fd !== '') continue
        const before = running.kernel.storage()
        step(running, operation)
        const kernel = createKernel(before, () => {})
        const again = { ...running, kernel, calls: kernel.syscalls(running.calls.task) }
        step(again, operation)
        expect(shownStorage(kernel.storage(), running.fs)).toBe(
          shownStorage(running.kernel.storage(), running.fs),
        )
      }
    })
  })

  test('bytes and blocks kept on the way are those of a fresh count', () => {
    property((running, kernelCase) => {
      for (const operation of parsed(kernelCase).operations) step(running, operation)
      const storage = running.kernel.storage()
      const seen = new Set<number>()
      let bytes = 0
      for (const entry of listUpper(storage, running.fs)) {
        if (entry.kind !== 'whiteout' && !seen.has(entry.ino)) bytes += entry.size
        seen.add(entry.ino)
      }
      const fs = storage.fileSystems.get(running.fs)
      if (fs?.orphans.length === 0) expect(fs.bytes).toBe(bytes)
    })
  })
})

/** Trie nodes that one operation looks at, with `files` files beside the one it is about. */
const visitsWith = (files: number, change: (calls: Running['calls']) => void): number => {
  const entries = Array.from({ length: files }, (_, i) => ({
    path: `/d${i % 10}/f${i}`,
    type: 'file' as const,
    content: 'x',
  }))
  const lower: LayerStack = stackLayers(null, layerOf('L', entries))
  const kernel = createKernel(emptyStorage(0), () => {})
  kernel.createOverlay('o', lower)
  const calls = kernel.syscalls({
    namespace: [{ at: '/', fs: 'o', root: 1, readOnly: false }],
    uid: 0,
    gid: 0,
    umask: 0,
    cwd: '/',
    traceLookups: false,
  })
  for (let i = 0; i < files; i += 1) calls.chmod(`/d${i % 10}/f${i}`, 0o600)
  visits.count = 0
  change(calls)
  return visits.count
}

describe('cost of one operation', () => {
  const operations: [string, (calls: Running['calls']) => void][] = [
    ['stat', (calls) => calls.stat('/d5/f5')],
    ['chmod', (calls) => calls.chmod('/d5/f5', 0o644)],
    ['unlink', (calls) => calls.unlink('/d5/f5')],
    ['rename', (calls) => calls.rename('/d5/f5', '/d6/new')],
    ['mkdir', (calls) => calls.mkdir('/d5/new')],
    ['link', (calls) => calls.link('/d5/f5', '/d5/new')],
    ['truncate', (calls) => calls.truncate('/d5/f5', 3)],
  ]

  test.each(operations)('%s does not grow with the files it does not touch', (_, change) => {
    const few = visitsWith(50, change)
    const many = visitsWith(20_000, change)
    // 400 times the files: two more levels of a 32-way trie on each of a few look-ups
    expect(many).toBeLessThanOrEqual(few * 3)
  })
})
