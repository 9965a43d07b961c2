import type { MeasureUnit } from '../../levels/rules/measure.ts'
import { words } from '../words.ts'

const steps = [
  { at: 1e12, unit: 'TB' },
  { at: 1e9, unit: 'GB' },
  { at: 1e6, unit: 'MB' },
  { at: 1e3, unit: 'kB' },
] as const

const formats = new Map<string, Intl.NumberFormat>()

/** A format costs more to make than all the figures of a view to write. */
const formatOf = (locale: string, digits: number): Intl.NumberFormat => {
  const key = `${digits} ${locale}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })
  formats.set(key, format)
  return format
}

/** A number with so many decimals, written as the language writes it: 2.0, 2,0. */
export const formatDecimal = (locale: string, value: number, digits: number): string =>
  formatOf(locale, digits).format(value)

/** Bytes for people, in powers of ten as Docker counts: 64 B, 12 kB, 74.8 MB, 2.0 GB. */
export function formatBytes(locale: string, bytes: number): string {
  const size = Math.abs(bytes)
  const sign = bytes < 0 ? '-' : ''
  for (const { at, unit } of steps) {
    // 999,950 is 1.0 MB, not 1000.0 kB.
    if (size < at * 0.99995) continue
    const value = size / at
    const digits = value >= 99.95 || (unit === 'kB' && Number.isInteger(value)) ? 0 : 1
    return `${sign}${formatDecimal(locale, value, digits)} ${unit}`
  }
  return `${sign}${size} B`
}

/** Simulated seconds: two decimals below ten, one above. */
export const formatSeconds = (locale: string, seconds: number): string =>
  `${formatDecimal(locale, seconds, seconds < 10 ? 2 : 1)} s`

/** A figure with its unit, in words of the language. */
export function formatFigure(locale: string, value: number, unit: MeasureUnit): string {
  if (unit === 'bytes') return formatBytes(locale, value)
  if (unit === 'seconds') return formatSeconds(locale, value)
  if (unit === 'rows') {
    return words(locale, value === 1 ? 'unit.bookmark' : 'unit.bookmarks', { count: value })
  }
  return String(value)
}
