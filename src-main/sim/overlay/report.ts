import type { LayerId, StorageEvent } from '../event.ts'
import { type Dentry, pathOf } from './dentry.ts'
import type { LayerNode } from './layer.ts'
import { type LowerDir, lowerNode } from './lowerDir.ts'

type Without<E, K extends PropertyKey> = E extends unknown ? Omit<E, K> : never

/** Emits an event about a name; `fs` and `path` come from the dentry. */
export const report = (dentry: Dentry, event: Without<StorageEvent, 'fs' | 'path'>): void => {
  const place = { fs: dentry.superBlock.id, path: pathOf(dentry) }
  dentry.superBlock.machine.emit(Object.assign(event, place) as StorageEvent)
}

export const layerOfLower = (lower: LowerDir | LayerNode): LayerId => lowerNode(lower).layer.id
