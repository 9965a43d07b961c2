import type { Errno } from '../errno.ts'
import { attributesOf, Dentry, pathOf } from '../overlay/dentry.ts'
import { lookup } from '../overlay/lookup.ts'
import { utf8Length } from '../tree/utf8.ts'
import { isAllowed, mayExecute } from './permission.ts'
import type { Machine, SuperBlock } from './superBlock.ts'
import type { Mount, Task } from './syscalls.ts'

const nameMax = 255
const pathMax = 4096
const linkMax = 40
const cacheMax = 100_000
const slash = 0x2f

/** The last component of a path and the directory it is to be found in. */
export interface LastComponent {
  readonly directory: Dentry
  readonly name: string
  /** The path ended in a slash. */
  readonly slash: boolean
}

/** A path whose last component is no name: '.', '..' or the root. */
export type SpecialLast = 'dot' | 'dotdot' | 'root'

const isTooLong = (text: string, limit: number): boolean =>
  text.length * 4 > limit && utf8Length(text) > limit

/** Path look-up for one process (the kernel's namei): components, symlinks, mounts, search bits. */
export class PathWalk {
  readonly task: Task
  readonly #superBlockOf: (mount: Mount) => SuperBlock
  readonly #mounts = new Map<string, Mount>()
  readonly #mountNames = new Set<string>()
  readonly root: Dentry
  readonly #machine: Machine
  readonly #found = new Map<string, Dentry>()
  readonly #foundFollowed = new Map<string, Dentry>()
  #foundAt = -1
  #links = 0

  constructor(task: Task, machine: Machine, superBlockOf: (mount: Mount) => SuperBlock) {
    this.task = task
    this.#machine = machine
    this.#superBlockOf = superBlockOf
    for (const mount of task.namespace) {
      this.#mounts.set(mount.at, mount)
      if (mount.at !== '/') this.#mountNames.add(mount.at.slice(mount.at.lastIndexOf('/') + 1))
    }
    const rootMount = this.#mounts.get('/')
    if (rootMount === undefined) throw new Error('a namespace needs a root mount')
    this.root = this.#mountRoot(rootMount, null)
  }

  #mountRoot(mount: Mount, covers: Dentry | null): Dentry {
    const superBlock = this.#superBlockOf(mount)
    const lower = mount.root === 1 ? superBlock.lowerRoot : null
    return new Dentry(superBlock, mount, null, '', mount.root, lower, covers)
  }

  isMountPoint(dentry: Dentry): boolean {
    return (
      this.#mountNames.has(dentry.name) &&
      dentry.parent !== null &&
      this.#mounts.has(pathOf(dentry))
    )
  }

  /** A child as the process sees it: the root of what is mounted there, if anything is. */
  #child(directory: Dentry, name: string): Dentry {
    const dentry = lookup(directory, name)
    if (!this.#mountNames.has(name)) return dentry
    const mount = this.#mounts.get(pathOf(dentry))
    return mount === undefined ? dentry : this.#mountRoot(mount, dentry)
  }

  #parentOf(dentry: Dentry): Dentry {
    let at = dentry
    while (at.parent === null && at.covers !== null) at = at.covers
    return at.parent ?? at
  }

  /** ENOTDIR or EACCES when no name can be looked up here. */
  #cannotSearch(directory: Dentry): Errno | null {
    if (!directory.isDirectory) return 'ENOTDIR'
    if (this.task.uid === 0 || isAllowed(this.task, attributesOf(directory), mayExecute))
      return null
    return 'EACCES'
  }

  /** The last name of a path in its directory; it may be negative. ENAMETOOLONG. */
  lookupLast({ directory, name }: LastComponent): Dentry | Errno {
    return isTooLong(name, nameMax) ? 'ENAMETOOLONG' : this.#child(directory, name)
  }

  #follow(link: Dentry, target: string, creates: boolean): Dentry | Errno {
    this.#links += 1
    if (this.#links > linkMax) return 'ELOOP'
    const start = target.startsWith('/') ? this.root : (link.parent ?? link)
    return this.#from(start, target, true, creates)
  }

  /** `creates`: O_CREAT, which refuses a last name with a slash after it. */
  #from(start: Dentry, path: string, followLast: boolean, creates: boolean): Dentry | Errno {
    let at = start
    const end = path.length
    for (let i = 0; ; ) {
      while (i < end && path.charCodeAt(i) === slash) i += 1
      if (i >= end) return at
      let next = path.indexOf('/', i)
      if (next < 0) next = end
      const name = path.slice(i, next)
      i = next
      while (i < end && path.charCodeAt(i) === slash) i += 1
      const isLast = i >= end
      const hasSlash = next < end
      if (isLast && hasSlash && creates && name !== '.' && name !== '..') {
        return this.#cannotSearch(at) ?? 'EISDIR'
      }
      const follow = !isLast || followLast || hasSlash
      const moved = this.#step(at, name, follow, isLast && creates)
      if (typeof moved === 'string') return moved
      if (moved.isNegative) return isLast ? moved : 'ENOENT'
      if (isLast && hasSlash && !moved.isDirectory) return 'ENOTDIR'
      at = moved
    }
  }

  #step(directory: Dentry, name: string, follow: boolean, creates: boolean): Dentry | Errno {
    const reason = this.#cannotSearch(directory)
    if (reason !== null) return reason
    if (name === '.') return directory
    if (name === '..') return this.#parentOf(directory)
    if (isTooLong(name, nameMax)) return 'ENAMETOOLONG'
    const child = this.#child(directory, name)
    if (!follow || child.isNegative) return child
    const { target } = attributesOf(child)
    return target === null ? child : this.#follow(child, target, creates)
  }

  #start(path: string): Dentry | Errno {
    if (path === '') return 'ENOENT'
    if (isTooLong(path, pathMax - 1)) return 'ENAMETOOLONG'
    this.#links = 0
    if (path.startsWith('/') || this.task.cwd === '/') return this.root
    return this.#from(this.root, this.task.cwd, true, false)
  }

  /** The object a path names. It may be negative: then its parent exists. */
  find(path: string, followLast: boolean, creates = false): Dentry | Errno {
    const start = this.#start(path)
    return typeof start === 'string' ? start : this.#from(start, path, followLast, creates)
  }

  /** Objects found since names last changed, by path: what the kernel's dcache is for. */
  #cache(followLast: boolean): Map<string, Dentry> {
    const full = this.#found.size + this.#foundFollowed.size > cacheMax
    if (this.#foundAt !== this.#machine.nameChanges || full) {
      if (this.#found.size > 0) this.#found.clear()
      if (this.#foundFollowed.size > 0) this.#foundFollowed.clear()
      this.#foundAt = this.#machine.nameChanges
    }
    return followLast ? this.#foundFollowed : this.#found
  }

  /** The object a path names, which must exist (ENOENT). */
  existing(path: string, followLast: boolean): Dentry | Errno {
    const cache = this.#cache(followLast)
    const known = cache.get(path)
    if (known !== undefined) return known
    const found = this.find(path, followLast)
    if (typeof found === 'string') return found
    if (found.isNegative) return 'ENOENT'
    cache.set(path, found)
    return found
  }

  /** Directory and last name of a path; symlinks in front of the last name are followed. */
  last(path: string): LastComponent | SpecialLast | Errno {
    const start = this.#start(path)
    if (typeof start === 'string') return start
    let end = path.length
    while (end > 0 && path.charCodeAt(end - 1) === slash) end -= 1
    const at = path.lastIndexOf('/', end - 1) + 1
    const directory = at === 0 ? start : this.existing(path.slice(0, at), true)
    if (typeof directory === 'string') return directory
    if (end === 0) return 'root'
    const name = path.slice(at, end)
    const reason = this.#cannotSearch(directory)
    if (reason !== null) return reason
    if (name === '.') return 'dot'
    return name === '..' ? 'dotdot' : { directory, name, slash: end < path.length }
  }
}
