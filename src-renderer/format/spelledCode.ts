/** A code in two halves, as it is read aloud and copied: `CDFG-HJKM`. */
export const spelledCode = (code: string): string => {
  const half = Math.ceil(code.length / 2)
  return `${code.slice(0, half)}-${code.slice(half)}`
}
