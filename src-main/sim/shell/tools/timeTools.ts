import { BudgetSignal, type InternalProgram, longestSleepMs } from '../machine.ts'
import { formatDate, parseDate } from './dateText.ts'
import { complain, complainOf, isGnu, readOptions, usage } from './support.ts'

/** A main process sleeping at least this long just waits. */
const parkFromMs = 60_000
const mostSleeps = 2000

/** Milliseconds of a duration as sleep and timeout take it: `1.5`, `2m`, `infinity`; null for no duration. */
export const sleepMs = (text: string): number | null => {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY
  const match = /^(\d*\.?\d+)([smhd]?)$/.exec(text)
  if (match === null) return null
  const scales: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 }
  return Number(match[1]) * (scales[match[2] ?? ''] ?? 1) * 1000
}

/** sleep: simulated time passes. A long sleep of a main process parks the container. */
export const sleep: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  if (args.length === 0) return usage(context, '[N]...')
  let total = 0
  for (const arg of args) {
    const milliseconds = sleepMs(arg)
    if (milliseconds === null) {
      complain(
        context,
        isGnu(context) ? `invalid time interval '${arg}'` : `invalid number '${arg}'`,
      )
      return 1
    }
    total += milliseconds
  }
  const { machine } = context.proc
  machine.sleeps += 1
  machine.sleptMs += total
  if (context.isMain && (total >= parkFromMs || machine.sleeps > mostSleeps)) context.park(null)
  if (machine.sleptMs > longestSleepMs || machine.sleeps > mostSleeps)
    throw new BudgetSignal('asleep')
  context.kernel.spend(total)
  return 0
}

/** date, on the simulated clock, in UTC. */
export const date: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'uRI:d:s:r:D:',
    long: { utc: 'u', date: 'd', universal: 'u' },
  })
  if (options === null) return 1
  const text = options.value('d')
  const now = context.kernel.nowMs()
  const file = options.value('r')
  const stat = file === null ? null : context.sys.stat(file)
  if (stat !== null && !stat.ok) {
    complainOf(context, file as string, stat.errno)
    return 1
  }
  const when = text === null ? (stat?.ok ? stat.value.mtimeMs : now) : parseDate(text, now)
  if (when === null) {
    complain(context, `invalid date '${text}'`)
    return 1
  }
  if (options.has('s')) {
    complain(context, "can't set date: Operation not permitted")
    return 1
  }
  const format = options.operands[0]
  if (format !== undefined && !format.startsWith('+')) {
    complain(context, `invalid date '${format}'`)
    return 1
  }
  const standard = options.has('R') ? '%a, %d %b %Y %T %z' : '%a %b %e %H:%M:%S %Z %Y'
  context.out(`${formatDate(format?.slice(1) ?? standard, when)}\n`)
  return 0
}
