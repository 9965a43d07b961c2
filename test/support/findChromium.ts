import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from '@playwright/test'

/** What finding a browser needs of a machine. */
export interface BrowserMachine {
  readonly platform: NodeJS.Platform
  readonly path: string
  /** undefined on Windows. */
  readonly userId: number | undefined
  /** Whether a program is there and starts: a file alone may lack its libraries. */
  readonly starts: (executable: string) => boolean
  /** Where Playwright keeps its own browser, whether or not it is there. */
  readonly ownBrowser: () => string
  /** Runs a program to its end; whether it succeeded. */
  readonly run: (command: string, args: readonly string[]) => boolean
  readonly say: (text: string) => void
}

export const NO_BROWSER =
  'no Chromium: install the package "chromium" of your system, or run "npx playwright install --with-deps chromium"'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * A Chromium that starts: an installed one, else Playwright's own, else the distribution's package
 * where we may install it; null where none can be had.
 */
export function findChromium(machine: BrowserMachine): string | null {
  return installed(machine) ?? playwrightsOwn(machine) ?? distributions(machine)
}

function installed({ platform, path, starts }: BrowserMachine): string | null {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  const candidates = [
    ...(platform === 'darwin' ? MAC_APPS : []),
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ]
  return candidates.find(starts) ?? null
}

function playwrightsOwn({ ownBrowser, starts, run, say }: BrowserMachine): string | null {
  const executable = ownBrowser()
  if (starts(executable)) return executable
  say('No Chromium is installed; fetching the one that Playwright keeps...')
  const tool = join(
    dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  )
  run(process.execPath, [tool, 'install', 'chromium'])
  return starts(executable) ? executable : null
}

function distributions(machine: BrowserMachine): string | null {
  const { userId, run, say } = machine
  if (userId !== 0 || !run('apt-get', ['--version'])) return null
  say("Playwright's own cannot be had here; installing the distribution's package chromium...")
  const isInstalled =
    run('apt-get', ['update', '-qq']) &&
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  return isInstalled ? installed(machine) : null
}

/** The machine this process runs on. */
export function thisBrowserMachine(): BrowserMachine {
  return {
    platform: process.platform,
    path: process.env.PATH ?? '',
    userId: process.getuid?.(),
    starts: (executable) =>
      existsSync(executable) &&
      spawnSync(executable, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0,
    ownBrowser: () => chromium.executablePath(),
    run: (command, args) =>
      spawnSync(command, args, {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        timeout: 300_000,
      }).status === 0,
    say: (text) => process.stdout.write(`${text}\n`),
  }
}
