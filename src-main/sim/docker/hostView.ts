import type { Layer, LayerNode } from '../overlay/layer.ts'
import { listUpper } from '../overlay/list.ts'
import type { Namespace, Syscalls } from '../vfs/syscalls.ts'
import type { World } from '../world.ts'
import type { Engine } from './engine.ts'
import { makeDirectories, writeHostFile } from './hostFiles.ts'
import type { Container } from './state.ts'

const root = '/var/lib/docker/overlay2'
const viewFs = 'engine-root'

/** Does a line look at the engine's own directories? Only then is their view made. */
export const needsHostView = (world: World, line: string): boolean =>
  /\/var\/lib\/docker(?!\/volumes)|\/var(\/lib)?\/?(?![\w/.-])|GraphDriver|overlay2|UpperDir|LowerDir|MergedDir/.test(
    line,
  ) || world.host.cwd.startsWith('/var/lib/docker')

/**
 * `/var/lib/docker/overlay2` as root sees it on the host: the upper directories with their whiteouts
 * (char devices 0:0), `link`, `lower`, `work`, and `merged` while a container runs. Read-only: what
 * the engine owns is looked at here, not changed.
 */
export class HostView {
  readonly #engine: Engine
  readonly namespace: Namespace

  constructor(engine: Engine) {
    this.#engine = engine
    engine.quietly(() => {
      engine.kernel.createTree(viewFs, { type: 'ext4' })
      makeDirectories(engine.hostCalls, root)
    })
    const merged = engine.state.containers
      .filter(({ namespace }) => namespace !== null)
      .map(({ cacheId, fs }) => ({ at: `${root}/${cacheId}/merged`, fs, root: 1, readOnly: true }))
    this.namespace = [
      ...engine.hostMounts(),
      { at: root, fs: viewFs, root: 1, readOnly: true },
      ...merged,
    ]
  }

  #sys(): Syscalls {
    return this.#engine.callsOn(viewFs)
  }

  /** Makes the directories anew: after each docker command they may have changed. */
  refresh(): void {
    this.#engine.quietly(() => {
      const sys = this.#sys()
      const wanted = new Set(this.#engine.state.containers.map(({ cacheId }) => cacheId))
      const entries = sys.readdir('/')
      for (const { name } of entries.ok ? entries.value : []) {
        if (name !== 'l' && !wanted.has(name)) removeTree(sys, `/${name}`)
      }
      makeDirectories(sys, '/l')
      for (const container of this.#engine.state.containers) this.#container(sys, container)
      for (const stored of this.#engine.state.layers.values()) {
        if (!sys.stat(`/${stored.cacheId}`).ok) {
          makeDirectories(sys, `/${stored.cacheId}/diff`)
          copyLayer(sys, stored.layer, `/${stored.cacheId}/diff`)
          writeHostFile(sys, `/${stored.cacheId}/link`, stored.link)
          sys.symlink(`../${stored.cacheId}/diff`, `/l/${stored.link}`)
        }
      }
    })
  }

  #container(sys: Syscalls, container: Container): void {
    const own = `/${container.cacheId}`
    const running = container.namespace !== null
    makeDirectories(sys, `${own}/work/work`)
    removeTree(sys, `${own}/diff`)
    makeDirectories(sys, `${own}/diff`)
    writeHostFile(sys, `${own}/link`, container.link)
    const links = [...container.layers]
      .reverse()
      .map((id) => this.#engine.state.layers.get(id)?.link ?? '')
    writeHostFile(
      sys,
      `${own}/lower`,
      [container.initLink, ...links].map((link) => `l/${link}`).join(':'),
    )
    if (running) makeDirectories(sys, `${own}/merged`)
    else sys.rmdir(`${own}/merged`)
    this.#upper(sys, container, `${own}/diff`)
    makeDirectories(sys, `/${container.cacheId}-init/diff`)
  }

  #upper(sys: Syscalls, container: Container, target: string): void {
    const times: [string, number][] = []
    for (const entry of listUpper(this.#engine.kernel.storage(), container.fs)) {
      const at = `${target}${entry.path}`
      if (entry.kind === 'dir') sys.mkdir(at, entry.mode)
      else if (entry.kind === 'whiteout' || entry.kind === 'ghost') sys.mknod(at, 0, [0, 0])
      else if (entry.kind === 'symlink') sys.symlink(entry.target ?? '', at)
      else if (entry.kind === 'fifo') sys.mkfifo(at, entry.mode)
      else if (entry.kind === 'char') sys.mknod(at, entry.mode, entry.device ?? undefined)
      else writeHostFile(sys, at, entry.content ?? '', entry.mode)
      if (entry.kind === 'whiteout') continue
      sys.lchown(at, entry.uid, entry.gid)
      if (entry.kind !== 'symlink') sys.chmod(at, entry.mode)
      if (entry.opaque) sys.setxattr(at, 'trusted.overlay.opaque', 'y')
      times.push([at, entry.mtimeMs])
    }
    for (const [at, mtimeMs] of times.reverse()) sys.utimes(at, mtimeMs, false)
  }

  close(): void {
    this.#engine.kernel.discard(viewFs)
  }
}

const removeTree = (sys: Syscalls, path: string): void => {
  const stat = sys.lstat(path)
  if (!stat.ok) return
  if (stat.value.kind !== 'dir') {
    sys.unlink(path)
    return
  }
  const entries = sys.readdir(path)
  for (const { name } of entries.ok ? entries.value : []) removeTree(sys, `${path}/${name}`)
  sys.rmdir(path)
}

const copyNode = (sys: Syscalls, node: LayerNode, at: string): void => {
  if (node.kind === 'whiteout') sys.mknod(at, 0, [0, 0])
  else if (node.kind === 'dir') {
    sys.mkdir(at, node.mode)
    for (const [name, child] of node.entries ?? []) copyNode(sys, child, `${at}/${name}`)
  } else if (node.kind === 'symlink') sys.symlink(node.target ?? '', at)
  else if (node.kind === 'file') writeHostFile(sys, at, node.content ?? '', node.mode)
  else if (node.kind === 'fifo') sys.mkfifo(at, node.mode)
  else if (node.kind === 'char') sys.mknod(at, node.mode, node.device ?? undefined)
}

const copyLayer = (sys: Syscalls, layer: Layer, target: string): void => {
  for (const [name, child] of layer.root.entries ?? []) copyNode(sys, child, `${target}/${name}`)
}
