import { bad, good, type Reply } from './reply.ts'
import { parseSize } from './sizes.ts'

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

const modeWords = new Set([
  'ro',
  'rw',
  'z',
  'Z',
  'nocopy',
  'shared',
  'rshared',
  'slave',
  'rslave',
  'private',
  'rprivate',
  'consistent',
  'cached',
  'delegated',
  'copy',
])

const isHostPath = (text: string): boolean => /^(\/|\.{1,2}(\/|$)|~)/.test(text)

/** The client's own checks of a `-v` text: colons and empty sections. */
export const clientVolumeError = (text: string): string | null => {
  if (text === '') return 'invalid empty volume spec'
  const parts = text.split(':')
  if (isWindowsDrive(text)) return null
  if (parts.length > 3) return `invalid spec: ${text}: too many colons`
  if (parts.some((part) => part === ''))
    return `invalid spec: ${text}: empty section between colons`
  return null
}

/** `x:y`: the client takes one letter before the only colon for a drive of Windows. */
const isWindowsDrive = (text: string): boolean => /^[a-zA-Z]:[^:]+$/.test(text)

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

/** Reads one `-v` text. `cwd` and `home` belong to the host's shell. */
export const parseVolumeFlag = (text: string, cwd: string): Reply<MountRequest> => {
  if (isWindowsDrive(text) || !text.includes(':')) {
    const target = isWindowsDrive(text) ? text : cleanPath(`/${text}`)
    if (target === '/')
      return bad(
        `invalid volume specification: '${text}': invalid specification: destination can't be '/'`,
      )
    return good(mountRequest({ type: 'volume', source: '', target, from: 'image', text }))
  }
  const [first = '', target = '', mode = ''] = text.split(':')
  const bind = isHostPath(first)
  const type = bind ? 'bind' : 'volume'
  const source = bind ? absolutePath(first, cwd) : first
  const shown = [source, target, ...(mode === '' ? [] : [mode])].join(':')
  const words = mode === '' ? [] : mode.split(',')
  if (words.some((word) => !modeWords.has(word))) return bad(`invalid mode: ${mode}`)
  if (words.includes('nocopy') && bind) return bad(`invalid mode: ${mode}`)
  if (words.includes('ro') && words.includes('rw')) return bad(`invalid mode: ${mode}`)
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
  return good(
    mountRequest({
      type,
      source,
      target: cleanPath(target),
      readOnly: words.includes('ro'),
      copy: !words.includes('nocopy'),
      from: 'binds',
      text: shown,
      mode,
    }),
  )
}

/** Reads a line of comma-separated values with double quotes, as Go's encoding/csv. */
const csvFields = (text: string): readonly string[] =>
  (text.match(/(?:"(?:[^"]|"")*"|[^,"])+|(?<=^|,)(?=,|$)/g) ?? []).map((field) =>
    field.replace(/"((?:[^"]|"")*)"/g, (_all, inner: string) => inner.replaceAll('""', '"')),
  )

const keyAliases: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
])

const boolKeys = new Set(['readonly', 'volume-nocopy', 'bind-nonrecursive', 'bind-create-src'])
const knownKeys = new Set([
  'type',
  'source',
  'target',
  'readonly',
  'volume-nocopy',
  'volume-subpath',
  'volume-driver',
  'volume-opt',
  'volume-label',
  'bind-propagation',
  'bind-nonrecursive',
  'bind-recursive',
  'consistency',
  'tmpfs-size',
  'tmpfs-mode',
])

interface MountFields {
  readonly values: ReadonlyMap<string, string>
  readonly driverOptions: ReadonlyMap<string, string>
}

const readMountFields = (text: string): Reply<MountFields> => {
  const values = new Map<string, string>()
  const driverOptions = new Map<string, string>()
  for (const field of csvFields(text)) {
    const equals = field.indexOf('=')
    const written = (equals < 0 ? field : field.slice(0, equals)).toLowerCase()
    const key = keyAliases.get(written) ?? written
    const value = equals < 0 ? '' : field.slice(equals + 1)
    if (equals < 0 && !boolKeys.has(key)) {
      return bad(`invalid field '${field}' must be a key=value pair`)
    }
    if (!knownKeys.has(key)) return bad(`unexpected key '${written}' in '${field}'`)
    if (boolKeys.has(key) && equals >= 0 && !/^(1|0|true|false)$/i.test(value)) {
      return bad(`invalid value for ${written}: ${value}`)
    }
    if (key === 'volume-opt') {
      const cut = value.indexOf('=')
      driverOptions.set(cut < 0 ? value : value.slice(0, cut), cut < 0 ? '' : value.slice(cut + 1))
      continue
    }
    values.set(key, boolKeys.has(key) && equals < 0 ? 'true' : value)
  }
  return good({ values, driverOptions })
}

/** What the client says about a `--mount` text, or null. */
export const mountFlagError = (text: string): string | null => {
  if (text.trim() === '') return 'value is empty'
  const fields = readMountFields(text)
  if (!fields.ok) return fields.error
  const { values } = fields.value
  const type = values.get('type') ?? 'volume'
  if (type === '') return 'type is required'
  if ((values.get('target') ?? '') === '') return 'target is required'
  const size = values.get('tmpfs-size')
  if (size !== undefined && parseSize(size) === null) return `invalid value for tmpfs-size: ${size}`
  const mode = values.get('tmpfs-mode')
  if (mode !== undefined && !/^[0-7]+$/.test(mode)) return `invalid value for tmpfs-mode: ${mode}`
  for (const [prefix, own] of [
    ['volume-', 'volume'],
    ['bind-', 'bind'],
    ['tmpfs-', 'tmpfs'],
  ] as const) {
    const strange = [...values.keys()].find((key) => key.startsWith(prefix))
    if (strange !== undefined && type !== own) {
      return `cannot mix '${prefix}*' options with mount type '${type}'`
    }
  }
  return null
}

const truthy = (value: string | undefined): boolean =>
  value !== undefined && /^(1|true)$/i.test(value)

const daemonMountError = (type: string, reason: string): Reply<never> =>
  bad(`invalid mount config for type "${type}": ${reason}`)

/** Reads a `--mount` text that the client accepted; the errors are the daemon's. */
export const parseMountFlag = (text: string, cwd: string): Reply<MountRequest> => {
  const fields = readMountFields(text)
  if (!fields.ok) return fields
  const { values, driverOptions } = fields.value
  const type = values.get('type') ?? 'volume'
  const target = values.get('target') ?? ''
  const written = values.get('source') ?? ''
  const source = type === 'bind' && written.startsWith('.') ? absolutePath(written, cwd) : written
  if (type !== 'volume' && type !== 'bind' && type !== 'tmpfs') {
    if (['npipe', 'cluster', 'image'].includes(type)) {
      return bad(`not simulated in Driftwood: --mount type=${type}`)
    }
    return daemonMountError(type, 'mount type unknown')
  }
  if (values.has('volume-subpath')) return bad('not simulated in Driftwood: volume-subpath')
  if (!target.startsWith('/')) {
    return daemonMountError(type, `invalid mount path: '${target}' mount path must be absolute`)
  }
  if (cleanPath(target) === '/') {
    return daemonMountError(type, "invalid specification: destination can't be '/'")
  }
  if (type === 'tmpfs' && source !== '')
    return daemonMountError(type, 'field Source must not be specified')
  if (type === 'bind' && source === '')
    return daemonMountError(type, 'field Source must not be empty')
  if (type === 'bind' && !source.startsWith('/')) {
    return daemonMountError(type, `invalid mount path: '${source}' mount path must be absolute`)
  }
  const size = values.get('tmpfs-size')
  const mode = values.get('tmpfs-mode')
  return good(
    mountRequest({
      type,
      source: type === 'bind' ? cleanPath(source) : source,
      target: cleanPath(target),
      readOnly: truthy(values.get('readonly')),
      copy: !truthy(values.get('volume-nocopy')),
      from: 'mounts',
      createSource: false,
      tmpfsBytes: size === undefined ? null : parseSize(size),
      tmpfsMode: mode === undefined ? null : Number.parseInt(mode, 8),
      given: new Set([...values.keys(), ...(driverOptions.size > 0 ? ['volume-opt'] : [])]),
      driver: values.get('volume-driver') ?? null,
      driverOptions,
    }),
  )
}

/** Reads a `--tmpfs` text: `/path[:options]`. */
export const parseTmpfsFlag = (text: string): Reply<MountRequest> => {
  const colon = text.indexOf(':')
  const target = colon < 0 ? text : text.slice(0, colon)
  const options = colon < 0 ? '' : text.slice(colon + 1)
  if (!target.startsWith('/'))
    return bad(`invalid mount path: '${target}' mount path must be absolute`)
  if (cleanPath(target) === '/') return bad("invalid specification: destination can't be '/'")
  let bytes: number | null = null
  let mode: number | null = null
  let readOnly = false
  for (const word of options === '' ? [] : options.split(',')) {
    const [key, value = ''] = word.split('=', 2)
    if (key === 'size') bytes = parseSize(value)
    else if (key === 'mode') mode = Number.parseInt(value, 8)
    else if (key === 'ro') readOnly = true
    else if (
      !/^(rw|nosuid|suid|nodev|dev|noexec|exec|relatime|noatime|sync|async|uid|gid|nr_inodes|nr_blocks|defaults)$/.test(
        key ?? '',
      )
    ) {
      const parts = [key, ...(word.includes('=') ? [value] : [])].map((part) =>
        JSON.stringify(part),
      )
      return bad(`invalid tmpfs option [${parts.join(' ')}]`)
    }
  }
  return good(
    mountRequest({
      type: 'tmpfs',
      source: '',
      target: cleanPath(target),
      readOnly,
      from: 'tmpfs',
      text: options,
      tmpfsBytes: bytes,
      tmpfsMode: mode,
      tmpfsOptions: options,
    }),
  )
}
