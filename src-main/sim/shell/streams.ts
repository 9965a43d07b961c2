import { done, type Errno, refused, type Sys } from '../errno.ts'
import { type Content, concat, emptyContent, slice, zeros } from '../tree/content.ts'
import type { Syscalls } from '../vfs/syscalls.ts'

/** What a descriptor of a process leads to: a file, a pipe's end, a device. */
export interface Stream {
  /** Why the bytes could not (all) be written; null when they were. */
  write(data: Content): Errno | null
  /** All that is left to read. */
  drain(): Sys<Content>
  /** The next line with its newline; null at the end. */
  readLine(): Sys<Content | null>
  /** The last holder is gone. */
  close(): void
  /** The open file behind it, if it is one. */
  readonly file?: { readonly sys: Syscalls; readonly fd: number }
}

/** /dev/zero never ends; this much of it is more than any disk here holds. */
export const endless = 2 ** 43

/** Where the line of `content` that begins at `from` ends, its newline included. */
export const lineEnd = (content: Content, from: number): number => {
  const newline = indexOfNewline(slice(content, from))
  return newline < 0 ? content.size : from + newline + 1
}

const indexOfNewline = (content: Content): number => {
  if (content.kind === 'hole') return -1
  if (content.kind === 'literal') return content.bytes.indexOf('\n')
  if (content.kind === 'join') {
    const left = indexOfNewline(content.left)
    if (left >= 0) return left
    const right = indexOfNewline(content.right)
    return right < 0 ? -1 : content.left.size + right
  }
  for (let i = 0; i < Math.min(content.size, content.fill.length); i += 1) {
    if (content.fill[(content.phase + i) % content.fill.length] === '\n') return i
  }
  return -1
}

/** Collects what is written: the write end of a pipe or a command substitution. */
export interface Capture extends Stream {
  taken(): Content
}

export const captureStream = (): Capture => {
  let all = emptyContent
  return {
    write: (data) => {
      all = concat(all, data)
      return null
    },
    drain: () => done(emptyContent),
    readLine: () => done(null),
    close: () => undefined,
    taken: () => all,
  }
}

/** Reads from what is already there: the read end of a pipe, a here-document. */
export const inputStream = (content: Content): Stream => {
  let at = 0
  return {
    write: () => 'EBADF',
    drain: () => {
      const rest = slice(content, at)
      at = content.size
      return done(rest)
    },
    readLine: () => {
      if (at >= content.size) return done(null)
      const end = lineEnd(content, at)
      const line = slice(content, at, end)
      at = end
      return done(line)
    },
    close: () => undefined,
  }
}

/** write(2) until all is written, or the errno that stopped it. Also says how much was. */
export const writeFully = (
  sys: Syscalls,
  fd: number,
  data: Content,
): { readonly written: number; readonly errno: Errno | null } => {
  let written = 0
  while (written < data.size) {
    const result = sys.write(fd, written === 0 ? data : slice(data, written))
    if (!result.ok) return { written, errno: result.errno }
    if (result.value === 0) return { written, errno: 'ENOSPC' }
    written += result.value
  }
  return { written, errno: null }
}

/** An open file. */
export const fileStream = (sys: Syscalls, fd: number): Stream => {
  let buffer = emptyContent
  return {
    file: { sys, fd },
    write: (data) => writeFully(sys, fd, data).errno,
    drain: () => {
      const rest = sys.read(fd, endless)
      if (!rest.ok) return rest
      const all = concat(buffer, rest.value)
      buffer = emptyContent
      return done(all)
    },
    readLine: () => {
      if (buffer.size === 0) {
        const rest = sys.read(fd, endless)
        if (!rest.ok) return rest
        buffer = rest.value
      }
      if (buffer.size === 0) return done(null)
      const end = lineEnd(buffer, 0)
      const line = slice(buffer, 0, end)
      buffer = slice(buffer, end)
      return done(line)
    },
    close: () => {
      sys.close(fd)
    },
  }
}

const device = (write: Errno | null, content: Content): Stream => ({
  write: () => write,
  drain: () => done(content),
  readLine: () => done(content.size === 0 ? null : content),
  close: () => undefined,
})

const nullStream = device(null, emptyContent)
const zeroStream = device(null, zeros(endless))
const fullStream = device('ENOSPC', zeros(endless))

/** The stream of a device file that every container and host has; null for other paths. */
export const deviceStream = (
  path: string,
  descriptors: ReadonlyMap<number, Stream>,
): Sys<Stream> | null => {
  const name =
    /^\/dev\/(?:(null|zero|full|random|urandom|tty|stdin|stdout|stderr)|fd\/(\d+))$/.exec(path)
  if (name === null) return null
  switch (name[1]) {
    case 'null':
      return done(nullStream)
    case 'zero':
    case 'random':
    case 'urandom':
      return done(zeroStream)
    case 'full':
      return done(fullStream)
    case 'tty':
      return refused('ENXIO')
    default: {
      const numbers: Record<string, number> = { stdin: 0, stdout: 1, stderr: 2 }
      const stream = descriptors.get(numbers[name[1] ?? ''] ?? Number(name[2]))
      return stream === undefined ? refused('ENOENT') : done(shared(stream))
    }
  }
}

/** The same stream under another name: closing this name closes nothing. */
export const shared = (stream: Stream): Stream => ({ ...stream, close: () => undefined })
