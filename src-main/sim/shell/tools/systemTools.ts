import type { InternalProgram } from '../machine.ts'
import {
  complain,
  groupNames,
  isGnu,
  linesOf,
  readInput,
  readOptions,
  textOf,
  userNames,
} from './support.ts'

export const id: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'ugGnr' })
  if (options === null) return 1
  const users = userNames(context)
  const groups = groupNames(context)
  const { sys } = context
  let { uid, gid } = sys.task
  const who = options.operands[0]
  if (who !== undefined) {
    const found = [...users].find(([number, name]) => name === who || String(number) === who)
    if (found === undefined) {
      complain(context, isGnu(context) ? `'${who}': no such user` : `unknown user ${who}`)
      return 1
    }
    uid = found[0]
    gid = found[0]
  }
  const named = (number: number, names: ReadonlyMap<number, string>): string => {
    const name = names.get(number)
    return name === undefined ? String(number) : `${number}(${name})`
  }
  const plain = (number: number, names: ReadonlyMap<number, string>): string =>
    options.has('n') ? (names.get(number) ?? String(number)) : String(number)
  if (options.has('u')) context.out(`${plain(uid, users)}\n`)
  else if (options.has('g') || options.has('G')) context.out(`${plain(gid, groups)}\n`)
  else {
    const groupList = isGnu(context) || uid !== 0 ? ` groups=${named(gid, groups)}` : ''
    context.out(`uid=${named(uid, users)} gid=${named(gid, groups)}${groupList}\n`)
  }
  return 0
}

export const whoami: InternalProgram = (context) => {
  const name = userNames(context).get(context.sys.task.uid)
  if (name === undefined) {
    complain(context, `unknown uid ${context.sys.task.uid}`)
    return 1
  }
  context.out(`${name}\n`)
  return 0
}

export const hostname: InternalProgram = (context) => {
  const input = readInput(context, '/etc/hostname')
  const own = input.ok ? textOf(input.content).trim() : ''
  const fallback = context.proc.machine.hostName
  context.out(`${own === '' ? fallback : own}\n`)
  return 0
}

export const uname: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'amnrspvio' })
  if (options === null) return 1
  const { hostName } = context.proc.machine
  const fields: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', hostName],
    ['r', '6.18.44'],
    ['v', '#1 SMP'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ]
  const shown = fields.filter(([letter]) => options.has('a') || options.has(letter))
  context.out(
    `${(shown.length === 0 ? fields.slice(0, 1) : shown).map(([, text]) => text).join(' ')}\n`,
  )
  return 0
}

export const nproc: InternalProgram = (context) => {
  context.out('2\n')
  return 0
}

export const mount: InternalProgram = (context) => {
  if (context.argv.length > 1) {
    complain(context, 'permission denied (are you root?)')
    return 1
  }
  const input = readInput(context, '/proc/mounts')
  for (const line of input.ok ? linesOf(textOf(input.content)) : []) {
    const [source = '', at = '', type = '', flags = ''] = line.split(' ')
    context.out(`${source} on ${at} type ${type} (${flags})\n`)
  }
  return 0
}

export const killTool: InternalProgram = (context) => {
  const targets = context.argv.slice(1).filter((arg) => !arg.startsWith('-'))
  if (targets.length === 0) {
    complain(context, 'you need to specify whom to kill')
    return 1
  }
  for (const target of targets) complain(context, `can't kill pid ${target}: No such process`)
  return 1
}
