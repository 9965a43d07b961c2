const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** Year, month and day of a day number since 1970 (proleptic Gregorian calendar). */
const civil = (days: number): readonly [number, number, number] => {
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day]
}

const dateAndTime = (ms: number): { readonly date: string; readonly time: string } => {
  const days = Math.floor(ms / 86_400_000)
  const [year, month, day] = civil(days)
  const seconds = Math.floor(ms / 1000) - days * 86_400
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return {
    date: `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`,
    time: clock.map((part) => pad(part, 2)).join(':'),
  }
}

/** RFC 3339 with whole seconds, UTC. */
export const isoSeconds = (ms: number): string => {
  const { date, time } = dateAndTime(ms)
  return `${date}T${time}Z`
}

/** RFC 3339 with nanoseconds, UTC, as `docker inspect` shows times. */
export const isoNanos = (ms: number): string => {
  const { date, time } = dateAndTime(ms)
  const fraction = pad(Math.floor(ms) % 1000, 3).replace(/0+$/, '')
  return `${date}T${time}${fraction === '' ? '' : `.${fraction}`}Z`
}

/** As Go prints a time in tables: `2024-01-01 00:00:00 +0000 UTC`. */
export const goTime = (ms: number): string => {
  const { date, time } = dateAndTime(ms)
  return `${date} ${time} +0000 UTC`
}
