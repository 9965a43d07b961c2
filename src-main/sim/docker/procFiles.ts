import type { Namespace } from '../vfs/syscalls.ts'
import { commandLine } from './commandLine.ts'
import type { Engine } from './engine.ts'
import { makeDirectories, writeHostFile } from './hostFiles.ts'
import type { Container } from './state.ts'

const root = '/var/lib/docker/overlay2'

/** The line of /proc/mounts for a container's root: the mount that the engine makes. */
export const overlayMountLine = (
  engine: Engine,
  container: Container,
  readOnly: boolean,
): string => {
  const links = [...container.layers]
    .reverse()
    .map((id) => `${root}/l/${engine.state.layers.get(id)?.link ?? ''}`)
  const lower = [`${root}/l/${container.initLink}`, ...links].join(':')
  const upper = `${root}/${container.cacheId}`
  return `overlay / overlay ${readOnly ? 'ro' : 'rw'},relatime,lowerdir=${lower},upperdir=${upper}/diff,workdir=${upper}/work 0 0`
}

const lineOf = (engine: Engine, container: Container, mount: Namespace[number]): string => {
  const { at, fs, readOnly } = mount
  const mode = readOnly ? 'ro' : 'rw'
  if (at === '/') return overlayMountLine(engine, container, readOnly)
  if (at === '/proc') return 'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0'
  if (at === '/dev') return 'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0'
  if (at === shmPath && fs === shmOf(container)) {
    return `shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=${shmBytes / 1024}k 0 0`
  }
  if (at === '/sys') return 'sysfs /sys sysfs ro,nosuid,nodev,noexec,relatime 0 0'
  const type = engine.kernel.storage().fileSystems.get(fs)?.type ?? 'ext4'
  if (type === 'tmpfs') {
    const bytes = container.mounts.find((one) => one.fs === fs)?.tmpfsBytes ?? null
    const size = bytes === null ? '' : `,size=${Math.ceil(bytes / 1024)}k`
    return `tmpfs ${at} tmpfs ${mode},nosuid,nodev,noexec,relatime${size} 0 0`
  }
  return `/dev/vda ${at} ext4 ${mode},relatime,discard,resv_strict,resuid=65534,resgid=65534 0 0`
}

/** Fills a container's /proc: the files that programs here read. */
export const fillProc = (engine: Engine, container: Container, namespace: Namespace): void => {
  const sys = engine.callsOn(procOf(container))
  const lines = namespace.map((mount) => `${lineOf(engine, container, mount)}\n`).join('')
  for (const directory of ['/self', '/1']) makeDirectories(sys, directory)
  for (const path of ['/mounts', '/self/mounts', '/1/mounts'])
    writeHostFile(sys, path, lines, 0o444)
  const words = commandLine(container)
  writeHostFile(sys, '/1/cmdline', words.map((word) => `${word}\0`).join(''), 0o444)
  writeHostFile(sys, '/1/comm', `${(words[0] ?? '').split('/').at(-1)}\n`, 0o444)
}

export const procOf = (container: Container): string => `proc:${container.id}`
export const devOf = (container: Container): string => `dev:${container.id}`
export const sysOf = (container: Container): string => `sys:${container.id}`
export const shmOf = (container: Container): string => `shm:${container.id}`
export const etcOf = (container: Container): string => `engine:${container.id}`

export const shmPath = '/dev/shm'

/** Size of /dev/shm unless --shm-size says another. */
export const shmBytes = 64 << 20

const devices = [
  ['/null', [1, 3]],
  ['/zero', [1, 5]],
  ['/full', [1, 7]],
] as const

/** Makes a container's /dev: the devices that the model knows. */
export const fillDev = (engine: Engine, fs: string): void => {
  const sys = engine.callsOn(fs)
  for (const [path, number] of devices) {
    sys.mknod(path, 0o666, number)
    sys.chmod(path, 0o666)
  }
  for (const directory of ['/shm', '/pts', '/mqueue']) makeDirectories(sys, directory)
  sys.chmod('/shm', 0o1777)
  for (const name of ['stdin', 'stdout', 'stderr']) sys.symlink(`/proc/self/fd/${name}`, `/${name}`)
}
