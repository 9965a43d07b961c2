const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Go's `%.<digits>g` for a number of at least 0. */
const significant = (value: number, digits: number): string => {
  if (value === 0) return '0'
  const rounded = Number(value.toPrecision(digits))
  if (rounded < 10 ** digits) return String(rounded)
  const exponent = Math.floor(Math.log10(rounded))
  const mantissa = Number((rounded / 10 ** exponent).toPrecision(digits))
  return `${mantissa}e+${String(exponent).padStart(2, '0')}`
}

const humanSize = (bytes: number, digits: number): string => {
  let size = Math.max(0, bytes)
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${significant(size, digits)}${units[unit]}`
}

/** Sizes in `ps`, `images`, `history`: powers of 1000, three digits. */
export const humanSize3 = (bytes: number): string => humanSize(bytes, 3)

/** Sizes in `system df` and after pruning: four digits. */
export const humanSize4 = (bytes: number): string => humanSize(bytes, 4)

/** How long ago, in the words of `docker ps`. */
export const humanDuration = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.floor(minutes / 60 + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  return `${Math.floor(hours / 24 / 365)} years`
}

const factors: Readonly<Record<string, number>> = {
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
}

/** Bytes of a size as options take it (`64m`, `1g`, `65536`); null when it is none. */
export const parseSize = (text: string): number | null => {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(text.trim())
  if (match === null) return null
  return Math.floor(Number(match[1]) * (factors[(match[2] || 'b').toLowerCase()] ?? 1))
}
