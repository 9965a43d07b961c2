import { spawn } from 'node:child_process'

export interface Desktop {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The program that opens an address on this desktop, or null: nobody is there to look at it. */
export function browserCommand(
  { platform, env }: Desktop,
  url: string,
): readonly [string, ...string[]] | null {
  if (env.CI) return null
  if (platform === 'darwin') return ['open', url]
  // `start` is a word of the shell; its first quoted argument would be a window title.
  if (platform === 'win32') return ['cmd', '/c', 'start', '', url]
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', url] : null
}

/** Opens the address if it can; the address is printed anyway, so a failure costs nothing. */
export function openInBrowser(desktop: Desktop, url: string): void {
  const command = browserCommand(desktop, url)
  if (!command) return
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => process.stdout.write('No browser could be opened; open the address.\n'))
  child.unref()
}
