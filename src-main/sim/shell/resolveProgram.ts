import type { Content } from '../tree/content.ts'
import type { Syscalls } from '../vfs/syscalls.ts'
import { findExecutable, type Search } from './findExecutable.ts'
import type { Flavour, InternalProgram } from './machine.ts'
import { type Executable, headBytes, recogniseExecutable } from './programFile.ts'

export type Resolved =
  | {
      readonly kind: 'program'
      readonly program: InternalProgram
      readonly argv: readonly string[]
      readonly flavour: Flavour
    }
  /** A file with the x bit that is neither a program nor has a `#!` line. */
  | { readonly kind: 'unknown-format'; readonly path: string }
  | { readonly kind: 'not-found'; readonly argv0: string }
  | { readonly kind: 'not-executable'; readonly argv0: string }

const readHead = (sys: Syscalls, path: string): Content | null => {
  const fd = sys.open(path, { read: true })
  if (!fd.ok) return null
  const head = sys.pread(fd.value, 0, headBytes)
  sys.close(fd.value)
  return head.ok ? head.value : null
}

const baseName = (path: string): string => path.split('/').filter(Boolean).at(-1) ?? path

const fromBinary = (search: Search, name: string, argv: readonly string[]): Resolved => {
  const { binaries, tools } = search.machine.programs
  const binary = binaries.get(name)
  if (binary === undefined) return { kind: 'not-executable', argv0: argv[0] ?? '' }
  if (binary.program !== null) {
    return { kind: 'program', program: binary.program, argv, flavour: binary.flavour }
  }
  const own = baseName(argv[0] ?? '')
  const rest = own === name ? argv.slice(1) : [own, ...argv.slice(1)]
  const applet = rest[0] ?? ''
  const program =
    tools.get(baseName(applet)) ?? (own === name ? appletNotFound : appletNotSimulated)
  return { kind: 'program', program, argv: rest, flavour: binary.flavour }
}

const appletNotSimulated: InternalProgram = (context) => {
  context.err(`${context.argv[0] ?? ''}: not simulated in Driftwood\n`)
  return 1
}

const appletNotFound: InternalProgram = (context) => {
  const name = context.argv[0] ?? ''
  if (name === '') {
    context.out('BusyBox v1.35.0 multi-call binary.\n\nUsage: busybox [function [arguments]...]\n')
    return 0
  }
  context.err(`${name}: applet not found\n`)
  return 127
}

const follow = (
  search: Search,
  path: string,
  executable: Executable,
  argv: readonly string[],
  turns: number,
): Resolved => {
  if (executable.kind === 'program') return fromBinary(search, executable.name, argv)
  if (executable.kind === 'other') return { kind: 'unknown-format', path }
  const { interpreter, argument } = executable
  const next = [interpreter, ...(argument === null ? [] : [argument]), path, ...argv.slice(1)]
  if (turns > 4) return { kind: 'not-executable', argv0: argv[0] ?? '' }
  return resolve(search, next, turns + 1)
}

const resolve = (search: Search, argv: readonly string[], turns: number): Resolved => {
  const argv0 = argv[0] ?? ''
  const { machine, sys } = search
  const extra = argv0.includes('/') ? undefined : machine.extraPrograms.get(argv0)
  if (extra !== undefined) {
    return { kind: 'program', program: extra, argv, flavour: machine.flavour }
  }
  const found = findExecutable(search, argv0)
  if (typeof found === 'string') {
    const known =
      machine.flavour === 'gnu' ? machine.programs.tools.get(baseName(argv0)) : undefined
    if (found === 'not-found' && known !== undefined && /^(\/(usr\/)?s?bin\/)?[^/]+$/.test(argv0)) {
      return { kind: 'program', program: known, argv, flavour: 'gnu' }
    }
    return { kind: found, argv0 }
  }
  const head = readHead(sys, found.path)
  if (head === null) return { kind: 'not-executable', argv0 }
  return follow(search, found.path, recogniseExecutable(head), argv, turns)
}

/**
 * Which program a command line starts, as execve(2) and busybox decide it: by PATH, x bits, `#!`
 * lines and the content of the binary. The host (flavour `gnu`) has every tool without a file.
 */
export const resolveProgram = (search: Search, argv: readonly string[]): Resolved =>
  resolve(search, argv, 0)
