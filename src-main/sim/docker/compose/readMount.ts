import { absolutePath, cleanPath } from '../mountSpec.ts'
import { parseSize } from '../sizes.ts'
import { type FileReader, isMap, type Raw, type RawMap } from './fileReader.ts'
import type { ComposeMount } from './project.ts'

const plain: Omit<ComposeMount, 'type' | 'target'> = {
  source: '',
  readOnly: false,
  noCopy: false,
  createHostPath: true,
  tmpfsBytes: null,
  tmpfsMode: null,
}

const isPath = (source: string): boolean => /^[./~]/.test(source)

/** Relative to the project's directory; `~` is root's home. */
export const hostPath = (source: string, directory: string): string =>
  absolutePath(source.replace(/^~(?=\/|$)/, '/root'), directory)

const shortMount = (reader: FileReader, text: string, directory: string): ComposeMount | null => {
  const parts = text.split(':')
  const isEmpty = parts.some((part) => part === '')
  if (isEmpty || parts.length > 3) {
    const why = isEmpty ? 'empty section between colons' : 'too many colons'
    reader.fail(`invalid spec: ${text}: ${why}`)
    return null
  }
  const [first = '', second, mode = ''] = parts
  if (second === undefined) return { ...plain, type: 'volume', target: cleanPath(first) }
  const words = mode === '' ? [] : mode.split(',')
  const mount = {
    ...plain,
    target: cleanPath(second),
    readOnly: words.includes('ro'),
    noCopy: words.includes('nocopy'),
  }
  return isPath(first)
    ? { ...mount, type: 'bind', source: hostPath(first, directory) }
    : { ...mount, type: 'volume', source: first }
}

const mountKeys = new Set([
  'type',
  'source',
  'target',
  'read_only',
  'consistency',
  'bind',
  'volume',
  'tmpfs',
])

const sizeOf = (value: Raw | undefined): number | null =>
  value === undefined || value === null ? null : parseSize(String(value))

const modeOf = (value: Raw | undefined): number | null => {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? Number.parseInt(value, 8) : null
}

const longMount = (
  reader: FileReader,
  map: RawMap,
  place: string,
  directory: string,
): ComposeMount | null => {
  const strange = Object.keys(map).find((key) => !mountKeys.has(key))
  if (strange !== undefined) reader.refuse(place, `additional properties '${strange}' not allowed`)
  const type = reader.text(map.type, `${place}.type`)
  if (type === null) {
    reader.refuse(place, "missing property 'type'")
    return null
  }
  if (type !== 'volume' && type !== 'bind' && type !== 'tmpfs') {
    if (['npipe', 'cluster', 'image'].includes(type)) reader.missing(`${place}.type: ${type}`)
    else
      reader.refuse(
        `${place}.type`,
        "value must be one of 'bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'",
      )
    return null
  }
  const volume = reader.map(map.volume, `${place}.volume`)
  const bind = reader.map(map.bind, `${place}.bind`)
  const tmpfs = reader.map(map.tmpfs, `${place}.tmpfs`)
  if ('subpath' in volume) reader.missing(`${place}.volume.subpath`)
  const source = reader.text(map.source, `${place}.source`) ?? ''
  const target = reader.text(map.target, `${place}.target`) ?? ''
  return {
    type,
    source: type === 'bind' ? hostPath(source, directory) : source,
    target: cleanPath(target),
    readOnly: reader.flag(map.read_only, `${place}.read_only`),
    noCopy: reader.flag(volume.nocopy, `${place}.volume.nocopy`),
    createHostPath:
      bind.create_host_path === undefined ||
      reader.flag(bind.create_host_path, `${place}.bind.create_host_path`),
    tmpfsBytes: sizeOf(tmpfs.size),
    tmpfsMode: modeOf(tmpfs.mode),
  }
}

/** Reads the `volumes:` of a service, short and long forms. A later entry for a path wins. */
export const readMounts = (
  reader: FileReader,
  value: Raw | undefined,
  place: string,
  directory: string,
): readonly ComposeMount[] => {
  const mounts = new Map<string, ComposeMount>()
  for (const [i, entry] of reader.list(value, place).entries()) {
    const at = `${place}.${i}`
    const mount = isMap(entry)
      ? longMount(reader, entry, at, directory)
      : shortMount(reader, reader.text(entry, at) ?? '', directory)
    if (mount !== null) mounts.set(mount.target, mount)
  }
  return [...mounts.values()]
}
