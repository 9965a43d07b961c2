import { bad, good, type Reply } from './reply.ts'

/** A mount as asked for on the command line or in a compose file. */
export interface MountRequest {
  readonly type: 'volume' | 'bind' | 'tmpfs'
  /** Volume name ('' for an anonymous one) or host path. */
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  /** Fill an empty volume with the image's content of that path. */
  readonly copy: boolean
  /** How it was given: `-v a:b` lines are kept as Binds, the others as Mounts. */
  readonly from: 'binds' | 'mounts' | 'tmpfs' | 'image'
  /** The text of `-v` as kept in HostConfig.Binds. */
  readonly text: string
  readonly mode: string
  /** A missing bind source is made as a directory (`-v`), or refused (`--mount`). */
  readonly createSource: boolean
  readonly tmpfsBytes: number | null
  readonly tmpfsMode: number | null
  readonly tmpfsOptions: string
  /** Keys of --mount given, for HostConfig.Mounts. */
  readonly given: ReadonlySet<string>
  readonly driver: string | null
  readonly driverOptions: ReadonlyMap<string, string>
  /** Labels of the volume, if it has to be made. */
  readonly labels: ReadonlyMap<string, string>
  /** How mounts below a bind mount are passed on; '' when nothing was said. */
  readonly propagation: string
  /** Owner of a tmpfs. */
  readonly tmpfsOwner: { readonly uid: number; readonly gid: number }
  /** A tmpfs whose programs may be run. */
  readonly tmpfsExec: boolean
}

const plain: Omit<MountRequest, 'type' | 'source' | 'target'> = {
  readOnly: false,
  copy: true,
  from: 'binds',
  text: '',
  mode: '',
  createSource: true,
  tmpfsBytes: null,
  tmpfsMode: null,
  tmpfsOptions: '',
  given: new Set(),
  driver: null,
  driverOptions: new Map(),
  labels: new Map(),
  propagation: '',
  tmpfsOwner: { uid: 0, gid: 0 },
  tmpfsExec: false,
}

export const mountRequest = (
  fields: Pick<MountRequest, 'type' | 'source' | 'target'> & Partial<MountRequest>,
): MountRequest => ({ ...plain, ...fields })

/** A path without `.`, `..` and doubled slashes; absolute stays absolute. */
export const cleanPath = (path: string): string => {
  const parts: string[] = []
  const absolute = path.startsWith('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '..' || !absolute) parts.push(part)
  }
  if (absolute) return `/${parts.join('/')}`
  return parts.length === 0 ? '.' : parts.join('/')
}

export const absolutePath = (path: string, cwd: string): string =>
  cleanPath(path.startsWith('/') ? path : `${cwd}/${path}`)

/** Words of a `-v` mode by what they are about; of each kind one may be given. */
const modeKinds: readonly ReadonlySet<string>[] = [
  new Set(['ro', 'rw']),
  new Set(['z', 'Z']),
  new Set(['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate']),
  new Set(['nocopy']),
  new Set(['consistent', 'cached', 'delegated']),
]

const isMode = (words: readonly string[]): boolean =>
  words.every((word) => modeKinds.some((kind) => kind.has(word))) &&
  modeKinds.every((kind) => words.filter((word) => kind.has(word)).length <= 1)

const propagationIn = (words: readonly string[]): string =>
  words.find((word) => modeKinds[2]?.has(word)) ?? ''

const isHostPath = (text: string): boolean => /^(\/|\.{1,2}(\/|$)|~)/.test(text)

/**
 * The parts of a `-v` text as the client cuts it. One letter before a colon is a drive of Windows to
 * it, on Linux too: `a:b` is one part, the path of an anonymous volume.
 */
const clientParts = (text: string): readonly string[] => {
  const parts: string[] = []
  let part = ''
  for (const char of text) {
    if (char !== ':' || /^\p{L}$/u.test(part)) part += char
    else {
      parts.push(part)
      part = ''
    }
  }
  return [...parts, part]
}

/** The client's own checks of a `-v` text: colons and empty sections. */
export const clientVolumeError = (text: string): string | null => {
  if (text === '') return 'invalid empty volume spec'
  const parts = clientParts(text)
  if (parts.length > 3) return `invalid spec: ${text}: too many colons`
  if (parts.some((part) => part === ''))
    return `invalid spec: ${text}: empty section between colons`
  return null
}

const volumeNamePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

/** What is wrong with a volume's name, or null. */
export const volumeNameError = (name: string): string | null => {
  if (name.length === 1) {
    return `create ${name}: volume name is too short, names should be at least two alphanumeric characters`
  }
  if (volumeNamePattern.test(name)) return null
  return `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`
}

const invalidVolumeSpec = (text: string, type: string, reason: string): Reply<never> =>
  bad(`invalid volume specification: '${text}': invalid mount config for type "${type}": ${reason}`)

/** A path alone: an anonymous volume, like a VOLUME line of an image. It may be relative. */
const anonymousVolume = (text: string): Reply<MountRequest> => {
  const target = cleanPath(text)
  if (cleanPath(`/${text}`) === '/') {
    return bad(`not simulated in Driftwood: a volume in place of the root (-v ${text})`)
  }
  return good(mountRequest({ type: 'volume', source: '', target, from: 'image', text }))
}

/** Reads one `-v` text. `cwd` and `home` belong to the host's shell. */
export const parseVolumeFlag = (text: string, cwd: string): Reply<MountRequest> => {
  if (clientParts(text).length === 1) return anonymousVolume(text)
  const parts = text.split(':')
  const [first = '', target = '', mode = ''] = parts
  const bind = isHostPath(first)
  const type = bind ? 'bind' : 'volume'
  const source = bind ? absolutePath(first, cwd) : first
  const shown = [source, ...parts.slice(1)].join(':')
  const words = mode === '' ? [] : mode.split(',')
  if (parts.length > 3 || (parts.length === 2 && isMode(target.split(',')))) {
    return bad(`invalid volume specification: '${shown}'`)
  }
  if (!isMode(words)) return bad(`invalid mode: ${mode}`)
  if (!target.startsWith('/')) {
    return invalidVolumeSpec(
      shown,
      type,
      `invalid mount path: '${target}' mount path must be absolute`,
    )
  }
  if (cleanPath(target) === '/') {
    return invalidVolumeSpec(shown, type, "invalid specification: destination can't be '/'")
  }
  const propagation = propagationIn(words)
  const misplaced = bind
    ? words.includes('nocopy') && 'VolumeOptions'
    : propagation !== '' && 'BindOptions'
  if (misplaced) return invalidVolumeSpec(shown, type, `field ${misplaced} must not be specified`)
  return good(
    mountRequest({
      type,
      source,
      target: cleanPath(target),
      propagation,
      readOnly: words.includes('ro'),
      copy: !words.includes('nocopy'),
      from: 'binds',
      text: shown,
      mode,
    }),
  )
}
