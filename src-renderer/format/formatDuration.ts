import { t } from '../strings/index.ts'

/** Played time in whole minutes, with hours in front once there are any; a little is not nothing. */
export function formatDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0 && seconds > 0) return t('logbook.underAMinute')
  if (minutes < 60) return t('logbook.minutes', { n: minutes })
  return t('logbook.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}
