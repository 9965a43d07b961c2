import type { Outcome } from './apply.ts'
import { Engine } from './docker/engine.ts'
import { readHostFile } from './docker/hostFiles.ts'
import { absolutePath } from './docker/mountSpec.ts'
import { errnoText } from './errno.ts'
import { contentOf, toText } from './tree/content.ts'
import type { World } from './world.ts'

/** Largest file that the editor opens or saves, in bytes. */
export const largestEditable = 16_384

/** A file of the player's project, as a list shows it. */
export interface HostFolderEntry {
  /** Relative to the host's working directory. */
  readonly path: string
  readonly bytes: number
  /** Small, and text. */
  readonly editable: boolean
}

export type HostFileText =
  | { readonly ok: true; readonly path: string; readonly text: string }
  | { readonly ok: false; readonly error: string }

const hasTextOnly = (text: string): boolean => !text.includes('\0') && !text.includes('\ufffd')

/** What the editor opens: a small text file of the host. The error is a sentence of the editor. */
export const hostFileText = (world: World, path: string): HostFileText => {
  const at = absolutePath(path, world.host.cwd)
  const sys = new Engine(world).hostCalls
  const stat = sys.stat(at)
  if (!stat.ok) return { ok: false, error: `${path}: ${errnoText[stat.errno]}` }
  if (stat.value.kind === 'dir') return { ok: false, error: `${path}: Is a directory` }
  if (stat.value.size > largestEditable) return { ok: false, error: `${path}: File too large` }
  const content = readHostFile(sys, at)
  const text = content === null ? null : toText(content)
  return text !== null && hasTextOnly(text)
    ? { ok: true, path: at, text }
    : { ok: false, error: `${path}: Not a text file` }
}

/**
 * Saves a file of the host as an editor that writes in place does: the file keeps its inode, so a
 * container that has it bind-mounted sees the new text.
 */
export const saveHostFile = (world: World, path: string, text: string): Outcome => {
  const at = absolutePath(path, world.host.cwd)
  const engine = new Engine(world)
  const refused = (why: string): Outcome => ({
    world,
    stdout: '',
    stderr: `nano: ${path}: ${why}\n`,
    exit: 1,
    steps: [],
  })
  const content = contentOf(text)
  if (content.size > largestEditable) return refused('File too large')
  if (/^\/(?:proc|sys|dev|var\/lib\/docker)(?:\/|$)/.test(at)) return refused(errnoText.EACCES)
  const sys = engine.hostCalls
  const fd = sys.open(at, { write: true, create: true, truncate: true }, 0o644)
  if (!fd.ok) return refused(errnoText[fd.errno])
  const written = sys.write(fd.value, content)
  sys.close(fd.value)
  if (!written.ok) return { ...refused(errnoText[written.errno]), world: engine.world }
  return { world: engine.world, stdout: '', stderr: '', exit: 0, steps: engine.steps }
}

/** Most files that a list of the project's folder shows. */
const longestList = 200

/** Files below the host's working directory, by path; directories are walked in order of names. */
export const hostFolder = (world: World): readonly HostFolderEntry[] => {
  const sys = new Engine(world).hostCalls
  const found: HostFolderEntry[] = []
  const walk = (directory: string, prefix: string): void => {
    const entries = sys.readdir(directory)
    for (const { name, kind } of entries.ok ? entries.value : []) {
      if (found.length >= longestList) return
      const at = `${directory === '/' ? '' : directory}/${name}`
      if (kind === 'dir') walk(at, `${prefix}${name}/`)
      if (kind !== 'file') continue
      const bytes = sys.stat(at)
      const isSmall = bytes.ok && bytes.value.size <= largestEditable
      found.push({
        path: `${prefix}${name}`,
        bytes: bytes.ok ? bytes.value.size : 0,
        editable: isSmall && hostFileText(world, at).ok,
      })
    }
  }
  walk(world.host.cwd, '')
  return found
}
