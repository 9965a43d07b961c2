import { currentLocale } from '../strings/index.ts'

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** A moment as seen from another, in words: in 3 days, yesterday, 5 minutes ago. */
export function formatWhen(at: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' })
  for (const [unit, milliseconds] of UNITS) {
    const count = (at - now) / milliseconds
    if (Math.abs(count) >= 1 || unit === 'minute') return format.format(Math.round(count), unit)
  }
  return ''
}
