import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface ProjectPaths {
  readonly root: string
  readonly levels: string
  readonly assets: string
  /** The built renderer, served the same by both hosts. */
  readonly renderer: string
  readonly preload: string
}

export function projectPaths(root: string): ProjectPaths {
  return {
    root,
    levels: join(root, 'levels'),
    assets: join(root, 'assets'),
    renderer: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'index.cjs'),
  }
}

/** The nearest folder upwards that holds package.json: the same from source and from `out`. */
export function findProjectRoot(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) throw new Error(`no package.json above ${from}`)
  }
}

export interface DataDirOptions {
  /** `--data`; wins over everything. */
  readonly argument: string | undefined
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** The one data folder of both hosts, by each platform's own convention. */
export function resolveDataDir({ argument, platform, env, home }: DataDirOptions): string {
  if (argument !== undefined) return resolve(argument)
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Driftwood')
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Driftwood')
  // XDG base directories: a relative value is invalid and has to be ignored.
  const shared = env.XDG_DATA_HOME
  return join(shared?.startsWith('/') ? shared : join(home, '.local', 'share'), 'driftwood')
}
