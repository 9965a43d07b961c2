const PARTS = [
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
] as const

/** A small whole number in Roman figures, as acts are counted: 4 is IV. */
export function romanNumber(value: number): string {
  let rest = value
  let text = ''
  for (const [worth, sign] of PARTS) {
    while (rest >= worth) {
      text += sign
      rest -= worth
    }
  }
  return text
}
