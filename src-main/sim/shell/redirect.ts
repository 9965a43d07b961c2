import { done, type Errno, errnoText, type Sys } from '../errno.ts'
import { contentOf } from '../tree/content.ts'
import type { OpenFlags } from '../vfs/syscalls.ts'
import { BudgetSignal, syscallsOf } from './machine.ts'
import { openProc } from './procFiles.ts'
import { RedirectionFault, type ShellState } from './shellState.ts'
import { deviceStream, fileStream, inputStream, type Stream, shared } from './streams.ts'
import type { Redirection, RedirectionKind } from './syntax.ts'

const flagsOf: Partial<Record<RedirectionKind, OpenFlags>> = {
  '<': { read: true },
  '>': { write: true, create: true, truncate: true },
  '>|': { write: true, create: true, truncate: true },
  '&>': { write: true, create: true, truncate: true },
  '>>': { write: true, create: true, append: true },
  '<>': { read: true, write: true, create: true },
}

const reason = (kind: RedirectionKind, errno: Errno): string => {
  if (errno !== 'ENOENT') return errnoText[errno]
  return kind === '<' ? 'no such file' : 'nonexistent directory'
}

/** Nobody ever opens a fifo's other end: programs here run one after the other. */
const waitForOtherEnd = ({ context }: ShellState): never => {
  if (context.isMain) context.park(null)
  throw new BudgetSignal('waiting for the other end of a fifo')
}

const openStream = (
  shell: ShellState,
  kind: RedirectionKind,
  path: string,
  streams: ReadonlyMap<number, Stream>,
): Sys<Stream> => {
  const device = deviceStream(path, streams)
  if (device !== null) return device
  const sys = syscallsOf({ ...shell.context.proc, cwd: shell.cwd, umask: shell.umask })
  const flags = flagsOf[kind] ?? { read: true }
  if (kind !== '<' && shell.options.has('C') && kind === '>' && sys.stat(path).ok) {
    return { ok: false, errno: 'EEXIST' }
  }
  const fd = sys.open(path, flags, 0o666)
  const opened = fd.ok || fd.errno === 'ENXIO' ? sys.stat(path) : null
  if (kind !== '<>' && opened?.ok && opened.value.kind === 'fifo') waitForOtherEnd(shell)
  if (fd.ok) return done(fileStream(sys, fd.value))
  const made = kind === '<' ? openProc(shell.context.proc, path) : null
  return made === null ? fd : done(inputStream(made))
}

/** The descriptors of a command after its redirections, left to right; and what to close after it. */
export const applyRedirections = (
  shell: ShellState,
  redirections: readonly Redirection[],
  expand: (redirection: Redirection) => string,
): { readonly streams: ReadonlyMap<number, Stream>; readonly opened: readonly Stream[] } => {
  const streams = new Map(shell.streams)
  const opened: Stream[] = []
  const fail = (message: string): never => {
    for (const stream of opened) stream.close()
    throw new RedirectionFault(message)
  }
  for (const one of redirections) {
    const target = expand(one)
    if (one.kind === '<<') streams.set(one.fd, inputStream(contentOf(target)))
    else if ((one.kind === '>&' || one.kind === '<&') && /^(\d+|-)$/.test(target)) {
      const source = target === '-' ? null : streams.get(Number(target))
      if (source === undefined) fail(`${target}: Bad file descriptor`)
      else if (source === null) streams.delete(one.fd)
      else streams.set(one.fd, shared(source))
    } else {
      const both = one.kind === '&>' || (one.kind === '>&' && one.fd === 1)
      const kind = both ? '>' : one.kind
      const stream = openStream(shell, kind, target, streams)
      if (!stream.ok) {
        // bash names the file alone, busybox what it could not do with it.
        if (shell.context.flavour === 'gnu') return fail(`${target}: ${errnoText[stream.errno]}`)
        const verb = kind === '<' ? 'open' : 'create'
        return fail(`can't ${verb} ${target}: ${reason(kind, stream.errno)}`)
      }
      opened.push(stream.value)
      streams.set(one.fd, stream.value)
      if (both) streams.set(2, shared(stream.value))
    }
  }
  return { streams, opened }
}
