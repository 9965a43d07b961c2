const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

const constants = Array.from(
  { length: 64 },
  (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0,
)

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

const block = (state: Int32Array, words: Int32Array): void => {
  let [a, b, c, d] = state as unknown as [number, number, number, number]
  for (let i = 0; i < 64; i += 1) {
    const round = i >> 4
    let mixed: number
    let index: number
    if (round === 0) {
      mixed = (b & c) | (~b & d)
      index = i
    } else if (round === 1) {
      mixed = (d & b) | (~d & c)
      index = (5 * i + 1) & 15
    } else if (round === 2) {
      mixed = b ^ c ^ d
      index = (3 * i + 5) & 15
    } else {
      mixed = c ^ (b | ~d)
      index = (7 * i) & 15
    }
    const sum = (a + mixed + (constants[i] as number) + (words[index] as number)) | 0
    a = d
    d = c
    c = b
    b = (b + rotate(sum, shifts[round * 4 + (i & 3)] as number)) | 0
  }
  state[0] = (state[0] as number) + a
  state[1] = (state[1] as number) + b
  state[2] = (state[2] as number) + c
  state[3] = (state[3] as number) + d
}

/** MD5 in hex (RFC 1321). */
export const md5Of = (bytes: Uint8Array): string => {
  const length = (((bytes.length + 8) >> 6) << 6) + 64
  const padded = new Uint8Array(length)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(length - 8, (bytes.length * 8) >>> 0, true)
  view.setUint32(length - 4, Math.floor(bytes.length / 2 ** 29), true)
  const state = Int32Array.from([0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476])
  const words = new Int32Array(16)
  for (let at = 0; at < length; at += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + i * 4, true)
    block(state, words)
  }
  const result = new DataView(new ArrayBuffer(16))
  state.forEach((one, i) => {
    result.setInt32(i * 4, one, true)
  })
  return Array.from({ length: 16 }, (_, i) =>
    result.getUint8(i).toString(16).padStart(2, '0'),
  ).join('')
}
