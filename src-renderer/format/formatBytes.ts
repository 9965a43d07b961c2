import { currentLocale } from '../strings/index.ts'
import { isRightToLeft } from '../strings/pseudo.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Decimal units as Docker prints them, three figures at most: 64 B, 12 kB, 8.4 MB, 2.0 GB. */
export function formatBytes(bytes: number): string {
  let unit = 0
  let value = bytes
  // 999.5 would be printed as 1000.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const most = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2
  const least = unit >= 2 && value < 100 ? 1 : 0
  const locale = currentLocale()
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: Math.min(least, most),
    maximumFractionDigits: most,
  }).format(value)
  const words = `${number}\u00a0${UNITS[unit]}`
  // Between words that run from right to left, a number would change places with its unit.
  return isRightToLeft(locale) ? `\u2066${words}\u2069` : words
}
