import { resolve } from 'node:path'
import type { App } from 'electron'
import { openedKind } from '../calls/brought.ts'

interface Preventable {
  readonly preventDefault: () => void
}

/** What of Electron's app hands over files. */
export interface FileOpeningApp {
  /** Tells the instance that runs already what this one was given; false: there is one. */
  readonly lock: (told: { readonly files: readonly string[] }) => boolean
  readonly onSecondInstance: (then: (told: unknown) => void) => void
  /** macOS only; also before the app is ready. */
  readonly onOpenFile: (then: (event: Preventable, path: string) => void) => void
}

/** A real app as above. */
export const fileOpeningApp = (app: App): FileOpeningApp => ({
  lock: (told) => app.requestSingleInstanceLock(told),
  // Chromium reorders `argv` and adds to it; what was told comes as it was.
  onSecondInstance: (then) =>
    app.on('second-instance', (_event, _argv, _folder, told) => then(told)),
  onOpenFile: (then) => app.on('open-file', then),
})

export interface OpenedFiles {
  /** False: another instance runs and was told; this one has to go. */
  readonly isFirst: boolean
  /** Files from now on, those so far at once; `null` for a start without any. */
  readonly listen: (then: (files: readonly string[] | null) => void) => void
}

const MOST_AT_ONCE = 8
const LONGEST_PATH = 4096

/**
 * Files of ours on a command line. Switches and everything else there are passed over: what
 * Chromium adds, and the folder of the app when it is not packaged.
 */
export const filesOnCommandLine = (argv: readonly string[], folder: string): readonly string[] =>
  argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-') && openedKind(argument) !== null)
    .slice(0, MOST_AT_ONCE)
    .map((argument) => resolve(folder, argument))

/** What another instance told, believed only in its form. */
export function filesTold(told: unknown): readonly string[] {
  const files = (told as { readonly files?: unknown } | null | undefined)?.files
  if (!Array.isArray(files)) return []
  return files
    .filter((file): file is string => typeof file === 'string' && file.length <= LONGEST_PATH)
    .filter((file) => openedKind(file) !== null)
    .slice(0, MOST_AT_ONCE)
}

/**
 * Files that the system hands to the app: on its command line, on that of a second instance, and on
 * macOS by an event. Call it at once: that event can come before the app is ready.
 */
export function createOpenedFiles(
  app: FileOpeningApp,
  { argv, folder }: { readonly argv: readonly string[]; readonly folder: string },
): OpenedFiles {
  const given = filesOnCommandLine(argv, folder)
  const early = [...given]
  let tell: ((files: readonly string[] | null) => void) | null = null
  const take = (files: readonly string[]) => {
    if (tell) tell(files.length > 0 ? files : null)
    else early.push(...files)
  }
  app.onOpenFile((event, path) => {
    event.preventDefault()
    take(filesTold({ files: [path] }))
  })
  app.onSecondInstance((told) => take(filesTold(told)))
  return {
    isFirst: app.lock({ files: given }),
    listen: (then) => {
      tell = then
      if (early.length > 0) then(early.splice(0))
    },
  }
}
