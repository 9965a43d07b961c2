import {
  archiveNamespace,
  baseName,
  copyOver,
  exportContainer,
  parentOf,
  tarOfPath,
  unpackTar,
} from '../docker/archive.ts'
import { writeHostFile } from '../docker/hostFiles.ts'
import { absolutePath } from '../docker/mountSpec.ts'
import type { Reply } from '../docker/reply.ts'
import type { Container } from '../docker/state.ts'
import { readTar, writeTar } from '../docker/tarStream.ts'
import type { Syscalls } from '../vfs/syscalls.ts'
import { flagOn, flagText } from './flags.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'

interface Word {
  /** null: on the host. */
  readonly container: string | null
  readonly path: string
}

/** `name:path`, unless a slash or dot comes first: then it is a path of the host. */
const wordOf = (word: string): Word => {
  const colon = word.indexOf(':')
  if (colon <= 0 || /^[./]/.test(word) || word.slice(0, colon).includes('/')) {
    return { container: null, path: word }
  }
  return { container: word.slice(0, colon), path: word.slice(colon + 1) }
}

const notFound = (client: Client, path: string, name: string): number =>
  daemonError(client, `Could not find the file ${path} in container ${name}`)

const fail = (client: Client, message: string): number => {
  client.err(`${message}\n`)
  return 1
}

/** `dir/.`: the content of a directory, not the directory. */
const isContentOnly = (path: string): boolean => /(^|\/)\.$/.test(path)

/** A slash or a slash and a dot at the end say that a directory is meant. */
const endOf = (written: string): string => /\/\.?$/.exec(written)?.[0] ?? ''
const assertsDirectory = (written: string): boolean => endOf(written) !== ''

/** An absolute, cleaned path with the end that was written. */
const withEnd = (path: string, written: string): string =>
  `${path}${path === '/' ? '' : endOf(written)}`

interface Source {
  readonly path: string
  /** The name that the copy gets in a directory. */
  readonly name: string
  readonly contentOnly: boolean
}

interface Copy {
  readonly from: Syscalls
  readonly source: Source
  readonly to: Syscalls
  /** Absolute, cleaned. */
  readonly target: string
  readonly wantsDirectory: boolean
  /** Who gets the copies; null: the owners of what is copied. */
  readonly owner: { readonly uid: number; readonly gid: number } | null
}

const mostLinks = 40

/** Where a symlink leads in the end, which need not be there; other paths stay. */
const followed = (sys: Syscalls, path: string): string => {
  let at = path
  for (let turn = 0; turn < mostLinks; turn += 1) {
    const target = sys.readlink(at)
    if (!target.ok) return at
    at = absolutePath(target.value, parentOf(at))
  }
  return at
}

/** A symlink is copied as one, unless `-L` or a slash at its end asks for what it leads to. */
const sourceOf = (sys: Syscalls, written: string, path: string, follow: boolean): Source => ({
  path: follow || assertsDirectory(written) ? followed(sys, path) : path,
  name: baseName(path),
  contentOnly: isContentOnly(written),
})

/** What the client finds wrong with where the copy is to go, before it asks the engine; or null. */
const unfitTarget = ({ from, source, to, target, wantsDirectory }: Copy): string | null => {
  const isDirectory = from.lstat(source.path)
  const there = to.stat(target)
  if (!isDirectory.ok) return null
  if (isDirectory.value.kind === 'dir')
    return there.ok && there.value.kind !== 'dir' ? 'cannot copy directory' : null
  return wantsDirectory && !(there.ok && there.value.kind === 'dir') ? 'no such directory' : null
}

const runCopy = (copy: Copy): Reply<void> => {
  const { from, source, to, owner } = copy
  const target = to.stat(copy.target)
  const isInto = target.ok && target.value.kind === 'dir' && !source.contentOnly
  const path = isInto ? absolutePath(source.name, copy.target) : copy.target
  return copyOver(from, source.path, to, path, owner)
}

/** The engine lets nothing into a read-only root or volume. */
const readOnlyProblem = (container: Container, path: string): string | null => {
  const holds = ({ target }: { readonly target: string }): boolean =>
    path === target || path.startsWith(`${target}/`)
  const volume = container.mounts.find((mount) => mount.type !== 'tmpfs' && holds(mount))
  if (volume?.readOnly) return 'mounted volume is marked read-only'
  const isShut = volume === undefined && container.hostConfig.readOnly
  return isShut ? 'container rootfs is marked read-only' : null
}

/** The first part of a path that is not there, as lstat names it while it walks. */
const firstMissing = (sys: Syscalls, path: string): string => {
  const parts = path.split('/')
  const at = parts.findIndex((_, i) => i > 0 && !sys.lstat(parts.slice(0, i + 1).join('/')).ok)
  return at < 0 ? path : parts.slice(0, at + 1).join('/')
}

interface Place {
  /** null: there is none of that name. */
  readonly container: Container | null
  readonly name: string
  /** As written; nothing means the root. */
  readonly path: string
}

const noContainer = (client: Client, name: string): number =>
  daemonError(client, `No such container: ${name}`)

const callsIn = (client: Client, container: Container): Syscalls =>
  client.engine.rootCalls(archiveNamespace(client.engine, container))

const unpackInto = (client: Client, { container, name, path }: Place): number => {
  const absolute = absolutePath(path, '/')
  const to = container === null ? null : callsIn(client, container)
  const directory = to?.stat(absolute)
  if (!directory?.ok || directory.value.kind !== 'dir' || container === null || to === null)
    return fail(client, `destination "${name}:${path}" must be a directory`)
  const shut = readOnlyProblem(container, absolute)
  if (shut !== null) return daemonError(client, shut)
  const entries = readTar(client.stdin())
  if (entries === null) return daemonError(client, 'invalid tar header')
  const unpacked = unpackTar(to, absolute, entries)
  return unpacked.ok ? 0 : daemonError(client, unpacked.error)
}

const copyToContainer = (
  client: Client,
  written: string,
  place: Place,
  follow: boolean,
): number => {
  if (written === '-') return unpackInto(client, place)
  const { container, name } = place
  // Without a path the target is a directory that is not there, to be made in place of the root.
  const isBare = place.path === ''
  const path = absolutePath(written, client.cwd)
  const found = sourceOf(client.sys, written, path, follow)
  const source = { ...found, contentOnly: found.contentOnly || isBare }
  const stat = client.sys.lstat(source.path)
  if (!stat.ok) {
    const missing = source.path === path ? path : firstMissing(client.sys, source.path)
    return fail(client, `lstat ${missing}: no such file or directory`)
  }
  if (stat.value.kind !== 'dir' && assertsDirectory(written)) return fail(client, 'not a directory')
  const wantsDirectory = assertsDirectory(place.path)
  const isDirectory = stat.value.kind === 'dir'
  if (!isDirectory && (isBare || (wantsDirectory && container === null)))
    return fail(client, 'no such directory')
  if (container === null) return noContainer(client, name)
  const absolute = absolutePath(place.path, '/')
  const to = callsIn(client, container)
  const target = followed(to, absolute)
  const copy: Copy = { from: client.sys, source, to, target, wantsDirectory, owner: null }
  const unfit = unfitTarget(copy)
  if (unfit !== null) return fail(client, unfit)
  const parent = to.stat(target).ok ? null : to.stat(parentOf(target))
  if (parent?.ok === false) return notFound(client, parentOf(absolute), name)
  if (parent?.ok && parent.value.kind !== 'dir')
    return daemonError(client, 'extraction point is not a directory')
  const shut = readOnlyProblem(container, absolute)
  if (shut !== null) return daemonError(client, shut)
  const copied = runCopy(copy)
  return copied.ok ? 0 : fail(client, copied.error)
}

/** What the client finds wrong with a path of the host that it is to write, or null. */
const outputProblem = (client: Client, written: string): string | null => {
  const path = absolutePath(written, client.cwd)
  const parent = client.sys.stat(parentOf(path))
  if (!parent.ok && parent.errno === 'ENOENT') {
    return `invalid output path: directory ${JSON.stringify(parentOf(path))} does not exist`
  }
  const stat = client.sys.stat(path)
  const isFile = stat.ok && stat.value.kind !== 'dir' && assertsDirectory(written)
  return isFile || (!stat.ok && stat.errno === 'ENOTDIR')
    ? `stat ${withEnd(path, written)}: not a directory`
    : null
}

const copyFromContainer = (
  client: Client,
  place: Place,
  written: string,
  follow: boolean,
): number => {
  const { container, name } = place
  const unfitOutput = written === '-' ? null : outputProblem(client, written)
  if (unfitOutput !== null) return fail(client, unfitOutput)
  if (place.path === '') return daemonError(client, 'bad parameter: pathcannot be empty')
  if (container === null) return noContainer(client, name)
  const from = callsIn(client, container)
  const path = absolutePath(place.path, '/')
  const source = sourceOf(from, place.path, path, follow)
  const stat = from.lstat(source.path)
  if (!stat.ok) {
    const missing = source.path === path ? withEnd(path, place.path) : source.path
    return notFound(client, missing, name)
  }
  if (stat.value.kind !== 'dir' && assertsDirectory(place.path))
    return daemonError(client, `lstat ${withEnd(path, place.path)}: not a directory`)
  if (written === '-') {
    const root = path === '/' ? '' : source.name
    client.out(writeTar(tarOfPath(from, source.path, source.contentOnly ? '.' : root)))
    return 0
  }
  const copy: Copy = {
    from,
    source,
    to: client.sys,
    target: followed(client.sys, absolutePath(written, client.cwd)),
    wantsDirectory: assertsDirectory(written),
    owner: client.sys.task,
  }
  const unfit = unfitTarget(copy)
  if (unfit !== null) return fail(client, unfit)
  const copied = runCopy(copy)
  return copied.ok ? 0 : fail(client, copied.error)
}

const cpCommand: Command = {
  path: 'container cp',
  aliases: ['cp'],
  usage:
    '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  summary: 'Copy files between a container, running or not, and the host',
  flags: [
    { name: 'archive', short: 'a', type: 'bool' },
    { name: 'follow-link', short: 'L', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
  ],
  min: 2,
  max: 2,
  run: (client, parsed) => {
    const [from = '', to = ''] = parsed.words
    if (from === '') return fail(client, 'source can not be empty')
    if (to === '') return fail(client, 'destination can not be empty')
    const [source, target] = [wordOf(from), wordOf(to)]
    if (source.container !== null && target.container !== null)
      return fail(client, 'copying between containers is not supported')
    const name = source.container ?? target.container
    if (name === null) return fail(client, 'must specify at least one container source')
    const container = client.engine.findContainer(name)
    const follow = flagOn(parsed, 'follow-link')
    return source.container === null
      ? copyToContainer(client, source.path, { container, name, path: target.path }, follow)
      : copyFromContainer(client, { container, name, path: source.path }, target.path, follow)
  },
}

const exportCommand: Command = {
  path: 'container export',
  aliases: ['export'],
  usage: '[OPTIONS] CONTAINER',
  summary: "Write a container's file system as a tar archive; what is mounted stays out",
  flags: [{ name: 'output', short: 'o', type: 'string' }],
  min: 1,
  max: 1,
  run: (client, parsed) => {
    const name = parsed.words[0] ?? ''
    const container = client.engine.findContainer(name)
    if (container === null) return daemonError(client, `No such container: ${name}`)
    const archive = exportContainer(client.engine, container)
    const output = flagText(parsed, 'output')
    if (output === undefined) client.out(archive)
    else if (!writeHostFile(client.sys, output, archive)) {
      client.err(`failed to export container: cannot write ${output}\n`)
      return 1
    }
    return 0
  },
}

export const copyCommands: readonly Command[] = [cpCommand, exportCommand]
