import { done, refused, type Sys } from '../errno.ts'
import { type Content, emptyContent, zeros } from '../tree/content.ts'
import type { DeviceNumber } from '../tree/deviceNumber.ts'

type Device = 'null' | 'zero' | 'full'

/** The memory devices of major 1 that programs use; any other number has no driver here. */
export const deviceOf = (device: DeviceNumber | null): Device | null => {
  const [major, minor] = device ?? [0, 0]
  if (major !== 1) return null
  if (minor === 3) return 'null'
  if (minor === 5) return 'zero'
  return minor === 7 ? 'full' : null
}

export const readDevice = (device: Device, length: number): Sys<Content> =>
  done(device === 'null' ? emptyContent : zeros(length))

/** The full device refuses a write of no bytes, too (write_full). */
export const writeDevice = (device: Device, data: Content): Sys<number> =>
  device === 'full' ? refused('ENOSPC') : done(data.size)
