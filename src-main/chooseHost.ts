import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** undefined on Windows. */
  readonly userId: number | undefined
  readonly exists: (file: string) => boolean
  /** The text of a file, or null where it is missing. */
  readonly read: (file: string) => string | null
  /** Owner and mode bits, or null where it is missing. */
  readonly owner: (file: string) => { readonly userId: number; readonly mode: number } | null
}

export type HostChoice =
  | { readonly host: 'electron'; readonly executable: string }
  | { readonly host: 'browser'; readonly because: string }

/** Whether the desktop app can run here; if not, why, in words for the player. */
export function chooseHost(root: string, machine: Machine): HostChoice {
  const executable = electronExecutable(root, machine)
  if (executable === null) return browser('the Electron program is not installed')
  if (machine.platform !== 'linux') return { host: 'electron', executable }
  if (!machine.env.DISPLAY && !machine.env.WAYLAND_DISPLAY) return browser('there is no display')
  if (machine.userId === 0) return browser('Electron does not run as root inside its sandbox')
  if (!hasSandbox(executable, machine)) {
    return browser('this system gives Electron no sandbox (user namespaces are restricted)')
  }
  return { host: 'electron', executable }
}

const browser = (because: string): HostChoice => ({ host: 'browser', because })

/**
 * Found without `require('electron')`, which would start a download where the program is missing.
 */
function electronExecutable(root: string, machine: Machine): string | null {
  const folder = join(root, 'node_modules', 'electron')
  const name = machine.read(join(folder, 'path.txt'))?.trim() || executableName(machine.platform)
  const executable = join(machine.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name)
  return machine.exists(executable) ? executable : null
}

function executableName(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe'
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return 'electron'
}

const SETUID = 0o4000

function hasSandbox(executable: string, machine: Machine): boolean {
  const helper = machine.owner(join(executable, '..', 'chrome-sandbox'))
  if (helper?.userId === 0 && (helper.mode & SETUID) !== 0) return true
  const setting = (name: string) => machine.read(`/proc/sys/${name}`)?.trim()
  return (
    setting('kernel/unprivileged_userns_clone') !== '0' &&
    setting('kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    setting('user/max_user_namespaces') !== '0'
  )
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    userId: process.getuid?.(),
    exists: existsSync,
    read: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    owner: (file) => {
      const stat = statSync(file, { throwIfNoEntry: false })
      return stat ? { userId: stat.uid, mode: stat.mode } : null
    },
  }
}
