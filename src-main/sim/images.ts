import { type BuildRequest, buildImageFrom } from './docker/build/buildImage.ts'
import { readIgnore } from './docker/build/buildSource.ts'
import { busyboxApplets } from './docker/busyboxApplets.ts'
import { Engine } from './docker/engine.ts'
import { makeDirectories, writeHostFile } from './docker/hostFiles.ts'
import { hexId } from './docker/ids.ts'
import { findImage, putImage, setTag } from './docker/imageStore.ts'
import { regularFileBytes } from './docker/layerBytes.ts'
import { storeLayer, withInitLayer } from './docker/layerStore.ts'
import { emptyConfig, type HistoryEntry, type ImageConfig } from './docker/state.ts'
import { type LayerEntry, layerOf } from './overlay/layerOf.ts'
import { type LayerStack, stackLayers } from './overlay/layerStack.ts'
import { programFile } from './shell/programFile.ts'
import { type Content, pattern } from './tree/content.ts'
import type { World } from './world.ts'

/** A file of a build context: its text, `size` bytes made of `fill`, or any content. */
export type ContextFile =
  | string
  | { readonly size: number; readonly fill?: string }
  | { readonly content: Content; readonly mode?: number }

export type Context = Readonly<Record<string, ContextFile>>

const contentOfFile = (file: ContextFile): string | Content => {
  if (typeof file === 'string') return file
  return 'content' in file ? file.content : pattern(file.fill ?? 'x', file.size)
}

const isScript = (file: ContextFile): boolean => typeof file === 'string' && file.startsWith('#!')

/** Puts files below a folder of a file system. Scripts get the x bit. */
export const layOutFiles = (engine: Engine, fs: string, root: string, files: Context): void => {
  const sys = engine.callsOn(fs)
  for (const [path, file] of Object.entries(files)) {
    const at = `${root}/${path}`
    makeDirectories(sys, at.slice(0, at.lastIndexOf('/')) || '/')
    writeHostFile(sys, at, contentOfFile(file), isScript(file) ? 0o755 : 0o644)
    if (typeof file === 'object' && 'content' in file) sys.chmod(at, file.mode ?? 0o755)
  }
}

/** A layer of a ready-made image: the Dockerfile line and what it left. `null`: config only. */
interface ReadyLayer {
  readonly createdBy: string
  readonly entries: readonly LayerEntry[] | null
}

interface ReadyImage {
  readonly from: string | null
  readonly layers: readonly ReadyLayer[]
  readonly config: Partial<ImageConfig>
  readonly comment: string
  /** Age when the world begins. */
  readonly ageMs: number
}

const mb = 1_000_000
const day = 86_400_000
const minute = 60_000

const directory = (path: string, mode = 0o755, uid = 0, gid = 0): LayerEntry => ({
  path,
  type: 'dir',
  mode,
  uid,
  gid,
})
const text = (path: string, content: string, mode = 0o644): LayerEntry => ({
  path,
  type: 'file',
  content,
  mode,
})
const bulk = (path: string, size: number, mode = 0o644): LayerEntry => ({
  path,
  type: 'file',
  content: pattern(`${path} `, Math.round(size)),
  mode,
})
const program = (path: string, name: string, size: number): LayerEntry => ({
  path,
  type: 'file',
  content: programFile(name, Math.round(size)),
  mode: 0o755,
})
const link = (path: string, target: string): LayerEntry => ({ path, type: 'symlink', target })

const applets = (exclude: ReadonlySet<string> = new Set()): readonly LayerEntry[] =>
  Object.entries(busyboxApplets).flatMap(([folder, names]) =>
    names
      .split(' ')
      .filter((name) => !exclude.has(name))
      .map((name) => link(`${folder}/${name}`, '/bin/busybox')),
  )

const busyboxSize = 1_982_256

/** The Dockerfile of `busybox:latest` here: the static binary, and links to its applets. */
const busyboxSetup =
  "/bin/busybox mkdir -p /etc /root /tmp /usr/bin /usr/sbin /sbin /proc /sys /dev && /bin/busybox chmod 1777 /tmp && /bin/busybox --install -s && echo 'root:x:0:0:root:/root:/bin/sh' > /etc/passwd && echo 'nobody:x:65534:65534::/:/bin/false' >> /etc/passwd && echo 'root:x:0:' > /etc/group && echo 'users:x:9:' >> /etc/group"

const busyboxImage: ReadyImage = {
  from: null,
  comment: 'buildkit.dockerfile.v0',
  ageMs: 22 * minute,
  layers: [
    {
      createdBy: 'COPY busybox /bin/busybox # buildkit',
      entries: [program('/bin/busybox', 'busybox', busyboxSize)],
    },
    {
      createdBy: `RUN /bin/busybox sh -c ${busyboxSetup} # buildkit`,
      entries: [
        ...['/etc', '/usr/bin', '/usr/sbin', '/sbin', '/dev', '/proc', '/sys'].map((path) =>
          directory(path),
        ),
        directory('/root', 0o755),
        directory('/tmp', 0o1777),
        text('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n'),
        text('/etc/group', 'root:x:0:\nusers:x:9:\n'),
        ...applets(),
        link('/linuxrc', '/bin/busybox'),
      ],
    },
    { createdBy: 'CMD ["sh"]', entries: null },
  ],
  config: { cmd: ['sh'] },
}

/** A small Debian: one layer of 74.8 MB; its tools are busybox's. */
const debianImage: ReadyImage = {
  from: null,
  comment: 'debuerreotype 0.15',
  ageMs: 20 * day,
  layers: [
    {
      createdBy: "# debian.sh --arch 'amd64' out/ 'bookworm' '@1703548800'",
      entries: [
        ...'/bin /boot /dev /etc /home /lib /media /mnt /opt /proc /run /sbin /srv /sys /usr/bin /usr/lib /usr/sbin /usr/share /usr/local/bin /var/lib /var/log /var/cache /var/tmp'
          .split(' ')
          .map((path) => directory(path)),
        directory('/root', 0o700),
        directory('/tmp', 0o1777),
        text('/etc/debian_version', '12.4\n'),
        text(
          '/etc/os-release',
          'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
        ),
        text(
          '/etc/passwd',
          'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
        ),
        text('/etc/group', 'root:x:0:\nnogroup:x:65534:\n'),
        program('/bin/busybox', 'busybox', busyboxSize),
        ...applets(),
        link('/bin/bash', '/bin/busybox'),
        bulk('/usr/lib/libc.so.6', 1.9 * mb, 0o755),
        bulk('/usr/lib/locale/C.utf8.archive', 0.4 * mb),
        bulk('/usr/lib/gconv-modules.archive', 12 * mb),
        bulk('/usr/share/perl5.archive', 24 * mb),
        bulk('/var/lib/dpkg/status', 0.1 * mb),
        bulk('/usr/bin/perl', 74.8 * mb - busyboxSize - 38.4 * mb - 251, 0o755),
      ],
    },
    { createdBy: 'CMD ["bash"]', entries: null },
  ],
  config: { cmd: ['bash'] },
}

/** Driftwood's own image says who owns the database, so that it starts without a password. */
const ownSettings = [
  'POSTGRES_USER=driftwood',
  'POSTGRES_DB=driftwood',
  'POSTGRES_HOST_AUTH_METHOD=trust',
]

const postgresConfig = (major: number, volume: string | null): Partial<ImageConfig> => ({
  env: [
    `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/${major}/bin`,
    `PG_MAJOR=${major}`,
    `PGDATA=${major >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data'}`,
    ...(volume === null ? ownSettings : []),
  ],
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['postgres'],
  volumes: volume === null ? [] : [volume],
  exposedPorts: ['5432/tcp'],
  stopSignal: 'SIGINT',
})

/** The postgres image by major version; `volume` as its VOLUME line has it, null without one. */
const postgresImage = (major: number, volume: string | null): ReadyImage => {
  const bin = `/usr/lib/postgresql/${major}/bin`
  const data = major >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data'
  const programs = ['initdb', 'pg_ctl', 'psql', 'pg_dump', 'pg_restore', 'pg_isready']
  return {
    from: 'debian:bookworm-slim',
    comment: 'buildkit.dockerfile.v0',
    ageMs: 12 * day,
    layers: [
      {
        createdBy:
          'RUN /bin/sh -c groupadd -r postgres --gid=999; useradd -r -g postgres --uid=999 --home-dir=/var/lib/postgresql postgres # buildkit',
        entries: [
          text(
            '/etc/passwd',
            'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\npostgres:x:999:999::/var/lib/postgresql:/bin/bash\n',
          ),
          text('/etc/group', 'root:x:0:\nnogroup:x:65534:\npostgres:x:999:\n'),
        ],
      },
      { createdBy: `ENV PG_MAJOR=${major}`, entries: null },
      {
        createdBy: `RUN /bin/sh -c apt-get install -y postgresql-${major} # buildkit`,
        entries: [
          program(`${bin}/postgres`, 'postgres', 9.5 * mb),
          ...programs.map((name) => program(`${bin}/${name}`, name, 0.5 * mb)),
          ...programs.map((name) => link(`/usr/bin/${name}`, `${bin}/${name}`)),
          bulk(`/usr/lib/postgresql/${major}/lib/bitcode.archive`, 60 * mb),
          bulk(`/usr/lib/postgresql/${major}/lib/llvmjit.so`, 120 * mb, 0o755),
          bulk('/usr/lib/x86_64-linux-gnu/libLLVM.so', 147 * mb, 0o755),
          bulk(`/usr/share/postgresql/${major}/timezonesets.archive`, 0.5 * mb),
        ],
      },
      {
        createdBy:
          'RUN /bin/sh -c cp /usr/share/postgresql/postgresql.conf.sample; sed -ri "s!^#?(listen_addresses)\\s*=\\s*\\S+.*!\\1 = \'*\'!" # buildkit',
        entries: [bulk(`/usr/share/postgresql/${major}/postgresql.conf.sample`, 0.03 * mb)],
      },
      {
        createdBy: `RUN /bin/sh -c mkdir -p ${data} && chown -R postgres:postgres /var/lib/postgresql && install -d /var/run/postgresql # buildkit`,
        entries: [
          directory('/var/lib/postgresql', 0o755, 999, 999),
          ...(major >= 18 ? [] : [directory('/var/lib/postgresql/data', 0o1777, 999, 999)]),
          directory('/var/run', 0o755),
          directory('/var/run/postgresql', 0o3777, 999, 999),
        ],
      },
      {
        createdBy: `ENV PGDATA=${major >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data'}`,
        entries: null,
      },
      ...(volume === null ? [{ createdBy: `ENV ${ownSettings.join(' ')}`, entries: null }] : []),
      ...(volume === null ? [] : [{ createdBy: `VOLUME [${volume}]`, entries: null }]),
      {
        createdBy: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        entries: [program('/usr/local/bin/docker-entrypoint.sh', 'docker-entrypoint.sh', 14_000)],
      },
      { createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]', entries: null },
      { createdBy: 'STOPSIGNAL SIGINT', entries: null },
      { createdBy: 'EXPOSE [5432/tcp]', entries: null },
      { createdBy: 'CMD ["postgres"]', entries: null },
    ],
    config: postgresConfig(major, volume),
  }
}

const webBundle: Readonly<Record<string, number>> = { '1.0': 24.957, '1.1': 25.957, '1.2': 26.957 }

/** Driftwood's web application: Python, its sources and a front end. */
const webImage = (version: string): ReadyImage => ({
  from: 'debian:bookworm-slim',
  comment: 'buildkit.dockerfile.v0',
  ageMs: (version === '1.0' ? 9 : version === '1.1' ? 5 : 2) * day,
  layers: [
    {
      createdBy:
        'RUN /bin/sh -c apt-get install -y python3 && echo theme: grey > /app/config.yml # buildkit',
      entries: [
        bulk('/usr/bin/python3', 6 * mb, 0o755),
        bulk('/usr/lib/python3/stdlib.archive', 114 * mb),
        text('/app/config.yml', 'theme: grey\n'),
      ],
    },
    { createdBy: 'WORKDIR /app', entries: [directory('/app')] },
    {
      createdBy: 'COPY . /app # buildkit',
      entries: [
        text('/app/config.yml', 'theme: teal\nuploads: /app/uploads\n'),
        text('/app/VERSION', `${version}\n`),
        bulk('/app/server.py', 0.04 * mb),
        bulk('/app/static/bundle.js', (webBundle[version] ?? 25) * mb),
        directory('/app/uploads'),
        program('/usr/local/bin/driftwood-web', 'driftwood-web', 2_000),
      ],
    },
    { createdBy: 'ENV UPLOAD_DIR=/app/uploads SQLITE_PATH=/app/cache.sqlite', entries: null },
    { createdBy: 'EXPOSE [8080/tcp]', entries: null },
    { createdBy: 'CMD ["driftwood-web" "serve"]', entries: null },
  ],
  config: {
    env: [...emptyConfig.env, 'UPLOAD_DIR=/app/uploads', 'SQLITE_PATH=/app/cache.sqlite'],
    workingDir: '/app',
    cmd: ['driftwood-web', 'serve'],
    exposedPorts: ['8080/tcp'],
  },
})

/** A log writer on busybox: it appends lines to the file of an image layer, then waits. */
const logImage: ReadyImage = {
  from: 'busybox:latest',
  comment: 'buildkit.dockerfile.v0',
  ageMs: 6 * day,
  layers: [
    {
      createdBy: 'COPY driftwood-log /usr/bin/driftwood-log # buildkit',
      entries: [program('/usr/bin/driftwood-log', 'driftwood-log', 40_000)],
    },
    {
      createdBy: 'COPY archive.log /var/log/driftwood.log # buildkit',
      entries: [directory('/var'), directory('/var/log'), bulk('/var/log/driftwood.log', 20 * mb)],
    },
    { createdBy: 'CMD ["driftwood-log" "/var/log/driftwood.log" "3"]', entries: null },
  ],
  config: { cmd: ['driftwood-log', '/var/log/driftwood.log', '3'] },
}

/** Images that a world can have without building them, by tag. */
const library: Readonly<Record<string, ReadyImage>> = {
  'busybox:latest': busyboxImage,
  'debian:bookworm-slim': debianImage,
  'driftwood/postgres:16': postgresImage(16, null),
  'postgres:16': postgresImage(16, '/var/lib/postgresql/data'),
  'postgres:17': postgresImage(17, '/var/lib/postgresql/data'),
  'postgres:18': postgresImage(18, '/var/lib/postgresql'),
  'driftwood/web:1.0': webImage('1.0'),
  'driftwood/web:1.1': webImage('1.1'),
  'driftwood/web:1.2': webImage('1.2'),
  'driftwood/logger:1.0': logImage,
}

export const readyImages: readonly string[] = Object.keys(library)

interface Base {
  readonly layers: readonly string[]
  readonly stack: LayerStack | null
  readonly history: readonly HistoryEntry[]
  readonly config: ImageConfig
}

const scratch: Base = { layers: [], stack: null, history: [], config: emptyConfig }

const baseOf = (engine: Engine, from: string | null): Base => {
  if (from === null) return scratch
  const known = findImage(engine, from)
  if (known !== null) return known
  const ready = library[from]
  return ready === undefined ? scratch : layersOf(engine, from, ready)
}

const layersOf = (engine: Engine, tag: string, ready: ReadyImage): Base => {
  const base = baseOf(engine, ready.from)
  const layers = [...base.layers]
  const history = [...base.history]
  let stack = base.stack
  const createdMs = engine.nowMs - ready.ageMs
  for (const [i, { createdBy, entries }] of ready.layers.entries()) {
    let layerId: string | null = null
    if (entries !== null) {
      layerId = `sha256:${hexId(`ready ${ready.from ?? ''} ${createdBy} ${tag} ${i}`)}`
      const known = engine.state.layers.get(layerId)
      const layer = known?.layer ?? layerOf(layerId, entries, createdMs)
      storeLayer(engine, layers, layer, regularFileBytes(layer.root))
      layers.push(layerId)
      stack = stackLayers(stack, layer)
    }
    history.push({ createdMs, createdBy, comment: ready.comment, layer: layerId })
  }
  return { layers, stack, history, config: { ...base.config, ...ready.config } }
}

/** Puts a ready-made image into the engine of a world. Unknown tags change nothing. */
export const addReadyImage = (world: World, tag: string): World => {
  const ready = library[tag]
  if (ready === undefined) return world
  const engine = new Engine(world)
  if (findImage(engine, tag) !== null) return world
  const made = layersOf(engine, tag, ready)
  const id = `sha256:${hexId(`image ${tag} ${made.layers.join(' ')}`)}`
  putImage(engine, {
    id,
    config: made.config,
    layers: made.layers,
    stack: made.stack,
    runStack: withInitLayer(engine, made.stack),
    history: made.history,
    createdMs: engine.nowMs - ready.ageMs,
    comment: ready.comment,
    author: '',
    provenance: 'dockerfile',
    parent: '',
  })
  setTag(engine, tag, id)
  return {
    ...engine.world,
    storage: { ...engine.world.storage, clockMicros: world.storage.clockMicros },
  }
}

/** Leaves in BuildKit's cache what the build of busybox:latest left there. */
export const addBusyboxBuildCache = (world: World): World => {
  const engine = new Engine(world)
  const image = findImage(engine, 'busybox:latest')
  if (image === null) return world
  const local = [
    `FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox","sh","-c","${busyboxSetup}"]\nCMD ["sh"]\n`
      .length,
    0,
    busyboxSize,
  ]
  const createdMs = image.createdMs
  const records = local.map((bytes) => ({
    kind: 'local' as const,
    layer: null,
    bytes,
    key: '',
    description: 'local source',
  }))
  const layers = image.layers.map((layer) => ({
    kind: 'base' as const,
    layer,
    bytes: 0,
    key: layer,
    description: 'busybox',
  }))
  const cache = [...records, ...layers].map((record) => ({
    ...record,
    id: engine.newCacheId(),
    createdMs,
  }))
  engine.update({ cache: [...engine.state.cache, ...cache] })
  return engine.world
}

/**
 * Builds an image from Dockerfile lines and files, with the engine's own builder. What stands in FROM
 * is put in first where it is a ready-made image. Throws when the image cannot be built: the caller
 * chose it.
 */
export const buildImage = (
  world: World,
  tag: string,
  dockerfile: readonly string[],
  context: Context = {},
): World => {
  let before = world
  for (const line of dockerfile) {
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)/i.exec(line)?.[1] ?? ''
    const full = from.includes(':') ? from : `${from}:latest`
    if (full in library) before = addReadyImage(before, full)
  }
  const engine = new Engine(before)
  const fs = `context:${hexId(tag)}`
  engine.kernel.createTree(fs)
  layOutFiles(engine, fs, '', context)
  const sys = engine.callsOn(fs)
  const request: BuildRequest = {
    dockerfile: dockerfile.map((line) => `${line}\n`).join(''),
    dockerfileName: 'Dockerfile',
    context: { sys, root: '/', ignored: readIgnore(sys, '/') },
    tags: [tag],
    args: new Map(),
    noCache: false,
    target: null,
    labels: {},
  }
  const built = buildImageFrom(engine, request)
  engine.kernel.discard(fs)
  if (!built.ok) throw new Error(`cannot build ${tag}: ${built.error}`)
  return engine.world
}
