import {
  type Content,
  concat,
  contentOf,
  emptyContent,
  slice,
  toText,
  zeros,
} from '../tree/content.ts'
import type { FileKind } from '../vfs/syscalls.ts'

/** One member of a tar archive (ustar). */
export interface TarEntry {
  /** Relative, without a trailing slash. */
  readonly path: string
  readonly kind: FileKind | 'hardlink'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtimeMs: number
  /** Target of a symlink or hard link. */
  readonly target?: string
  readonly content?: Content
}

const blockBytes = 512

const typeFlags = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  char: '3',
  dir: '5',
  fifo: '6',
} as const

const octal = (value: number, width: number): string =>
  `${Math.max(0, Math.floor(value))
    .toString(8)
    .padStart(width - 1, '0')
    .slice(-(width - 1))}\0`

const field = (text: string, width: number): string => text.slice(0, width).padEnd(width, '\0')

const splitName = (path: string): readonly [string, string] => {
  if (path.length <= 100) return ['', path]
  const cut = path.indexOf('/', path.length - 101)
  return cut < 0 ? ['', path.slice(0, 100)] : [path.slice(0, cut), path.slice(cut + 1)]
}

const header = (entry: TarEntry, size: number): Content => {
  const [prefix, name] = splitName(entry.kind === 'dir' ? `${entry.path}/` : entry.path)
  const before =
    field(name, 100) +
    octal(entry.mode, 8) +
    octal(entry.uid, 8) +
    octal(entry.gid, 8) +
    octal(size, 12) +
    octal(entry.mtimeMs / 1000, 12)
  const after =
    typeFlags[entry.kind] +
    field(entry.target ?? '', 100) +
    'ustar\u000000' +
    field('root', 32) +
    field('root', 32) +
    octal(0, 8) +
    octal(0, 8) +
    field(prefix, 155) +
    '\0'.repeat(12)
  let sum = 8 * 32
  for (const character of before + after) sum += character.charCodeAt(0)
  const check = `${sum.toString(8).padStart(6, '0')}\0 `
  return contentOf(before + check + after)
}

/** The archive as bytes. Big files stay descriptions of bytes. */
export const writeTar = (entries: Iterable<TarEntry>): Content => {
  const parts: Content[] = []
  for (const entry of entries) {
    const content = entry.kind === 'file' ? (entry.content ?? emptyContent) : emptyContent
    const padding = (blockBytes - (content.size % blockBytes)) % blockBytes
    parts.push(header(entry, content.size), content, zeros(padding))
  }
  return concat(...parts, zeros(2 * blockBytes))
}

const kinds: Readonly<Record<string, TarEntry['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '5': 'dir',
  '6': 'fifo',
}

const cString = (text: string): string => text.split('\0', 1)[0] ?? ''
const number = (text: string): number => Number.parseInt(cString(text).trim() || '0', 8)

/** Members of an archive; null when it is not one. */
export const readTar = (archive: Content): readonly TarEntry[] | null => {
  const entries: TarEntry[] = []
  let offset = 0
  while (offset + blockBytes <= archive.size) {
    const text = toText(slice(archive, offset, offset + blockBytes))
    if (/^\0*$/.test(text)) return entries
    if (!text.slice(257).startsWith('ustar')) return null
    const prefix = cString(text.slice(345, 500))
    const name = cString(text.slice(0, 100))
    const path = (prefix === '' ? name : `${prefix}/${name}`).replace(/\/$/, '')
    const size = number(text.slice(124, 136))
    const target = cString(text.slice(157, 257))
    offset += blockBytes
    entries.push({
      path,
      kind: kinds[text[156] ?? '0'] ?? 'file',
      mode: number(text.slice(100, 108)),
      uid: number(text.slice(108, 116)),
      gid: number(text.slice(116, 124)),
      mtimeMs: number(text.slice(136, 148)) * 1000,
      ...(target === '' ? {} : { target }),
      content: slice(archive, offset, offset + size),
    })
    offset += Math.ceil(size / blockBytes) * blockBytes
  }
  return entries.length > 0 ? entries : null
}
