import type { InternalProgram, Proc, ProcessContext } from '../machine.ts'
import {
  complain,
  groupNames,
  isGnu,
  lastPart,
  readInput,
  readOptions,
  textOf,
  userNames,
} from './support.ts'

interface Row {
  readonly pid: number
  readonly ppid: number
  readonly uid: number
  readonly gid: number
  readonly comm: string
  readonly args: string
}

interface Column {
  readonly heading: string
  readonly width: number
  readonly value: (row: Row) => string
}

/** What a process below the container's first one counts from: it is not the engine's first start. */
const firstPid = 7

/** A process of the list, first to last: the ones that wait for each other down to this `ps`. */
const chainOf = (proc: Proc): readonly Proc[] =>
  proc.parent === undefined ? [proc] : [...chainOf(proc.parent), proc]

/** busybox's shell runs an applet in a copy of itself: its command line stays the shell's. */
const shownArgs = (proc: Proc, comm: string): string => {
  const words = proc.forkedFrom ?? proc.argv
  const own = lastPart(words[0] ?? '')
  return `${own === comm ? '' : `{${comm}} `}${words.join(' ')}`
}

const rowsOf = (context: ProcessContext): readonly Row[] => {
  const { proc } = context
  const chain = chainOf(proc)
  const base = proc.machine.lastPid + firstPid
  const pidAt = (i: number): number => (proc.isMain && i === 0 ? 1 : base + i)
  const rows = chain.map((one, i) => {
    const comm = lastPart(one.argv[0] ?? '')
    const ppid = i === 0 ? 0 : pidAt(i - 1)
    return { pid: pidAt(i), ppid, uid: one.uid, gid: one.gid, comm, args: shownArgs(one, comm) }
  })
  if (proc.isMain) return rows
  const main = readInput(context, '/proc/1/cmdline')
  const words = main.ok ? textOf(main.content).split('\0').filter(Boolean) : []
  const owner = context.sys.stat('/proc/1')
  const { uid, gid } = owner.ok ? owner.value : { uid: 0, gid: 0 }
  const comm = lastPart(words[0] ?? '')
  return [{ pid: 1, ppid: 0, uid, gid, comm, args: words.join(' ') }, ...rows]
}

const names = 'user,group,comm,args,pid,ppid,pgid,nice,rgroup,ruser,tty,vsz,sid,stat,rss'.split(',')

const columnsOf = (context: ProcessContext): ReadonlyMap<string, Column> => {
  const [users, groups] = [userNames(context), groupNames(context)]
  return new Map<string, Column>([
    ['pid', { heading: 'PID', width: 5, value: ({ pid }) => String(pid) }],
    ['ppid', { heading: 'PPID', width: 5, value: ({ ppid }) => String(ppid) }],
    ['user', { heading: 'USER', width: 8, value: ({ uid }) => users.get(uid) ?? String(uid) }],
    ['group', { heading: 'GROUP', width: 8, value: ({ gid }) => groups.get(gid) ?? String(gid) }],
    ['comm', { heading: 'COMMAND', width: 16, value: ({ comm }) => comm }],
    ['args', { heading: 'COMMAND', width: 256, value: ({ args }) => args }],
  ])
}

/** Reads `-o pid,comm=NAME`: a heading of its own sets the width too. Null after a message. */
const chosenColumns = (
  context: ProcessContext,
  texts: readonly string[],
): readonly (Column & { readonly name: string })[] | null => {
  const known = columnsOf(context)
  const chosen: (Column & { readonly name: string })[] = []
  for (const text of texts.flatMap((one) => one.split(','))) {
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    const column = known.get(name)
    if (!names.includes(name)) {
      complain(context, `bad -o argument '${name}', supported arguments: ${names.join(',')}`)
      return null
    }
    if (column === undefined) {
      complain(context, `not simulated in Driftwood: -o ${name}`)
      return null
    }
    const heading = equals < 0 ? column.heading : text.slice(equals + 1)
    const width = equals < 0 || heading === '' ? column.width : heading.length
    chosen.push({ ...column, name, heading, width })
  }
  return chosen
}

/** ps, as busybox has it: the first process of the container and those that led to this one. */
export const ps: InternalProgram = (context) => {
  if (isGnu(context)) {
    complain(context, "not simulated in Driftwood: the host's processes")
    return 1
  }
  // Of the options only -o and -T are read; busybox takes what other systems' ps know and ignores it.
  const args = context.argv.slice(1)
  const asked = args.some((arg) => arg.startsWith('-o'))
  const options = asked ? readOptions(context, { short: 'o:T', args }) : null
  if (asked && options === null) return 1
  const columns = chosenColumns(context, options?.values('o') ?? ['pid', 'user', 'args'])
  if (columns === null) return 1
  const line = (texts: readonly string[]): string =>
    `${texts.map((text, i) => (i === texts.length - 1 ? text : text.padEnd(columns[i]?.width ?? 0))).join(' ')}\n`
  if (columns.some(({ heading }) => heading !== ''))
    context.out(line(columns.map(({ heading }) => heading)))
  for (const row of rowsOf(context)) {
    const isNumber = (name: string): boolean => name === 'pid' || name === 'ppid'
    context.out(
      line(
        columns.map(({ name, value, width }) =>
          isNumber(name) ? value(row).padStart(width) : value(row),
        ),
      ),
    )
  }
  return 0
}
