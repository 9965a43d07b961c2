import { type Content, contentOf } from '../tree/content.ts'
import { type Proc, syscallsOf } from './machine.ts'

const lineOf = (type: string, at: string, readOnly: boolean): string => {
  const mode = readOnly ? 'ro' : 'rw'
  if (type === 'overlay') return `overlay ${at} overlay ${mode},relatime 0 0\n`
  if (type === 'tmpfs') return `tmpfs ${at} tmpfs ${mode},nosuid,nodev,noexec,relatime 0 0\n`
  return `/dev/vda ${at} ${type} ${mode},relatime 0 0\n`
}

const mounts = (proc: Proc): Content => {
  const sys = syscallsOf(proc, true)
  const lines = proc.machine.namespace.map(({ at, readOnly }) => {
    const use = sys.statfs(at)
    return lineOf(use.ok ? use.value.type : 'ext4', at, readOnly)
  })
  return contentOf(lines.join(''))
}

/**
 * Files of /proc that programs here read, made from the mount namespace where the engine has not put
 * them; null for other paths.
 */
export const openProc = (proc: Proc, path: string): Content | null => {
  if (/^\/proc\/(self\/|1\/)?mounts$/.test(path)) return mounts(proc)
  if (path === '/proc/self/cgroup') return contentOf('0::/\n')
  const name = (proc.argv[0] ?? '').split('/').at(-1) ?? ''
  if (path === '/proc/self/comm') return contentOf(`${name}\n`)
  if (path === '/proc/self/cmdline') return contentOf(proc.argv.map((word) => `${word}\0`).join(''))
  return null
}
