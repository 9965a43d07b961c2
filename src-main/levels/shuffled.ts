/** A small generator of numbers from 0 to 1 that gives the same row for the same seed. */
function* numbersFrom(seed: number): Generator<number, never> {
  let state = seed >>> 0
  for (;;) {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The list in an order that depends on the seed and the salt alone. */
export function shuffled<T>(list: readonly T[], seed: number, salt: string): readonly T[] {
  const mixed = [...salt].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, seed)
  const numbers = numbersFrom(mixed)
  return list
    .map((item) => ({ item, at: numbers.next().value }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
