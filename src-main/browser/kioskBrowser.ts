import { delimiter, join } from 'node:path'

export interface KioskMachine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly exists: (file: string) => boolean
}

const LINUX_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'] as const

/** The installed Chromium that can show a page alone on the screen, or null. */
export function findKioskBrowser({ platform, env, exists }: KioskMachine): string | null {
  return candidates(platform, env).find(exists) ?? null
}

function candidates(platform: NodeJS.Platform, env: KioskMachine['env']): readonly string[] {
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
    return roots.flatMap((root) =>
      root === undefined
        ? []
        : [
            join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
            join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          ],
    )
  }
  if (platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => LINUX_NAMES.map((name) => join(folder, name)))
}

/**
 * Switches for a page that fills the screen, with a profile of its own and nothing to leave by:
 * no tabs, no history gesture, no pinch, no context of another visit.
 */
export const kioskBrowserArguments = (url: string, profile: string): readonly string[] => [
  '--kiosk',
  '--incognito',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--disable-features=Translate,TouchpadOverscrollHistoryNavigation',
  '--disable-session-crashed-bubble',
  '--disable-extensions',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  `--user-data-dir=${profile}`,
  url,
]
