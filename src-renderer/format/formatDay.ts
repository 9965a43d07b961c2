import { currentLocale } from '../strings/index.ts'

/** A calendar day (`2026-11-26`) as the language writes it, short: Thu, Nov 26. */
export function formatDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Intl.DateTimeFormat(currentLocale(), {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
  }).format(new Date(year, month - 1, date))
}
