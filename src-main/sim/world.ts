import { writeHostFile } from './docker/hostFiles.ts'
import { type EngineState, emptyEngine } from './docker/state.ts'
import { createKernel } from './vfs/createKernel.ts'
import { emptyStorage, type StorageState } from './vfs/storageState.ts'
import type { Namespace } from './vfs/syscalls.ts'

/** The machine at whose prompt the player sits. */
export interface HostState {
  readonly name: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Everything there is in the simulation, as one immutable value. */
export interface World {
  readonly storage: StorageState
  readonly engine: EngineState
  readonly host: HostState
  readonly seed: number
}

export interface WorldOptions {
  readonly seed?: number
  readonly hostName?: string
  readonly cwd?: string
  /** Size of the host's disk; null: never full. */
  readonly diskBytes?: number | null
  /** Start of simulated time, milliseconds since 1970. */
  readonly nowMs?: number
}

/** 2024-01-01 00:00:00 UTC, and a bit. */
const defaultNowMs = 1_704_067_200_700

export const hostNamespace: Namespace = [{ at: '/', fs: 'host', root: 1, readOnly: false }]

const hostDirectories = [
  '/bin',
  '/etc',
  '/home',
  '/root',
  '/srv',
  '/tmp',
  '/usr',
  '/var',
  '/var/lib',
]

const parentsOf = (path: string): readonly string[] => {
  const parts = path.split('/').filter((part) => part !== '')
  return parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)
}

const hostFiles = (hostName: string): readonly (readonly [string, string])[] => [
  ['/etc/hostname', `${hostName}\n`],
  ['/etc/hosts', '127.0.0.1\tlocalhost\n'],
  ['/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n'],
]

const layOutHost = (storage: StorageState, hostName: string, cwd: string): StorageState => {
  const kernel = createKernel(storage, () => undefined)
  kernel.createTree('host', { type: 'ext4' })
  const sys = kernel.syscalls({
    namespace: hostNamespace,
    uid: 0,
    gid: 0,
    umask: 0o022,
    cwd: '/',
    traceLookups: false,
  })
  for (const directory of [...hostDirectories, ...parentsOf(cwd)]) sys.mkdir(directory, 0o755)
  sys.chmod('/tmp', 0o1777)
  for (const [path, text] of hostFiles(hostName)) writeHostFile(sys, path, text)
  return { ...kernel.storage(), clockMicros: storage.clockMicros }
}

/** A host with an empty project folder and an engine that has no images yet. */
export const createWorld = (options: WorldOptions = {}): World => {
  const name = options.hostName ?? 'driftwood'
  const cwd = options.cwd ?? '/srv/driftwood'
  const empty = emptyStorage(options.nowMs ?? defaultNowMs, {
    diskBytes: options.diskBytes ?? null,
  })
  return {
    storage: layOutHost(empty, name, cwd),
    engine: emptyEngine,
    host: { name, cwd, env: { HOME: '/root', PWD: cwd, USER: 'root' } },
    seed: options.seed ?? 1,
  }
}
