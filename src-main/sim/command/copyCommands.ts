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
import type { Container } from '../docker/state.ts'
import { readTar, writeTar } from '../docker/tarStream.ts'
import type { Syscalls } from '../vfs/syscalls.ts'
import { flagOn, flagText } from './flags.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'

interface Place {
  /** null: on the host. */
  readonly container: string | null
  readonly path: string
}

/** `name:path`, unless a slash or dot comes first: then it is a path of the host. */
const placeOf = (word: string): Place => {
  const colon = word.indexOf(':')
  if (colon <= 0 || /^[./]/.test(word) || word.slice(0, colon).includes('/')) {
    return { container: null, path: word }
  }
  return { container: word.slice(0, colon), path: word.slice(colon + 1) }
}

const notFound = (client: Client, path: string, name: string): number =>
  daemonError(client, `Could not find the file ${path} in container ${name}`)

/** `dir/.`: the content of a directory, not the directory. */
const isContentOnly = (path: string): boolean => /(^|\/)\.$/.test(path)

interface Copy {
  readonly from: Syscalls
  readonly source: string
  /** The name that the copy gets in a directory. */
  readonly name: string
  readonly to: Syscalls
  /** Absolute, cleaned. */
  readonly target: string
  readonly wantsDirectory: boolean
  readonly contentOnly: boolean
}

type CopyResult =
  | { readonly ok: true; readonly path: string }
  | {
      readonly ok: false
      readonly reason: 'no-parent' | 'no-directory' | 'not-directory' | 'parent-is-file' | string
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
const sourceOf = (
  sys: Syscalls,
  written: string,
  path: string,
  follow: boolean,
): Pick<Copy, 'source' | 'name' | 'contentOnly'> => ({
  source: follow || /\/\.?$/.test(written) ? followed(sys, path) : path,
  name: baseName(path),
  contentOnly: isContentOnly(written),
})

const runCopy = (copy: Copy): CopyResult => {
  const source = copy.from.lstat(copy.source)
  const place = followed(copy.to, copy.target)
  const target = copy.to.stat(place)
  if (!source.ok) return { ok: false, reason: 'no-source' }
  const isDirectory = source.value.kind === 'dir'
  let path = place
  if (target.ok && target.value.kind === 'dir') {
    if (!copy.contentOnly) path = absolutePath(copy.name, place)
  } else if (target.ok) {
    if (isDirectory) return { ok: false, reason: 'cannot copy directory' }
    if (copy.wantsDirectory) return { ok: false, reason: 'not-directory' }
  } else {
    const parent = copy.to.stat(parentOf(place))
    if (!parent.ok) return { ok: false, reason: 'no-parent' }
    if (parent.value.kind !== 'dir') return { ok: false, reason: 'parent-is-file' }
    if (!isDirectory && copy.wantsDirectory) return { ok: false, reason: 'no-directory' }
  }
  const copied = copyOver(copy.from, copy.source, copy.to, path)
  return copied.ok ? { ok: true, path } : { ok: false, reason: copied.error }
}

const copyToContainer = (
  client: Client,
  source: string,
  container: Container,
  name: string,
  target: string,
  follow: boolean,
): number => {
  if (container.hostConfig.readOnly)
    return daemonError(client, 'container rootfs is marked read-only')
  const to = client.engine.rootCalls(archiveNamespace(client.engine, container))
  const absolute = absolutePath(target, '/')
  if (source === '-') {
    const directory = to.stat(absolute)
    if (!directory.ok || directory.value.kind !== 'dir') {
      client.err(`destination "${name}:${target}" must be a directory\n`)
      return 1
    }
    const entries = readTar(client.stdin())
    if (entries === null) return daemonError(client, 'invalid tar header')
    const unpacked = unpackTar(to, absolute, entries)
    return unpacked.ok ? 0 : daemonError(client, unpacked.error)
  }
  const path = absolutePath(source, client.cwd)
  if (!client.sys.lstat(path).ok) {
    client.err(`lstat ${path}: no such file or directory\n`)
    return 1
  }
  const copied = runCopy({
    from: client.sys,
    ...sourceOf(client.sys, source, path, follow),
    to,
    target: absolute,
    wantsDirectory: /\/\.?$/.test(target),
  })
  if (copied.ok) {
    to.lchown(copied.path, 0, 0)
    return 0
  }
  if (copied.reason === 'no-parent') return notFound(client, parentOf(absolute), name)
  if (copied.reason === 'parent-is-file')
    return daemonError(client, 'extraction point is not a directory')
  if (copied.reason === 'no-directory') {
    client.err('no such directory\n')
    return 1
  }
  if (/EROFS/.test(copied.reason)) return daemonError(client, 'mounted volume is marked read-only')
  client.err(`${copied.reason}\n`)
  return 1
}

const copyFromContainer = (
  client: Client,
  container: Container,
  name: string,
  source: string,
  target: string,
  follow: boolean,
): number => {
  const from = client.engine.rootCalls(archiveNamespace(client.engine, container))
  const path = absolutePath(source, '/')
  const what = sourceOf(from, source, path, follow)
  if (!from.lstat(what.source).ok) return notFound(client, path, name)
  if (target === '-') {
    client.out(writeTar(tarOfPath(from, what.source, path === '/' ? '.' : what.name)))
    return 0
  }
  const to = absolutePath(target, client.cwd)
  const copied = runCopy({
    from,
    ...what,
    to: client.sys,
    target: to,
    wantsDirectory: target.endsWith('/'),
  })
  if (copied.ok) return 0
  if (copied.reason === 'no-parent') {
    const missing = JSON.stringify(parentOf(to))
    client.err(`invalid output path: directory ${missing} does not exist\n`)
  } else if (copied.reason === 'no-directory') client.err('no such directory\n')
  else if (copied.reason === 'parent-is-file') client.err(`stat ${to}: not a directory\n`)
  else client.err(`${copied.reason}\n`)
  return 1
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
    const [source, target] = parsed.words.map(placeOf)
    if (source === undefined || target === undefined) return 1
    if (source.container !== null && target.container !== null) {
      client.err('copying between containers is not supported\n')
      return 1
    }
    const name = source.container ?? target.container
    if (name === null) {
      client.err('must specify at least one container source\n')
      return 1
    }
    if (source.path === '' || target.path === '') {
      client.err(`${source.path === '' ? 'source' : 'destination'} can not be empty\n`)
      return 1
    }
    const container = client.engine.findContainer(name)
    if (source.container === null && source.path !== '-' && container === null) {
      const path = absolutePath(source.path, client.cwd)
      if (!client.sys.lstat(path).ok) {
        client.err(`lstat ${path}: no such file or directory\n`)
        return 1
      }
    }
    if (container === null) return daemonError(client, `No such container: ${name}`)
    const follow = flagOn(parsed, 'follow-link')
    return source.container === null
      ? copyToContainer(client, source.path, container, name, target.path, follow)
      : copyFromContainer(client, container, name, source.path, target.path, follow)
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
