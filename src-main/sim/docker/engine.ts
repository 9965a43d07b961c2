import type { SimEvent } from '../event.ts'
import { createKernel } from '../vfs/createKernel.ts'
import type { Kernel } from '../vfs/kernel.ts'
import type { Namespace, Syscalls } from '../vfs/syscalls.ts'
import { hostNamespace, type World } from '../world.ts'
import { buildKitId, hexId, linkId } from './ids.ts'
import type { Container, EngineState, Image, Volume } from './state.ts'

/** A micro-step: what happened, and the world right after it. */
export interface Step {
  readonly event: SimEvent
  readonly world: World
}

/** What the engine's own work costs, in simulated milliseconds. */
export const engineCosts = { create: 200, start: 100, stop: 100, remove: 50, client: 10 } as const

/**
 * The Docker engine while one line runs: a kernel's working copy and the engine's tables. Each change
 * replaces an immutable value, so that the world after every event can be kept.
 */
export class Engine {
  readonly kernel: Kernel
  readonly steps: Step[] = []
  state: EngineState
  readonly #base: World
  #quiet = 0

  constructor(world: World) {
    this.#base = world
    this.state = world.engine
    this.kernel = createKernel(world.storage, (event) => this.emit(event))
  }

  get world(): World {
    return { ...this.#base, storage: this.kernel.storage(), engine: this.state }
  }

  emit(event: SimEvent): void {
    if (this.#quiet === 0) this.steps.push({ event, world: this.world })
  }

  /** Steps that processes in containers took: what typed the command is charged for them. */
  processSteps = 0

  /** Work of the engine that is not shown step by step. */
  quietly<T>(work: () => T): T {
    this.#quiet += 1
    try {
      return work()
    } finally {
      this.#quiet -= 1
    }
  }

  update(change: Partial<EngineState>): void {
    this.state = { ...this.state, ...change }
  }

  #next(): string {
    const counter = this.state.counter + 1
    this.update({ counter })
    return `${this.#base.seed}:${counter}`
  }

  newId(): string {
    return hexId(`id:${this.#next()}`)
  }

  newCacheId(): string {
    return buildKitId(`cache:${this.#next()}`)
  }

  newLink(): string {
    return linkId(`link:${this.#next()}`)
  }

  /** Keeps an inode that is mounted, also when its last name goes away. */
  pin(fs: string, ino: number): void {
    const kernel = this.kernel as Kernel & { pin?: (fs: string, ino: number) => void }
    kernel.pin?.(fs, ino)
  }

  unpin(fs: string, ino: number): void {
    const kernel = this.kernel as Kernel & { unpin?: (fs: string, ino: number) => void }
    kernel.unpin?.(fs, ino)
  }

  get nowMs(): number {
    return this.kernel.nowMs()
  }

  /** Root's system calls in a namespace, without look-up events. */
  rootCalls(namespace: Namespace, cwd = '/'): Syscalls {
    return this.kernel.syscalls({
      namespace,
      uid: 0,
      gid: 0,
      umask: 0o022,
      cwd,
      traceLookups: false,
    })
  }

  /** Root's system calls inside one file system alone. */
  callsOn(fs: string): Syscalls {
    return this.rootCalls([{ at: '/', fs, root: 1, readOnly: false }])
  }

  /** The host's mounts: its disk, and the volumes at the places where the engine keeps them. */
  hostMounts(): Namespace {
    const volumes = this.state.volumes
      .filter(({ fs }) => this.kernel.has(fs))
      .map(({ name, fs }) => ({ at: volumePath(name), fs, root: 1, readOnly: false }))
    return [...hostNamespace, ...volumes]
  }

  get hostCalls(): Syscalls {
    return this.rootCalls(this.hostMounts())
  }

  setContainer(container: Container): void {
    const containers = this.state.containers.map((other) =>
      other.id === container.id ? container : other,
    )
    this.update({ containers })
  }

  /** By full id, name, or unambiguous start of the id. */
  findContainer(text: string): Container | null {
    const { containers } = this.state
    const name = text.replace(/^\//, '')
    const exact =
      containers.find(({ id }) => id === text) ?? containers.find((other) => other.name === name)
    if (exact !== undefined) return exact
    if (!/^[0-9a-f]+$/.test(text)) return null
    const starting = containers.filter(({ id }) => id.startsWith(text))
    return starting.length === 1 ? (starting[0] ?? null) : null
  }

  imageById(id: string): Image | null {
    return this.state.images.find((image) => image.id === id) ?? null
  }

  findVolume(name: string): Volume | null {
    return this.state.volumes.find((volume) => volume.name === name) ?? null
  }
}

/** Where the engine keeps a volume's files on the host. */
export const volumePath = (name: string): string => `/var/lib/docker/volumes/${name}/_data`
