/** SHA-256 (FIPS 180-4). Own code because sim reaches no platform API. */

const roundConstants = new Int32Array(64)
const initialState = new Int32Array(8)

const fractionBits = (root: number): number => ((root - Math.floor(root)) * 4294967296) | 0

const fillConstants = (): void => {
  let found = 0
  for (let candidate = 2; found < 64; candidate += 1) {
    let prime = true
    for (let d = 2; d * d <= candidate; d += 1) if (candidate % d === 0) prime = false
    if (!prime) continue
    if (found < 8) initialState[found] = fractionBits(Math.sqrt(candidate))
    roundConstants[found] = fractionBits(Math.cbrt(candidate))
    found += 1
  }
}
fillConstants()

const schedule = new Int32Array(64)

const at = (words: Int32Array, index: number): number => words[index] as number

const expand = (bytes: Uint8Array, offset: number): void => {
  for (let i = 0; i < 16; i += 1) {
    const b = offset + i * 4
    schedule[i] =
      ((bytes[b] as number) << 24) |
      ((bytes[b + 1] as number) << 16) |
      ((bytes[b + 2] as number) << 8) |
      (bytes[b + 3] as number)
  }
  for (let i = 16; i < 64; i += 1) {
    const x = at(schedule, i - 15)
    const y = at(schedule, i - 2)
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    schedule[i] = (at(schedule, i - 16) + s0 + at(schedule, i - 7) + s1) | 0
  }
}

const compress = (state: Int32Array, bytes: Uint8Array, offset: number): void => {
  expand(bytes, offset)
  let a = at(state, 0)
  let b = at(state, 1)
  let c = at(state, 2)
  let d = at(state, 3)
  let e = at(state, 4)
  let f = at(state, 5)
  let g = at(state, 6)
  let h = at(state, 7)
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(roundConstants, i) + at(schedule, i)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const sums = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i += 1) state[i] = (at(state, i) + (sums[i] as number)) | 0
}

const chunkSize = 65536

const hex = (state: Int32Array): string =>
  Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')

/**
 * Hash of `size` bytes that `readInto` delivers: it fills `buffer` from its start with the bytes at
 * `offset` and is asked for at most 64 KiB at a time, so nothing large is ever held.
 */
export const sha256Of = (
  size: number,
  readInto: (offset: number, buffer: Uint8Array, length: number) => void,
): string => {
  const state = initialState.slice()
  const buffer = new Uint8Array(chunkSize + 128)
  let offset = 0
  for (; size - offset >= chunkSize; offset += chunkSize) {
    readInto(offset, buffer, chunkSize)
    for (let block = 0; block < chunkSize; block += 64) compress(state, buffer, block)
  }
  const rest = size - offset
  readInto(offset, buffer, rest)
  const padded = Math.ceil((rest + 9) / 64) * 64
  buffer.fill(0, rest, padded)
  buffer[rest] = 0x80
  for (let i = 0, bits = size * 8; i < 8; i += 1, bits = Math.floor(bits / 256)) {
    buffer[padded - 1 - i] = bits % 256
  }
  for (let block = 0; block < padded; block += 64) compress(state, buffer, block)
  return hex(state)
}
