/** A text file of a folder. */
export interface FolderFile {
  readonly name: string
  readonly text: string
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** Numbers of two (`[value, 2]`) or four bytes, least byte first. */
const numbers = (...fields: readonly (readonly [number, 2 | 4])[]): Uint8Array =>
  Uint8Array.from(
    fields.flatMap(([value, size]) =>
      Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 0xff),
    ),
  )

/** 1 January 2026, 00:00, as DOS counts it: the same folder gives the same bytes. */
const day = ((2026 - 1980) << 9) | (1 << 5) | 1
const utf8Names = 0x0800
const madeOnUnix = 0x0314
const modeOf = (name: string): number => (name.endsWith('.sh') ? 0o100755 : 0o100644)

/** A folder as a ZIP archive, its files stored as they are; scripts (`.sh`) can be run. */
export function zipFolder(folder: string, files: readonly FolderFile[]): Blob {
  const text = new TextEncoder()
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const file of files) {
    const name = text.encode(`${folder}/${file.name}`)
    const bytes = text.encode(file.text)
    const common = numbers(
      [20, 2],
      [utf8Names, 2],
      [0, 2],
      [0, 2],
      [day, 2],
      [crc32(bytes), 4],
      [bytes.length, 4],
      [bytes.length, 4],
      [name.length, 2],
      [0, 2],
    )
    const local = [numbers([0x04034b50, 4]), common, name, bytes]
    directory.push(
      numbers([0x02014b50, 4], [madeOnUnix, 2]),
      common,
      numbers([0, 2], [0, 2], [0, 2], [modeOf(file.name) * 0x10000, 4], [offset, 4]),
      name,
    )
    parts.push(...local)
    offset += local.reduce((sum, part) => sum + part.length, 0)
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  )
  return new Blob([...parts, ...directory, end] as BlobPart[], { type: 'application/zip' })
}
