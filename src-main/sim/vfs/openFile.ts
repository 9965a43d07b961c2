import type { Dentry } from '../overlay/dentry.ts'

/** An open file description. It follows its file across copy-up and rename. */
export interface OpenFile {
  /** The name it was opened by; its `upper` and `lower` say which object it is now. */
  readonly dentry: Dentry
  readonly read: boolean
  readonly write: boolean
  readonly append: boolean
  offset: number
}
