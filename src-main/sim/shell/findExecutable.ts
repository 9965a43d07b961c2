import type { Syscalls } from '../vfs/syscalls.ts'
import type { Machine } from './machine.ts'

export const standardPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface Search {
  readonly machine: Machine
  /** Quiet system calls: finding the program is not what the player looks at. */
  readonly sys: Syscalls
  readonly path: string | undefined
}

type Candidate = 'missing' | 'forbidden' | 'usable'

const judge = (sys: Syscalls, path: string): Candidate => {
  const stat = sys.stat(path)
  if (!stat.ok) return stat.errno === 'EACCES' ? 'forbidden' : 'missing'
  if (stat.value.kind !== 'file') return 'forbidden'
  const anyExecuteBit = (stat.value.mode & 0o111) !== 0
  return anyExecuteBit && sys.access(path, { execute: true }).ok ? 'usable' : 'forbidden'
}

/** The path of a command as execvp(3) finds it. */
export const findExecutable = (
  search: Search,
  name: string,
): { readonly path: string } | 'not-found' | 'not-executable' => {
  if (name === '') return 'not-found'
  const candidates = name.includes('/')
    ? [name]
    : (search.path ?? standardPath).split(':').map((dir) => (dir === '' ? name : `${dir}/${name}`))
  let forbidden = false
  for (const path of candidates) {
    const verdict = judge(search.sys, path)
    if (verdict === 'usable') return { path }
    if (verdict === 'forbidden') forbidden = true
  }
  return forbidden ? 'not-executable' : 'not-found'
}
