import type { Errno } from '../errno.ts'
import type { OverlayRule } from '../overlay/rules.ts'

/** The rule that explains why a change was refused. */
export const refusalRule = (errno: Errno, acrossMounts: boolean): OverlayRule => {
  switch (errno) {
    case 'EROFS':
      return 'read-only-mount'
    case 'ENOSPC':
      return 'no-space'
    case 'EACCES':
    case 'EPERM':
      return 'permission-denied'
    case 'EBUSY':
      return 'mount-point-busy'
    case 'EXDEV':
      return acrossMounts ? 'other-mount-exdev' : 'directory-rename-exdev'
    default:
      return 'name-rules'
  }
}

/** Refusals that programs run into as a matter of course; shown only where look-ups are shown. */
export const isRoutine = (errno: Errno): boolean => errno === 'ENOENT' || errno === 'EEXIST'
