const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export interface CivilTime {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly milliseconds: number
  /** 0 is Sunday. */
  readonly weekday: number
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The calendar date (UTC) of a point in time, milliseconds since 1970. */
export const civilTime = (nowMs: number): CivilTime => {
  const seconds = Math.floor(nowMs / 1000)
  const day = Math.floor(seconds / 86400)
  const rest = seconds - day * 86400
  // Days from the civil calendar, era by era of 400 years (146097 days).
  const shifted = day + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    milliseconds: Math.floor(nowMs) - seconds * 1000,
    weekday: (((day + 4) % 7) + 7) % 7,
  }
}

/** Milliseconds since 1970 of a calendar date (UTC). */
export const timeOfCivil = (
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number => {
  const shiftedYear = month <= 2 ? year - 1 : year
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  const days = era * 146097 + dayOfEra - 719468
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000
}

/** `2024-01-01 00:00:00.000000000 +0000` */
export const longDate = (ms: number): string => {
  const t = civilTime(ms)
  const fraction = `${String(t.milliseconds).padStart(3, '0')}000000`
  return `${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}.${fraction} +0000`
}

/** `2024-01-01 00:00:00` */
export const shortDate = (ms: number): string => longDate(ms).slice(0, 19)

/** As `ls -l`: time of day for the last half year, else the year. */
export const listingDate = (ms: number, nowMs: number): string => {
  const t = civilTime(ms)
  const head = `${months[t.month - 1]?.slice(0, 3)} ${String(t.day).padStart(2)}`
  const age = (nowMs - ms) / 1000
  const recent = age > -15 * 60 && age < (3600 * 24 * 365) / 2
  return recent ? `${head} ${two(t.hour)}:${two(t.minute)}` : `${head}  ${t.year}`
}

/** date(1)'s `+FORMAT`. */
export const formatDate = (format: string, ms: number): string => {
  const t = civilTime(ms)
  const weekday = days[t.weekday] ?? ''
  const month = months[t.month - 1] ?? ''
  const parts: Record<string, () => string> = {
    Y: () => String(t.year),
    y: () => two(t.year % 100),
    m: () => two(t.month),
    d: () => two(t.day),
    e: () => String(t.day).padStart(2),
    H: () => two(t.hour),
    I: () => two(((t.hour + 11) % 12) + 1),
    M: () => two(t.minute),
    S: () => two(t.second),
    N: () => `${String(t.milliseconds).padStart(3, '0')}000000`,
    p: () => (t.hour < 12 ? 'AM' : 'PM'),
    s: () => String(Math.floor(ms / 1000)),
    a: () => weekday.slice(0, 3),
    A: () => weekday,
    b: () => month.slice(0, 3),
    h: () => month.slice(0, 3),
    B: () => month,
    F: () => `${t.year}-${two(t.month)}-${two(t.day)}`,
    T: () => `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`,
    R: () => `${two(t.hour)}:${two(t.minute)}`,
    D: () => `${two(t.month)}/${two(t.day)}/${two(t.year % 100)}`,
    Z: () => 'UTC',
    z: () => '+0000',
    u: () => String(t.weekday === 0 ? 7 : t.weekday),
    w: () => String(t.weekday),
    j: () => String(Math.floor((ms - timeOfCivil(t.year, 1, 1)) / 86_400_000) + 1).padStart(3, '0'),
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
    c: () => formatDate('%a %b %e %H:%M:%S %Y', ms),
    x: () => formatDate('%D', ms),
    X: () => formatDate('%T', ms),
  }
  return format.replace(/%([A-Za-z%])/g, (all, letter: string) => parts[letter]?.() ?? all)
}

/** A date as `date -d` and `touch -d` read it; null when it is none. */
export const parseDate = (text: string, nowMs: number): number | null => {
  const trimmed = text.trim()
  if (trimmed === 'now') return nowMs
  if (/^@\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed.slice(1)) * 1000
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?: ?(?:Z|UTC|\+00:?00))?$/.exec(
      trimmed,
    )
  if (match !== null) {
    const [, year, month, day, hour, minute, second] = match.map((one) => Number(one ?? '0'))
    return timeOfCivil(year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0)
  }
  const relative = /^(\d+) (second|minute|hour|day|week)s? ago$/.exec(trimmed)
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(trimmed)
  if (relative !== null) {
    const scales: Record<string, number> = {
      second: 1,
      minute: 60,
      hour: 3600,
      day: 86400,
      week: 604800,
    }
    return nowMs - Number(relative[1]) * (scales[relative[2] ?? ''] ?? 0) * 1000
  }
  if (clock === null) return trimmed === 'yesterday' ? nowMs - 86_400_000 : null
  const t = civilTime(nowMs)
  return timeOfCivil(
    t.year,
    t.month,
    t.day,
    Number(clock[1]),
    Number(clock[2]),
    Number(clock[3] ?? '0'),
  )
}
