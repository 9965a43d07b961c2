import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Engine } from '../../../src-main/sim/docker/engine.ts'
import { findImage } from '../../../src-main/sim/docker/imageStore.ts'
import type { HistoryEntry, Image } from '../../../src-main/sim/docker/state.ts'
import { type TarEntry, writeTar } from '../../../src-main/sim/docker/tarStream.ts'
import { addReadyImage } from '../../../src-main/sim/images.ts'
import { type ListedEntry, listLayer } from '../../../src-main/sim/overlay/list.ts'
import { recogniseExecutable } from '../../../src-main/sim/shell/programFile.ts'
import {
  type Content,
  concat,
  contentOf,
  toBytes,
  zeros,
} from '../../../src-main/sim/tree/content.ts'
import { createWorld } from '../../../src-main/sim/world.ts'

const busyboxPath = '/bin/busybox'

/**
 * In place of the database server, which is not here: it makes PG_VERSION where the server would,
 * and stays until it is asked to stop.
 */
const serverStandIn = `#!/bin/sh
if [ ! -f "$PGDATA/PG_VERSION" ]; then mkdir -p "$PGDATA" && echo "$PG_MAJOR" > "$PGDATA/PG_VERSION"; fi
trap 'exit 0' TERM INT
sleep 1000000 &
wait
`

/** In place of the web application: it stays until it is asked to stop. */
const webStandIn = `#!/bin/sh
trap 'exit 0' TERM INT
sleep 1000000 &
wait
`

const standIns: Readonly<Record<string, string>> = {
  'docker-entrypoint.sh': serverStandIn,
  'driftwood-web': webStandIn,
}

const padded = (bytes: Uint8Array, size: number): Content => {
  if (bytes.length > size) throw new Error(`busybox has ${bytes.length} bytes, the image's ${size}`)
  const text = Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, i) =>
    String.fromCharCode(...bytes.subarray(i * 8192, (i + 1) * 8192)),
  )
  return concat(
    ...text.map((piece) => ({ kind: 'literal', size: piece.length, bytes: piece }) as Content),
    zeros(size - bytes.length),
  )
}

let busybox: Uint8Array | null = null

/** The bytes of a file in the engine's image: what the simulator only names is put in for real. */
const realContent = (content: Content): Content => {
  const found = recogniseExecutable(content)
  if (found.kind !== 'program') return content
  if (found.name === 'busybox') {
    busybox ??= readFileSync('/bin/busybox')
    return padded(busybox, content.size)
  }
  const standIn = standIns[found.name]
  if (standIn === undefined) return content
  const script = contentOf(standIn)
  return concat(script, zeros(content.size - script.size))
}

const entryOf = (entry: ListedEntry, sharesBusybox: boolean): TarEntry => {
  const base = {
    path: entry.path.slice(1),
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    mtimeMs: entry.mtimeMs,
  }
  if (entry.kind === 'symlink' && entry.target === busyboxPath && sharesBusybox) {
    return { ...base, mode: 0o755, kind: 'hardlink', target: busyboxPath.slice(1) }
  }
  if (entry.kind === 'symlink') return { ...base, kind: 'symlink', target: entry.target ?? '' }
  if (entry.kind === 'file') {
    return { ...base, kind: 'file', content: realContent(entry.content ?? zeros(0)) }
  }
  return { ...base, kind: 'dir' }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Engine 20.10 counts the targets of symbolic links in the size of an image, 28.5 does not: the links
 * to busybox become hard links, in the layer that has busybox, so that both count the same.
 */
const layersOf = (image: Image, engine: Engine): Uint8Array[] => {
  const entries = image.layers.map((id) => {
    const stored = engine.state.layers.get(id)
    return stored === undefined ? [] : [...listLayer(stored.layer)]
  })
  const home = entries.findIndex((layer) => layer.some(({ path }) => path === busyboxPath))
  const links = entries.flat().filter(({ target }) => target === busyboxPath)
  const isLink = ({ target }: ListedEntry): boolean => target === busyboxPath
  return entries.map((layer, i) => {
    const own = layer.filter((entry) => !isLink(entry)).map((entry) => entryOf(entry, false))
    const shared = i === home ? links.map((entry) => entryOf(entry, true)) : []
    return toBytes(writeTar([...withParents(own, shared), ...own, ...shared]))
  })
}

/** Directories of links that are only made by a later layer. */
const withParents = (own: readonly TarEntry[], shared: readonly TarEntry[]): TarEntry[] => {
  const known = new Set(own.map(({ path }) => path))
  const parents = new Set(
    shared.flatMap(({ path }) => {
      const parts = path.split('/').slice(0, -1)
      return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
    }),
  )
  return [...parents]
    .filter((path) => !known.has(path))
    .sort()
    .map((path) => ({ path, kind: 'dir', mode: 0o755, uid: 0, gid: 0, mtimeMs: 0 }))
}

const isoTime = (ms: number): string => new Date(ms).toISOString()

const historyLine = ({ createdMs, createdBy, comment, layer }: HistoryEntry) => ({
  created: isoTime(createdMs),
  created_by: createdBy,
  comment,
  ...(layer === null ? { empty_layer: true } : {}),
})

/**
 * A ready-made image of the simulator as an archive for `docker load`: the same layers, paths, modes,
 * owners and sizes. busybox is the real one; other programs are files of the right size that do not
 * run, but for the database's entry point and the web application, which have stand-ins.
 */
export const imageArchive = (tag: string): Uint8Array => {
  const engine = new Engine(addReadyImage(createWorld(), tag))
  const image = findImage(engine, tag)
  if (image === null) throw new Error(`there is no ready-made image ${tag}`)
  const layers = layersOf(image, engine)
  const { config } = image
  const json = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    created: isoTime(image.createdMs),
    config: {
      Env: config.env,
      Cmd: config.cmd,
      Entrypoint: config.entrypoint,
      WorkingDir: config.workingDir,
      User: config.user,
      Volumes:
        config.volumes.length === 0
          ? null
          : Object.fromEntries(config.volumes.map((path) => [path, {}])),
      StopSignal: config.stopSignal,
      Labels: null,
    },
    history: image.history.map(historyLine),
    rootfs: { type: 'layers', diff_ids: layers.map((bytes) => `sha256:${sha256(bytes)}`) },
  })
  const id = sha256(Buffer.from(json))
  const names = layers.map((_, i) => `layer${i}.tar`)
  const manifest = JSON.stringify([{ Config: `${id}.json`, RepoTags: [tag], Layers: names }])
  const file = (path: string, content: Content): TarEntry => ({
    path,
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeMs: 0,
    content,
  })
  const head = writeTar([
    file('manifest.json', contentOf(manifest)),
    file(`${id}.json`, contentOf(json)),
  ])
  return joinArchives(
    toBytes(head),
    names.map((name, i) => [name, layers[i] as Uint8Array]),
  )
}

/** Adds big members to an archive without holding them as text. */
const joinArchives = (
  head: Uint8Array,
  members: readonly (readonly [string, Uint8Array])[],
): Uint8Array => {
  const end = 1024
  const parts: Uint8Array[] = [head.subarray(0, head.length - end)]
  for (const [path, bytes] of members) {
    const empty = toBytes(
      writeTar([
        {
          path,
          kind: 'file',
          mode: 0o644,
          uid: 0,
          gid: 0,
          mtimeMs: 0,
          content: zeros(bytes.length),
        },
      ]),
    )
    parts.push(empty.subarray(0, 512), bytes, new Uint8Array((512 - (bytes.length % 512)) % 512))
  }
  parts.push(new Uint8Array(end))
  return Buffer.concat(parts)
}
