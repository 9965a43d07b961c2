import type { LayerEntry } from '../../sim/overlay/layerOf.ts'

/** One operation of a case; `parseCase` has checked that the fields its `op` needs are there. */
export interface CaseOperation {
  readonly op: OperationName
  readonly path: string
  readonly from: string
  readonly to: string
  readonly target: string
  readonly fd: string
  readonly flags: readonly OpenFlagName[]
  readonly mode: number | null
  readonly offset: number
  readonly size: number
  /** What is written: the text, or else `size` bytes of filler. */
  readonly data: string | null
  readonly uid: number
  readonly gid: number
  readonly mtime: number
  readonly name: string
  readonly value: string
  readonly major: number
  readonly minor: number
}

/** Layers and operations of the golden format; results are what a kernel recorded, if any. */
export interface OverlayCase {
  readonly name: string
  /** Bottom first. */
  readonly layers: readonly (readonly LayerEntry[])[]
  readonly operations: readonly CaseOperation[]
  /** The upper directory is on a tmpfs of this size; null: on a disk that is never full. */
  readonly upperBytes: number | null
  /** The file's own object: what `--check` compares with. */
  readonly recorded: Readonly<Record<string, unknown>>
}

type FieldName = Exclude<keyof CaseOperation, 'op'>

/** Operations of the format, with the fields that each must have. */
export const operationFields = {
  read: ['path'],
  readdir: ['path'],
  stat: ['path'],
  readlink: ['path'],
  openrw: ['path'],
  append: ['path'],
  write: ['path'],
  opentrunc: ['path'],
  put: ['path'],
  create: ['path'],
  truncate: ['path', 'size'],
  chmod: ['path', 'mode'],
  chown: ['path', 'uid', 'gid'],
  utimes: ['path', 'mtime'],
  setxattr: ['path', 'name', 'value'],
  removexattr: ['path', 'name'],
  getxattr: ['path', 'name'],
  mkdir: ['path'],
  rmdir: ['path'],
  unlink: ['path'],
  symlink: ['target', 'path'],
  mkfifo: ['path'],
  mknod: ['path', 'major', 'minor'],
  rename: ['from', 'to'],
  noreplace: ['from', 'to'],
  exchange: ['from', 'to'],
  link: ['from', 'to'],
  open: ['fd', 'path', 'flags'],
  fdread: ['fd'],
  fdwrite: ['fd'],
  fdstat: ['fd'],
  ftruncate: ['fd', 'size'],
  fchmod: ['fd', 'mode'],
  close: ['fd'],
} as const satisfies Record<string, readonly FieldName[]>

export type OperationName = keyof typeof operationFields

/** Flags of open(2) that a case may name. Those mapped to null change nothing that is recorded. */
export const openFlagNames = {
  O_RDONLY: null,
  O_WRONLY: 'writeOnly',
  O_RDWR: 'readWrite',
  O_APPEND: 'append',
  O_CREAT: 'create',
  O_EXCL: 'exclusive',
  O_TRUNC: 'truncate',
  O_DIRECTORY: 'directory',
  O_NOFOLLOW: 'noFollow',
  O_NONBLOCK: null,
  O_NDELAY: null,
  O_SYNC: null,
  O_DSYNC: null,
  O_RSYNC: null,
  O_CLOEXEC: null,
  O_NOATIME: null,
  O_NOCTTY: null,
  O_LARGEFILE: null,
} as const

export type OpenFlagName = keyof typeof openFlagNames
