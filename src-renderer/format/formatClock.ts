/** Simulated seconds as `mm:ss.hh`, with hours in front once there are any: 00:04.31. */
export function formatClock(seconds: number): string {
  const hundredths = Math.round(seconds * 100)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(hundredths / 360_000)
  const rest = `${two(Math.floor(hundredths / 6000) % 60)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
