import { sha256Of } from './sha256.ts'
import { utf8Decode, utf8Encode } from './utf8.ts'

/**
 * Content of a regular file: an immutable, balanced rope of extents (literal bytes, a repeated
 * pattern, a hole). Its cost follows the number of extents, not the size: 2 GB of zeros are a few
 * words. Compare with `sameContent` or `sha256`, never by identity.
 */
export type Content = Literal | Pattern | Hole | Join

interface Literal {
  readonly kind: 'literal'
  readonly size: number
  /** A byte string (see utf8.ts). */
  readonly bytes: string
}

interface Pattern {
  readonly kind: 'pattern'
  readonly size: number
  /** A byte string that repeats; byte i of the extent is fill[(phase + i) mod length]. */
  readonly fill: string
  readonly phase: number
}

interface Hole {
  readonly kind: 'hole'
  readonly size: number
}

interface Join {
  readonly kind: 'join'
  readonly size: number
  readonly left: Content
  readonly right: Content
  readonly height: number
  /** Bytes in it that were never written. */
  readonly holeBytes: number
}

type Extent = Literal | Pattern | Hole

/** Literal extents are merged up to this size, so that a log of short lines stays short. */
const mergeLimit = 4096

const literal = (bytes: string): Literal => ({
  kind: 'literal',
  size: bytes.length,
  bytes,
})

export const emptyContent: Content = literal('')

/** The UTF-8 bytes of a text. */
export const contentOf = (text: string): Content =>
  text === '' ? emptyContent : literal(utf8Encode(text))

export const bytesContent = (bytes: Uint8Array): Content => {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)))
  }
  return literal(parts.join(''))
}

/** `size` bytes made by repeating `fill`, starting `phase` bytes into it. `fill` is text (UTF-8). */
export const pattern = (fill: string, size: number, phase = 0): Content => {
  const bytes = utf8Encode(fill)
  if (size === 0) return emptyContent
  if (bytes === '') return hole(size)
  return { kind: 'pattern', size, fill: bytes, phase: phase % bytes.length }
}

/** Written zeros: they take blocks, unlike a hole. */
export const zeros = (size: number): Content => pattern('\0', size)

/** Bytes never written: they read as zeros and take no blocks. */
export const hole = (size: number): Content => (size === 0 ? emptyContent : { kind: 'hole', size })

export const sizeOf = (content: Content): number => content.size

const heightOf = (content: Content): number => (content.kind === 'join' ? content.height : 0)

/** Bytes of the content that were never written. */
export const holeBytesOf = (content: Content): number => {
  if (content.kind === 'join') return content.holeBytes
  return content.kind === 'hole' ? content.size : 0
}

const makeJoin = (left: Content, right: Content): Join => ({
  kind: 'join',
  size: left.size + right.size,
  left,
  right,
  height: Math.max(heightOf(left), heightOf(right)) + 1,
  holeBytes: holeBytesOf(left) + holeBytesOf(right),
})

const rotateLeft = (left: Content, right: Join): Join =>
  right.left.kind === 'join' && right.left.height > heightOf(right.right)
    ? makeJoin(makeJoin(left, right.left.left), makeJoin(right.left.right, right.right))
    : makeJoin(makeJoin(left, right.left), right.right)

const rotateRight = (left: Join, right: Content): Join =>
  left.right.kind === 'join' && left.right.height > heightOf(left.left)
    ? makeJoin(makeJoin(left.left, left.right.left), makeJoin(left.right.right, right))
    : makeJoin(left.left, makeJoin(left.right, right))

const balance = (left: Content, right: Content): Join => {
  const lean = heightOf(left) - heightOf(right)
  if (lean > 1 && left.kind === 'join') return rotateRight(left, right)
  if (lean < -1 && right.kind === 'join') return rotateLeft(left, right)
  return makeJoin(left, right)
}

/** Two neighbouring extents as one, where that is the same bytes; else null. */
const mergeExtents = (left: Extent, right: Extent): Extent | null => {
  if (left.kind === 'hole' && right.kind === 'hole') {
    return { kind: 'hole', size: left.size + right.size }
  }
  if (left.kind === 'literal' && right.kind === 'literal') {
    return left.size + right.size <= mergeLimit ? literal(left.bytes + right.bytes) : null
  }
  if (left.kind !== 'pattern' || right.kind !== 'pattern' || left.fill !== right.fill) return null
  if ((left.phase + left.size) % left.fill.length !== right.phase) return null
  return { ...left, size: left.size + right.size }
}

const joinTwo = (left: Content, right: Content): Content => {
  if (left.size === 0) return right
  if (right.size === 0) return left
  if (left.kind === 'join') {
    if (right.kind !== 'join' && left.right.kind !== 'join') {
      const merged = mergeExtents(left.right, right)
      if (merged !== null) return makeJoin(left.left, merged)
    }
    if (left.height > heightOf(right) + 1) return balance(left.left, joinTwo(left.right, right))
  }
  if (right.kind === 'join' && right.height > heightOf(left) + 1) {
    return balance(joinTwo(left, right.left), right.right)
  }
  if (left.kind !== 'join' && right.kind !== 'join') {
    const merged = mergeExtents(left, right)
    if (merged !== null) return merged
  }
  return makeJoin(left, right)
}

export const concat = (...parts: readonly Content[]): Content => parts.reduce(joinTwo, emptyContent)

const sliceExtent = (extent: Extent, from: number, to: number): Extent => {
  const size = to - from
  if (extent.kind === 'literal') return literal(extent.bytes.slice(from, to))
  if (extent.kind === 'hole') return { kind: 'hole', size }
  const phase = (extent.phase + from) % extent.fill.length
  return { kind: 'pattern', size, fill: extent.fill, phase }
}

const sliceWithin = (content: Content, from: number, to: number): Content => {
  if (from === 0 && to === content.size) return content
  if (content.kind !== 'join') return sliceExtent(content, from, to)
  const middle = content.left.size
  if (to <= middle) return sliceWithin(content.left, from, to)
  if (from >= middle) return sliceWithin(content.right, from - middle, to - middle)
  return joinTwo(
    sliceWithin(content.left, from, middle),
    sliceWithin(content.right, 0, to - middle),
  )
}

/** Bytes `from` (included) to `to` (excluded); both are cut to what there is. */
export const slice = (content: Content, from: number, to = content.size): Content => {
  const start = Math.max(0, Math.min(from, content.size))
  const end = Math.max(start, Math.min(to, content.size))
  return start === end ? emptyContent : sliceWithin(content, start, end)
}

/** As truncate(2): cut, or made longer by a hole. */
export const resized = (content: Content, size: number): Content =>
  size <= content.size ? slice(content, 0, size) : joinTwo(content, hole(size - content.size))

/** As pwrite(2): `data` at `offset`; a gap before it becomes a hole. */
export const writeAt = (content: Content, offset: number, data: Content): Content => {
  if (data.size === 0) return content
  const head = resized(content, offset)
  return concat(head, data, slice(content, offset + data.size))
}

/** The extents from first to last, with their offsets. */
export function* extentsOf(content: Content, offset = 0): Generator<[number, Extent]> {
  if (content.kind === 'join') {
    yield* extentsOf(content.left, offset)
    yield* extentsOf(content.right, offset + content.left.size)
  } else if (content.size > 0) {
    yield [offset, content]
  }
}

const fillExtent = (
  extent: Extent,
  from: number,
  target: Uint8Array,
  at: number,
  length: number,
) => {
  if (extent.kind === 'hole') target.fill(0, at, at + length)
  else if (extent.kind === 'literal') {
    for (let i = 0; i < length; i += 1) target[at + i] = extent.bytes.charCodeAt(from + i)
  } else if (extent.fill.length === 1) {
    target.fill(extent.fill.charCodeAt(0), at, at + length)
  } else {
    let position = (extent.phase + from) % extent.fill.length
    for (let i = 0; i < length; i += 1) {
      target[at + i] = extent.fill.charCodeAt(position)
      position = position + 1 === extent.fill.length ? 0 : position + 1
    }
  }
}

const readInto = (
  content: Content,
  offset: number,
  target: Uint8Array,
  at: number,
  length: number,
): void => {
  if (length <= 0) return
  if (content.kind !== 'join') {
    fillExtent(content, offset, target, at, length)
    return
  }
  const middle = content.left.size
  const inLeft = Math.max(0, Math.min(length, middle - offset))
  readInto(content.left, offset, target, at, inLeft)
  readInto(content.right, offset + inLeft - middle, target, at + inLeft, length - inLeft)
}

/** All bytes. Only for content known to be small. */
export const toBytes = (content: Content): Uint8Array => {
  const bytes = new Uint8Array(content.size)
  readInto(content, 0, bytes, 0, content.size)
  return bytes
}

const byteString = (content: Content): string => {
  if (content.kind === 'literal') return content.bytes
  if (content.kind === 'hole') return '\0'.repeat(content.size)
  if (content.kind === 'join') return byteString(content.left) + byteString(content.right)
  const turns = Math.ceil((content.phase + content.size) / content.fill.length)
  return content.fill.repeat(turns).slice(content.phase, content.phase + content.size)
}

/** The content as UTF-8 text. Only for content known to be small. */
export const toText = (content: Content): string => utf8Decode(byteString(content))

const hashes = new WeakMap<Content, string>()

/** SHA-256 in hex, computed once. Takes time in proportion to the size. */
export const sha256 = (content: Content): string => {
  const known = hashes.get(content)
  if (known !== undefined) return known
  const hash = sha256Of(content.size, (offset, buffer, length) =>
    readInto(content, offset, buffer, 0, length),
  )
  hashes.set(content, hash)
  return hash
}

export const sameContent = (a: Content, b: Content): boolean =>
  a === b || (a.size === b.size && sha256(a) === sha256(b))

/** Size of a block on disk. */
export const blockSize = 4096

/** Bytes on disk: whole blocks, holes left out where they span whole blocks. */
export const allocatedBytes = (content: Content): number => {
  if (holeBytesOf(content) === 0) return Math.ceil(content.size / blockSize) * blockSize
  let blocks = 0
  let next = 0
  for (const [offset, extent] of extentsOf(content)) {
    if (extent.kind === 'hole') continue
    const first = Math.max(next, Math.floor(offset / blockSize))
    const end = Math.ceil((offset + extent.size) / blockSize)
    if (end > first) blocks += end - first
    next = Math.max(next, end)
  }
  return blocks * blockSize
}

/** Offset of the first block with data at or after `offset` (lseek SEEK_DATA); -1 when none. */
export const nextData = (content: Content, offset: number): number => {
  if (holeBytesOf(content) === 0) return offset < content.size ? offset : -1
  for (const [start, extent] of extentsOf(content)) {
    if (extent.kind === 'hole' || start + extent.size <= offset) continue
    return Math.max(offset, Math.floor(start / blockSize) * blockSize)
  }
  return -1
}

/** The same bytes with every hole filled by written zeros. */
export const toSolid = (content: Content): Content => {
  if (holeBytesOf(content) === 0) return content
  if (content.kind === 'join') return joinTwo(toSolid(content.left), toSolid(content.right))
  return zeros(content.size)
}
