import type { LayerEntry } from '../../sim/overlay/layerOf.ts'
import { blockSize } from '../../sim/tree/content.ts'
import {
  type CaseOperation,
  type OpenFlagName,
  type OperationName,
  type OverlayCase,
  openFlagNames,
  operationFields,
} from './overlayCase.ts'

/** A case that cannot be run: the place in the file and what was expected there. */
export class BadCase extends Error {}

type Fields = Readonly<Record<string, unknown>>

const bad = (place: string, expected: string, found: unknown): BadCase => {
  const shown = found === undefined ? 'nothing' : JSON.stringify(found)
  return new BadCase(`${place}: expected ${expected}, found ${shown.slice(0, 80)}`)
}

const fieldsOf = (value: unknown, place: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw bad(place, 'an object', value)
  }
  return value as Fields
}

const listOf = (value: unknown, place: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw bad(place, 'a list', value)
  return value
}

const text = (fields: Fields, key: string, place: string): string => {
  const value = fields[key]
  if (typeof value !== 'string') throw bad(`${place}.${key}`, 'a text', value)
  if (value.includes('\0')) throw bad(`${place}.${key}`, 'a text without NUL', value)
  return value
}

const number = (fields: Fields, key: string, place: string, whole = true): number => {
  const value = fields[key]
  const fits = typeof value === 'number' && (whole ? Number.isSafeInteger(value) : true)
  if (!fits) throw bad(`${place}.${key}`, whole ? 'a whole number' : 'a number', value)
  return value
}

const octal = (fields: Fields, key: string, place: string): number => {
  const value = fields[key]
  if (typeof value === 'string' && /^(0o)?[0-7]{1,8}$/.test(value)) {
    return Number.parseInt(value.replace('0o', ''), 8)
  }
  throw bad(`${place}.${key}`, 'an octal text such as "0644"', value)
}

const oneOf = <T extends string>(value: unknown, known: readonly T[], place: string): T => {
  const found = known.find((name) => name === value)
  if (found === undefined) throw bad(place, `one of ${known.join(', ')}`, value)
  return found
}

const optional = <T>(fields: Fields, key: string, read: () => T): { [key: string]: T } =>
  fields[key] === undefined || fields[key] === null ? {} : { [key]: read() }

const entryTypes = ['file', 'dir', 'symlink', 'hardlink', 'whiteout', 'fifo'] as const

const pathOfEntry = (fields: Fields, place: string): string => {
  const path = text(fields, 'path', place)
  const names = path.split('/').filter((name) => name !== '')
  if (names.includes('.') || names.includes('..')) {
    throw bad(`${place}.path`, 'a path without "." and ".."', path)
  }
  return `/${names.join('/')}`
}

const xattrsOf = (fields: Fields, place: string): Record<string, string> => {
  const xattrs = fieldsOf(fields.xattrs, `${place}.xattrs`)
  const own = Object.keys(xattrs).find((name) => name.startsWith('trusted.overlay.'))
  if (own !== undefined) throw bad(`${place}.xattrs`, 'no trusted.overlay names', own)
  return Object.fromEntries(
    Object.keys(xattrs).map((name) => [name, text0(xattrs, name, `${place}.xattrs`)]),
  )
}

const entryOf = (value: unknown, place: string, mtimeMs: number): LayerEntry => {
  const fields = fieldsOf(value, place)
  const type = oneOf(fields.type, entryTypes, `${place}.type`)
  const links = type === 'symlink' || type === 'hardlink'
  return {
    path: pathOfEntry(fields, place),
    type,
    mtimeMs,
    ...(links ? { target: text(fields, 'target', place) } : {}),
    ...optional(fields, 'mode', () => octal(fields, 'mode', place) & 0o7777),
    ...optional(fields, 'uid', () => number(fields, 'uid', place)),
    ...optional(fields, 'gid', () => number(fields, 'gid', place)),
    ...optional(fields, 'size', () => number(fields, 'size', place)),
    ...optional(fields, 'content', () => text0(fields, 'content', place)),
    ...optional(fields, 'xattrs', () => xattrsOf(fields, place)),
    sparse: fields.sparse === true,
    opaque: fields.opaque === true,
  }
}

/** File contents may hold NUL. */
const text0 = (fields: Fields, key: string, place: string): string => {
  const value = fields[key]
  if (typeof value !== 'string') throw bad(`${place}.${key}`, 'a text', value)
  return value
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** Entries come in the order of creation: a parent first, nothing twice, links to what is there. */
const checkOrder = (entry: LayerEntry, kinds: Map<string, string>, place: string): void => {
  const existing = kinds.get(entry.path)
  if (entry.type === 'dir' && (existing === undefined || existing === 'dir')) {
    // a directory may be named again: its attributes are set anew
  } else if (existing !== undefined) throw bad(`${place}.path`, 'a path not yet used', entry.path)
  if (entry.path !== '/' && kinds.get(parentOf(entry.path)) !== 'dir') {
    throw bad(`${place}.path`, 'an entry for its parent directory before it', entry.path)
  }
  if (entry.type === 'hardlink') {
    const target = kinds.get(`/${(entry.target ?? '').replace(/^\/+/, '')}`)
    if (target === undefined || target === 'dir') {
      throw bad(`${place}.target`, 'an earlier file of the same layer', entry.target)
    }
  }
  kinds.set(entry.path, entry.type)
}

const layerOfCase = (value: unknown, place: string, mtimeMs: number): readonly LayerEntry[] => {
  const kinds = new Map([['/', 'dir']])
  return listOf(value, place).map((item, index) => {
    const entry = entryOf(item, `${place}[${index}]`, mtimeMs)
    checkOrder(entry, kinds, `${place}[${index}]`)
    return entry
  })
}

const flagsOf = (fields: Fields, place: string): readonly OpenFlagName[] => {
  const known = Object.keys(openFlagNames) as OpenFlagName[]
  return listOf(fields.flags, `${place}.flags`).map((flag, index) =>
    oneOf(flag, known, `${place}.flags[${index}]`),
  )
}

const operationOf = (value: unknown, place: string): CaseOperation => {
  const fields = fieldsOf(value, place)
  const names = Object.keys(operationFields) as OperationName[]
  const op = oneOf(fields.op, names, `${place}.op`)
  const needed: readonly string[] = operationFields[op]
  const textField = (key: string) => (needed.includes(key) ? text(fields, key, place) : '')
  const numberField = (key: string, whole = true) =>
    needed.includes(key) ? number(fields, key, place, whole) : 0
  const given = (key: string) => (fields[key] === undefined ? 0 : number(fields, key, place))
  return {
    op,
    path: textField('path'),
    from: textField('from'),
    to: textField('to'),
    target: textField('target'),
    fd: needed.includes('fd') ? String(fields.fd ?? text(fields, 'fd', place)) : '',
    flags: needed.includes('flags') ? flagsOf(fields, place) : [],
    mode:
      needed.includes('mode') || fields.mode !== undefined ? octal(fields, 'mode', place) : null,
    offset: given('offset'),
    size: needed.includes('size') ? number(fields, 'size', place) : given('size'),
    data: fields.data === undefined ? null : text0(fields, 'data', place),
    uid: numberField('uid'),
    gid: numberField('gid'),
    mtime: numberField('mtime', false),
    name: textField('name'),
    value: needed.includes('value') ? text0(fields, 'value', place) : '',
    major: numberField('major'),
    minor: numberField('minor'),
  }
}

/** A tmpfs has whole pages. */
const upperBytesOf = (recorded: Fields): number | null => {
  if (recorded.upperBytes === undefined) return null
  const bytes = number(recorded, 'upperBytes', 'the file')
  if (bytes < 1) throw bad('the file.upperBytes', 'at least 1', bytes)
  return Math.ceil(bytes / blockSize) * blockSize
}

/** All layer objects of a case were last changed at this time. */
export const layerTimeMs = 1_000_000_000_000

/** Reads a case of the golden format. Throws `BadCase` where it is not one. */
export const parseCase = (source: string): OverlayCase => {
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    throw new BadCase(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const recorded = fieldsOf(value, 'the file')
  const layers = listOf(recorded.layers, 'layers').map((layer, index) =>
    layerOfCase(layer, `layers[${index}]`, layerTimeMs),
  )
  if (layers.length === 0) throw bad('layers', 'at least one layer', [])
  const operations = listOf(recorded.ops, 'ops').map((operation, index) =>
    operationOf(operation, `ops[${index}]`),
  )
  const name = text(recorded, 'name', 'the file')
  return { name, layers, operations, upperBytes: upperBytesOf(recorded), recorded }
}
