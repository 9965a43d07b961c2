import { done, refused, type Sys } from '../errno.ts'
import {
  allocatedBytes,
  blockSize,
  type Content,
  emptyContent,
  slice,
  writeAt,
} from '../tree/content.ts'
import { microsToWrite } from '../vfs/costs.ts'
import type { Dentry } from './dentry.ts'
import { report } from './report.ts'
import { nowMs } from './time.ts'

/** The longest start of `data` whose blocks fit into `room` bytes. */
const thatFits = (content: Content, offset: number, data: Content, room: number): Content => {
  const before = allocatedBytes(content)
  const grows = (length: number): number =>
    allocatedBytes(writeAt(content, offset, slice(data, 0, length))) - before
  if (grows(data.size) <= room) return data
  let fits = 0
  let tooMuch = Math.ceil((offset + data.size) / blockSize)
  const lengthAt = (block: number): number =>
    Math.max(0, Math.min(data.size, block * blockSize - offset))
  while (fits + 1 < tooMuch) {
    const middle = (fits + tooMuch) >> 1
    if (grows(lengthAt(middle)) <= room) fits = middle
    else tooMuch = middle
  }
  return slice(data, 0, lengthAt(fits))
}

/**
 * Writes into a file that is in the upper layer already. On a full disk what fits is written and
 * the number of bytes is less; ENOSPC when nothing fits. The time is set before (file_modified).
 */
export const write = (dentry: Dentry, data: Content, offset: number): Sys<number> => {
  const { superBlock } = dentry
  const content = superBlock.inode(dentry.upper).content ?? emptyContent
  if (data.size === 0) return done(0)
  const room = superBlock.roomBytes()
  const fitting = room === Number.POSITIVE_INFINITY ? data : thatFits(content, offset, data, room)
  if (fitting.size === 0) {
    superBlock.update(dentry.upper, { mtimeMs: nowMs(dentry) })
    return refused('ENOSPC')
  }
  const written = writeAt(content, offset, fitting)
  superBlock.machine.clockMicros += microsToWrite(superBlock.machine.costs, fitting.size)
  superBlock.setContent(dentry.upper, written, nowMs(dentry))
  const rule = superBlock.isOverlay ? 'write-stays-in-upper' : 'plain-file-system'
  report(dentry, { type: 'file-written', rule, bytes: fitting.size, size: written.size })
  return done(fitting.size)
}
