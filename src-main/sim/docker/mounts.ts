import type { MountKind } from '../event.ts'
import type { Mount, Namespace, Syscalls } from '../vfs/syscalls.ts'
import type { Engine } from './engine.ts'
import { makeDirectories, writeHostFile } from './hostFiles.ts'
import { imageBytesAt } from './layerBytes.ts'
import {
  devOf,
  etcOf,
  fillDev,
  fillProc,
  procOf,
  shmBytes,
  shmOf,
  shmPath,
  sysOf,
} from './procFiles.ts'
import { bad, good, type Reply } from './reply.ts'
import { rules } from './rules.ts'
import type { Container, ContainerMount } from './state.ts'

const depthOf = (path: string): number => path.split('/').length

/** Where a mount point really is: symlinks of the part that exists are followed inside the root. */
export const resolveTarget = (sys: Syscalls, path: string): string => {
  const parts = path.split('/').filter((part) => part !== '')
  for (let known = parts.length; known > 0; known -= 1) {
    const real = sys.realpath(`/${parts.slice(0, known).join('/')}`)
    if (real.ok)
      return `${real.value === '/' ? '' : real.value}/${parts.slice(known).join('/')}`.replace(
        /\/$/,
        '',
      )
  }
  return `/${parts.join('/')}`
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/'

interface Source {
  readonly fs: string
  readonly root: number
  readonly isFile: boolean
  readonly shown: string
}

const runcPrefix =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: '

const wrongKind = (source: string, target: string): string =>
  `${runcPrefix}error mounting ${JSON.stringify(source)} to rootfs at ${JSON.stringify(target)}: mount src=${source}, dst=${target}, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`

/** Makes the mount point where it is missing: in the layer, or in the mount it lies in. */
const ensureMountPoint = (sys: Syscalls, target: string, source: Source): Reply<void> => {
  const stat = sys.stat(target)
  if (stat.ok) {
    const isDirectory = stat.value.kind === 'dir'
    return isDirectory === source.isFile ? bad(wrongKind(source.shown, target)) : good(undefined)
  }
  const made = source.isFile
    ? makeDirectories(sys, parentOf(target)) && writeHostFile(sys, target, '')
    : makeDirectories(sys, target)
  if (made) return good(undefined)
  return bad(
    `${runcPrefix}error mounting ${JSON.stringify(source.shown)} to rootfs at ${JSON.stringify(target)}: create mountpoint for ${target} mount: make mountpoint ${JSON.stringify(target)}: mkdirat: read-only file system`,
  )
}

const bindSource = (engine: Engine, mount: ContainerMount): Reply<Source> => {
  const host = engine.hostCalls
  let stat = host.stat(mount.source)
  if (!stat.ok && mount.createSource) {
    makeDirectories(host, mount.source)
    stat = host.stat(mount.source)
  }
  if (!stat.ok) {
    return bad(
      `invalid mount config for type "bind": bind source path does not exist: ${mount.source}`,
    )
  }
  const { fs, ino, kind } = stat.value
  return good({ fs, root: ino, isFile: kind !== 'dir', shown: mount.source })
}

/** `below`: the mode of the directory that it covers, which a tmpfs without a mode takes on. */
const tmpfsSource = (
  engine: Engine,
  mount: ContainerMount,
  below: number | null,
): Reply<Source> => {
  if (!engine.kernel.has(mount.fs)) {
    engine.kernel.createTree(mount.fs, {
      type: 'tmpfs',
      mode: mount.tmpfsMode ?? below ?? 0o1777,
      ...mount.tmpfsOwner,
      ...(mount.tmpfsBytes === null ? {} : { limitBytes: mount.tmpfsBytes }),
    })
  }
  return good({ fs: mount.fs, root: 1, isFile: false, shown: 'tmpfs' })
}

const sourceOf = (engine: Engine, mount: ContainerMount, below: number | null): Reply<Source> => {
  if (mount.type === 'bind') return bindSource(engine, mount)
  if (mount.type === 'tmpfs') return tmpfsSource(engine, mount, below)
  return good({ fs: mount.fs, root: 1, isFile: false, shown: mount.source })
}

export const kindOf = (engine: Engine, mount: ContainerMount): MountKind => {
  if (mount.type !== 'volume') return mount.type
  return engine.findVolume(mount.name)?.anonymous ? 'anonymous-volume' : 'volume'
}

/**
 * As the engine orders them: tmpfs first, then by depth of the path, `-v` order aside. What has a
 * tmpfs at the same path is not mounted at all.
 */
export const mountOrder = (mounts: readonly ContainerMount[]): readonly ContainerMount[] => {
  const tmpfs = mounts.filter(({ type }) => type === 'tmpfs')
  const taken = new Set(tmpfs.map(({ target }) => target))
  const others = mounts.filter(({ type, target }) => type !== 'tmpfs' && !taken.has(target))
  const byDepth = (a: ContainerMount, b: ContainerMount): number =>
    depthOf(a.target) - depthOf(b.target)
  return [...[...tmpfs].sort(byDepth), ...[...others].sort(byDepth)]
}

/** Linux file systems of a container, in the order in which they are mounted. */
const baseMounts = (container: Container): Mount[] => [
  { at: '/', fs: container.fs, root: 1, readOnly: false },
  { at: '/proc', fs: procOf(container), root: 1, readOnly: false },
  { at: '/dev', fs: devOf(container), root: 1, readOnly: false },
  { at: '/sys', fs: sysOf(container), root: 1, readOnly: true },
  { at: shmPath, fs: shmOf(container), root: 1, readOnly: false, noExec: true },
]

/** The engine's own files over /etc: rewritten at each start, never seen by diff. */
const etcMounts = (engine: Engine, container: Container): readonly Mount[] => {
  const fs = etcOf(container)
  if (!engine.kernel.has(fs)) engine.kernel.createTree(fs)
  const sys = engine.callsOn(fs)
  const { hostname } = container.config
  const hosts = `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n172.17.0.2\t${hostname}\n`
  writeHostFile(sys, '/hosts', hosts)
  writeHostFile(sys, '/hostname', `${hostname}\n`)
  writeHostFile(sys, '/resolv.conf', 'nameserver 192.168.65.7\n')
  return ['resolv.conf', 'hostname', 'hosts'].map((name) => ({
    at: `/etc/${name}`,
    fs,
    root: engine.kernel.inodeAt(fs, `/${name}`) ?? 1,
    readOnly: container.hostConfig.readOnly,
  }))
}

/**
 * Mounts everything for a container that starts. Mount points that are missing are made, outermost
 * first, so an inner one may be made inside a volume or on the host.
 */
export const mountAll = (engine: Engine, container: Container): Reply<Namespace> => {
  for (const fs of [procOf(container), devOf(container), sysOf(container)]) {
    if (!engine.kernel.has(fs)) engine.kernel.createTree(fs, { type: 'tmpfs' })
  }
  if (!engine.kernel.has(shmOf(container))) {
    engine.kernel.createTree(shmOf(container), {
      type: 'tmpfs',
      mode: 0o1777,
      limitBytes: shmBytes,
    })
  }
  engine.quietly(() => fillDev(engine, devOf(container)))
  const taken = new Set(container.mounts.map(({ target }) => target))
  const namespace = baseMounts(container).filter(({ at }) => at !== shmPath || !taken.has(at))
  const etc = engine.quietly(() => etcMounts(engine, container)).filter(({ at }) => !taken.has(at))
  const problem = mountUserMounts(engine, container, namespace)
  if (problem !== null) return bad(problem)
  for (const mount of etc) {
    const sys = engine.rootCalls(namespace)
    const stat = sys.lstat(mount.at)
    if (stat.ok && stat.value.kind === 'file') namespace.push(mount)
  }
  const finished = container.hostConfig.readOnly
    ? namespace.map((mount) => (mount.at === '/' ? { ...mount, readOnly: true } : mount))
    : namespace
  engine.quietly(() => fillProc(engine, container, finished))
  return good(
    finished.map((m) => (m.at === '/proc' ? { ...m, readOnly: true, newNames: 'ENOENT' } : m)),
  )
}

const mountUserMounts = (
  engine: Engine,
  container: Container,
  namespace: Mount[],
): string | null => {
  for (const mount of mountOrder(container.mounts)) {
    const sys = engine.rootCalls(namespace)
    const target = resolveTarget(sys, mount.target)
    const below = sys.stat(target)
    const source = sourceOf(engine, mount, below.ok ? below.value.mode : null)
    if (!source.ok) return source.error
    const ready = ensureMountPoint(sys, target, source.value)
    if (!ready.ok) return ready.error
    const { fs, root } = source.value
    if (source.value.isFile) engine.pin(fs, root)
    const noExec = mount.type === 'tmpfs' && !mount.tmpfsExec
    namespace.push({ at: target, fs, root, readOnly: mount.readOnly, noExec })
    engine.emit({
      type: 'mounted',
      rule: rules.mounted,
      container: container.id,
      kind: kindOf(engine, mount),
      source: mount.name || mount.source,
      path: mount.target,
      hiddenBytes: imageBytesAt(container.runStack.root, mount.target),
    })
  }
  return null
}

/** Unmounts everything of a container that has stopped; what was in a tmpfs is gone. */
export const unmountAll = (engine: Engine, container: Container): void => {
  for (const { fs, root } of container.namespace ?? []) {
    if (root !== 1 && fs !== etcOf(container)) engine.unpin(fs, root)
  }
  const tmpfs = container.mounts.filter(({ type }) => type === 'tmpfs').map(({ fs }) => fs)
  const own = [procOf(container), devOf(container), sysOf(container), shmOf(container)]
  for (const fs of [...own, ...tmpfs]) {
    if (engine.kernel.has(fs)) engine.kernel.discard(fs)
  }
}
