/** POSIX error codes as data, with the wording of strerror(3) as busybox and coreutils print it. */
export const errnoText = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EINVAL: 'Invalid argument',
  EIO: 'I/O error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  EMLINK: 'Too many links',
  ENAMETOOLONG: 'File name too long',
  ENODATA: 'No data available',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOSYS: 'Function not implemented',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  ENOTSUP: 'Operation not supported',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  ERANGE: 'Numerical result out of range',
  EROFS: 'Read-only file system',
  ESPIPE: 'Illegal seek',
  ETXTBSY: 'Text file busy',
  EXDEV: 'Invalid cross-device link',
} as const

/** A POSIX error code. A refused operation is a value of this type, never a throw. */
export type Errno = keyof typeof errnoText

/** What a system call gives back: a value, or the code that says why not. */
export type Sys<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errno: Errno }

export const done = <T>(value: T): Sys<T> => ({ ok: true, value })
export const refused = (errno: Errno): { readonly ok: false; readonly errno: Errno } => ({
  ok: false,
  errno,
})
