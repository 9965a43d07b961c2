import { lineEnd } from '../shell/streams.ts'
import { toText } from '../tree/content.ts'
import type { Syscalls } from '../vfs/syscalls.ts'
import { readHostFile } from './hostFiles.ts'
import { bad, good, type Reply } from './reply.ts'

export interface ProcessUser {
  readonly uid: number
  readonly gid: number
  readonly home: string
}

/** A line this long is more than the engine and runc read (bufio.Scanner): they give up. */
const longestLine = 65_536

/** Why the file cannot be read to its end; null when it can, or is not there. */
const unreadable = (sys: Syscalls, path: string, shown: string): string | null => {
  const stat = sys.stat(path)
  if (stat.ok && stat.value.kind === 'dir') return `read ${shown}: is a directory`
  const content = readHostFile(sys, path)
  if (content === null) return null
  for (let from = 0; from < content.size; ) {
    const end = lineEnd(content, from)
    if (end - from > longestLine) return 'bufio.Scanner: token too long'
    from = end
  }
  return null
}

const recordsOf = (sys: Syscalls, path: string): readonly (readonly string[])[] => {
  const content = readHostFile(sys, path)
  if (content === null || content.size > 1 << 20) return []
  return toText(content)
    .split('\n')
    .map((line) => line.split(':'))
}

/**
 * Who `-u name|uid[:group|gid]` is, by the container's own /etc/passwd and /etc/group. `seenAt`: where
 * who looks has the container's root, for the errors.
 */
export const parseUser = (sys: Syscalls, text: string, seenAt = ''): Reply<ProcessUser> => {
  const [who = '', group] = text.split(':')
  const fault = unreadable(sys, '/etc/passwd', `${seenAt}/etc/passwd`)
  if (fault !== null) return bad(`unable to find user ${who || 0}: ${fault}`)
  const passwd = recordsOf(sys, '/etc/passwd')
  const entry =
    who === ''
      ? passwd.find(([, , uid]) => uid === '0')
      : (passwd.find(([name]) => name === who) ?? passwd.find(([, , uid]) => uid === who))
  const isNumber = /^\d+$/.test(who)
  if (entry === undefined && !isNumber && who !== '') {
    return bad(`unable to find user ${who}: no matching entries in passwd file`)
  }
  const uid = entry === undefined ? Number(who || 0) : Number(entry[2])
  let gid = entry === undefined ? 0 : Number(entry[3])
  if (group !== undefined) {
    const found = recordsOf(sys, '/etc/group').find(
      ([name, , id]) => name === group || id === group,
    )
    if (found === undefined && !/^\d+$/.test(group)) {
      return bad(`unable to find group ${group}: no matching entries in group file`)
    }
    gid = found === undefined ? Number(group) : Number(found[2])
  }
  return good({ uid, gid, home: entry?.[5] || '/' })
}
