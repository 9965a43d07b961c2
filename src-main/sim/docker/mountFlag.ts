import { absolutePath, cleanPath, type MountRequest, mountRequest } from './mountSpec.ts'
import { bad, good, type Reply } from './reply.ts'
import { parseSize } from './sizes.ts'

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
  readonly labels: ReadonlyMap<string, string>
}

const readMountFields = (text: string): Reply<MountFields> => {
  const values = new Map<string, string>()
  const driverOptions = new Map<string, string>()
  const labels = new Map<string, string>()
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
    if (key === 'volume-opt' || key === 'volume-label') {
      const cut = value.indexOf('=')
      const pairs = key === 'volume-opt' ? driverOptions : labels
      pairs.set(cut < 0 ? value : value.slice(0, cut), cut < 0 ? '' : value.slice(cut + 1))
      continue
    }
    values.set(key, boolKeys.has(key) && equals < 0 ? 'true' : value)
  }
  return good({ values, driverOptions, labels })
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

const propagations = new Set('private rprivate shared rshared slave rslave'.split(' '))

const truthy = (value: string | undefined): boolean =>
  value !== undefined && /^(1|true)$/i.test(value)

const daemonMountError = (type: string, reason: string): Reply<never> =>
  bad(`invalid mount config for type "${type}": ${reason}`)

/** Reads a `--mount` text that the client accepted; the errors are the daemon's. */
export const parseMountFlag = (text: string, cwd: string): Reply<MountRequest> => {
  const fields = readMountFields(text)
  if (!fields.ok) return fields
  const { values, driverOptions, labels } = fields.value
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
  const propagation = (values.get('bind-propagation') ?? '').toLowerCase()
  if (propagation !== '' && !propagations.has(propagation)) {
    return daemonMountError(type, `invalid propagation mode: ${propagation}`)
  }
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
      labels,
      propagation,
    }),
  )
}
