import { existsSync, readFileSync } from 'node:fs'

/**
 * `cut`: the end is not whole, as after a power cut while saving. `damaged`: whole transactions
 * lie behind a place that cannot be read. SQLite itself drops what follows without a word.
 */
export type WalState = 'sound' | 'cut' | 'damaged'

export interface Wal {
  readonly state: WalState
  /** Drawn anew for each round of the log; empty where there is no log. */
  readonly salts: string
  /** Frames up to the last whole transaction. */
  readonly frames: number
}

const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
/** More often no log is begun anew within one run of the game. */
const MOST_ROUNDS = 100_000
const MAGIC_LITTLE_ENDIAN = 0x377f0682
const MAGIC_BIG_ENDIAN = 0x377f0683

/** Reads a write-ahead log the way SQLite recovers it (sqlite.org/fileformat2.html, section 4). */
export function inspectWal(file: string): Wal {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
  if (bytes.length === 0) return { state: 'sound', salts: '', frames: 0 }
  if (bytes.length < HEADER_BYTES) return { state: 'cut', salts: '', frames: 0 }
  return { ...inspectFrames(bytes), salts: saltsOf(bytes) }
}

/** The two salts of a log's header, which has at least 24 bytes. */
export const saltsOf = (header: Buffer): string => header.toString('hex', 16, 24)

function inspectFrames(bytes: Buffer): Omit<Wal, 'salts'> {
  const magic = bytes.readUInt32BE(0)
  const littleEndian = magic === MAGIC_LITTLE_ENDIAN
  const sum = checksum(bytes, 0, 24, littleEndian, [0, 0])
  if ((!littleEndian && magic !== MAGIC_BIG_ENDIAN) || !isSum(bytes, 24, sum)) {
    return { state: bytes.length > HEADER_BYTES ? 'damaged' : 'cut', frames: 0 }
  }
  const frameBytes = FRAME_HEADER_BYTES + bytes.readUInt32BE(8)
  let at = HEADER_BYTES
  let committed = at
  let running = sum
  for (; at + frameBytes <= bytes.length; at += frameBytes) {
    if (!hasSalts(bytes, at)) break
    running = checksum(bytes, at, 8, littleEndian, running)
    const page = at + FRAME_HEADER_BYTES
    running = checksum(bytes, page, frameBytes - FRAME_HEADER_BYTES, littleEndian, running)
    if (!isSum(bytes, at + 16, running)) break
    if (isCommit(bytes, at)) committed = at + frameBytes
  }
  const frames = (committed - HEADER_BYTES) / frameBytes
  if (hasFramesBehind(bytes, at + frameBytes, frameBytes)) return { state: 'damaged', frames }
  const isAtEnd = at === bytes.length || isLeftOver(bytes, at)
  return { state: committed === at && isAtEnd ? 'sound' : 'cut', frames }
}

/** A frame of this log, not left over from an earlier round of the same file. */
const hasSalts = (bytes: Buffer, frame: number): boolean =>
  bytes.compare(bytes, 16, 24, frame + 8, frame + 16) === 0

/**
 * SQLite counts the first salt up with each round and draws the second anew, so older frames have
 * a slightly smaller first and another second. A damaged frame of this round keeps one of the two.
 */
function isLeftOver(bytes: Buffer, frame: number): boolean {
  if (frame + FRAME_HEADER_BYTES > bytes.length) return false
  const rounds = (bytes.readUInt32BE(16) - bytes.readUInt32BE(frame + 8)) >>> 0
  const sameDraw = bytes.readUInt32BE(20) === bytes.readUInt32BE(frame + 12)
  return rounds > 0 && rounds < MOST_ROUNDS && !sameDraw
}

/** Only the last frame of a transaction says how large the file is after it. */
const isCommit = (bytes: Buffer, frame: number): boolean => bytes.readUInt32BE(frame + 4) !== 0

/** Whole frames of this log behind a broken place: no cut leaves that, the log is written in order. */
function hasFramesBehind(bytes: Buffer, from: number, frameBytes: number): boolean {
  for (let at = from; at + frameBytes <= bytes.length; at += frameBytes) {
    if (hasSalts(bytes, at)) return true
  }
  return false
}

type Sum = readonly [number, number]

const isSum = (bytes: Buffer, at: number, [first, second]: Sum): boolean =>
  bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second

function checksum(
  bytes: Buffer,
  from: number,
  length: number,
  littleEndian: boolean,
  start: Sum,
): Sum {
  let [first, second] = start
  for (let at = from; at < from + length; at += 8) {
    const one = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    const two = littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)
    first = (first + one + second) >>> 0
    second = (second + two + first) >>> 0
  }
  return [first, second]
}
