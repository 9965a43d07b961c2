import type { FsId, LayerId } from '../event.ts'
import type { Layer } from '../overlay/layer.ts'
import type { LayerStack } from '../overlay/layerStack.ts'
import type { Content } from '../tree/content.ts'
import type { Namespace } from '../vfs/syscalls.ts'
import type { PublishedPort } from './ports.ts'

/** What an image says about the containers made from it. */
export interface ImageConfig {
  readonly env: readonly string[]
  readonly cmd: readonly string[] | null
  readonly entrypoint: readonly string[] | null
  readonly workingDir: string
  readonly user: string
  /** Paths of VOLUME lines. */
  readonly volumes: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly exposedPorts: readonly string[]
  readonly stopSignal: string
  readonly shell: readonly string[]
}

export const emptyConfig: ImageConfig = {
  env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  cmd: null,
  entrypoint: null,
  workingDir: '/',
  user: '',
  volumes: [],
  labels: {},
  exposedPorts: [],
  stopSignal: '',
  shell: ['/bin/sh', '-c'],
}

/** One line of `docker history`, oldest first. */
export interface HistoryEntry {
  readonly createdMs: number
  readonly createdBy: string
  readonly comment: string
  /** The layer it made; null for lines that only change the config. */
  readonly layer: LayerId | null
}

export interface Image {
  /** `sha256:` and 64 hex digits. */
  readonly id: string
  readonly config: ImageConfig
  /** Bottom first. */
  readonly layers: readonly LayerId[]
  readonly stack: LayerStack | null
  /** The stack under a container: the image's layers and the engine's init layer. */
  readonly runStack: LayerStack
  readonly history: readonly HistoryEntry[]
  readonly createdMs: number
  readonly comment: string
  readonly author: string
  readonly provenance: 'dockerfile' | 'commit'
  readonly parent: string
}

/** An image layer on the disk, stored once however many images share it. */
export interface StoredLayer {
  readonly id: LayerId
  readonly layer: Layer
  /** Id of the chain of layers up to this one, as `docker rmi` prints it. */
  readonly chainId: string
  /** Directory name under overlay2. */
  readonly cacheId: string
  readonly link: string
  /** As `docker history` counts it. */
  readonly bytes: number
}

export interface Tag {
  /** `repository:tag`. */
  readonly reference: string
  readonly imageId: string
}

/** A mount of a container, as `.Mounts` shows it. */
export interface ContainerMount {
  readonly type: 'volume' | 'bind' | 'tmpfs'
  /** Volume name; '' for the other kinds. */
  readonly name: string
  /** Host path; for volumes their _data directory. */
  readonly source: string
  readonly target: string
  readonly mode: string
  readonly readOnly: boolean
  /** The user named the volume: `rm -v` keeps it. */
  readonly named: boolean
  readonly createSource: boolean
  readonly from: 'binds' | 'mounts' | 'tmpfs' | 'image'
  readonly tmpfsBytes: number | null
  readonly tmpfsMode: number | null
  readonly tmpfsOwner: { readonly uid: number; readonly gid: number }
  readonly tmpfsExec: boolean
  /** Of a bind mount; '' when nothing was said. */
  readonly propagation: string
  readonly fs: FsId
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr'
  readonly content: Content
  readonly atMs: number
}

/** Options of run and create that a container keeps. */
export interface HostConfig {
  readonly binds: readonly string[]
  /** `--mount` values as HostConfig.Mounts lists them. */
  readonly mounts: readonly import('./mountSpec.ts').MountRequest[]
  readonly tmpfs: ReadonlyMap<string, string>
  readonly volumesFrom: readonly string[]
  readonly readOnly: boolean
  readonly autoRemove: boolean
  readonly networkMode: string
  readonly restart: string
  readonly ports: readonly PublishedPort[]
}

export interface ContainerConfig {
  readonly hostname: string
  readonly user: string
  readonly tty: boolean
  readonly openStdin: boolean
  readonly env: readonly string[]
  readonly cmd: readonly string[] | null
  readonly entrypoint: readonly string[] | null
  /** Image reference as it was given. */
  readonly image: string
  /** Paths of anonymous volumes, from VOLUME lines and `-v /path`. */
  readonly volumes: readonly string[]
  readonly workingDir: string
  readonly labels: Readonly<Record<string, string>>
  readonly stopSignal: string
  readonly stopTimeout: number | null
  readonly exposedPorts: readonly string[]
}

export interface Container {
  readonly id: string
  readonly name: string
  readonly imageId: string
  readonly layers: readonly LayerId[]
  readonly runStack: LayerStack
  readonly config: ContainerConfig
  readonly hostConfig: HostConfig
  readonly mounts: readonly ContainerMount[]
  readonly fs: FsId
  /** Directory names of its writable layer under overlay2. */
  readonly cacheId: string
  readonly link: string
  readonly initLink: string
  readonly state: 'created' | 'running' | 'paused' | 'exited'
  readonly exitCode: number
  readonly error: string
  readonly createdMs: number
  readonly startedMs: number | null
  readonly finishedMs: number | null
  /** Mount namespace while it runs. */
  readonly namespace: Namespace | null
  /** Exit code on SIGTERM; null when it must be killed. */
  readonly onTerm: number | null
  readonly logs: readonly LogLine[]
  /** What its health check last said; null without one. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | null
  /** Order of starts, for `ps` and networks. */
  readonly restarts: number
}

export interface Volume {
  readonly name: string
  readonly anonymous: boolean
  readonly createdMs: number
  readonly labels: Readonly<Record<string, string>> | null
  readonly options: Readonly<Record<string, string>> | null
  readonly fs: FsId
}

export interface Network {
  readonly id: string
  readonly name: string
  readonly createdMs: number
  readonly labels: Readonly<Record<string, string>>
}

/** A record of BuildKit's cache. */
export interface CacheRecord {
  readonly id: string
  /** `local`: files sent by the client. `layer`: the result of an instruction. `base`: from FROM. */
  readonly kind: 'local' | 'layer' | 'base'
  readonly key: string
  readonly bytes: number
  readonly layer: LayerId | null
  readonly createdMs: number
  readonly description: string
}

/** A container that is gone, for those who look for what was in it. */
export interface LostContainer {
  readonly id: string
  readonly name: string
  readonly upperBytes: number
  readonly files: number
}

/** All that the engine knows. Immutable. */
export interface EngineState {
  readonly counter: number
  readonly images: readonly Image[]
  readonly tags: readonly Tag[]
  readonly layers: ReadonlyMap<LayerId, StoredLayer>
  readonly containers: readonly Container[]
  readonly volumes: readonly Volume[]
  readonly networks: readonly Network[]
  readonly cache: readonly CacheRecord[]
  readonly lost: readonly LostContainer[]
}

export const emptyEngine: EngineState = {
  counter: 0,
  images: [],
  tags: [],
  layers: new Map(),
  containers: [],
  volumes: [],
  networks: [],
  cache: [],
  lost: [],
}
