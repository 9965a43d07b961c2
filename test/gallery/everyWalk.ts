import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { launchStart, startBrowserHost } from '../e2e/hosts/startBrowserHost.ts'
import { everyBroughtFile, prepareFiles } from '../e2e/walk/everyBroughtFile.ts'
import { everyJoinScreen } from '../e2e/walk/everyJoinScreen.ts'
import { everyKioskScreen, prepareKiosk } from '../e2e/walk/everyKioskScreen.ts'
import { everyScreen, type Visit } from '../e2e/walk/everyScreen.ts'

/** The host's calendar and ids stand still. */
const FIXED = join(import.meta.dirname, 'fixedHost.ts')

/** Leads one page through a part of the game; `visit` is called at every stop. */
export type Walk = (visit: Visit) => Promise<void>
/** What is done on the way: it is given the page before its first screen is opened. */
export type OnTheWay = (page: Page, walk: Walk) => Promise<void>

/**
 * Every walk through the game, one after the other: a player's, a visitor's at a kiosk, the
 * door of a room, and the questions about files that were opened with the game. Each has a browser window and a host of its own on a fresh data folder.
 */
export async function everyWalk(
  browser: Browser,
  goes: (name: string) => boolean,
  onTheWay: OnTheWay,
): Promise<void> {
  if (goes('player')) await walkAsPlayer(browser, onTheWay)
  if (goes('kiosk')) await walkAtKiosk(browser, onTheWay)
  if (goes('join')) await walkToTheDoor(browser, onTheWay)
  if (goes('brought')) await walkWithFiles(browser, onTheWay)
}

async function walkAsPlayer(browser: Browser, onTheWay: OnTheWay): Promise<void> {
  const page = await (await browser.newContext()).newPage()
  const host = await startBrowserHost(page, FIXED)
  try {
    await onTheWay(page, async (visit) => everyScreen(await host.open(), visit))
  } finally {
    await host.stop()
    await page.context().close()
  }
}

async function walkAtKiosk(browser: Browser, onTheWay: OnTheWay): Promise<void> {
  const page = await (await browser.newContext()).newPage()
  const host = await startBrowserHost(page, FIXED, prepareKiosk)
  try {
    await onTheWay(page, (visit) => everyKioskScreen(page, host.open, visit))
  } finally {
    await host.stop()
    await page.context().close()
  }
}

async function walkToTheDoor(browser: Browser, onTheWay: OnTheWay): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'driftwood-door-'))
  const page = await (await browser.newContext()).newPage()
  const host = await launchStart(
    ['--browser', '--listen', '127.0.0.1', '--port', '0', '--data', dataDir],
    FIXED,
  )
  const code = /Code: +([A-Z]+)/.exec(host.said)?.[1] ?? ''
  try {
    await onTheWay(page, async (visit) => {
      await page.goto(host.url)
      await everyJoinScreen(page, code, visit)
    })
  } finally {
    const ended = once(host.child, 'exit')
    host.child.kill('SIGTERM')
    await ended
    await page.context().close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function walkWithFiles(browser: Browser, onTheWay: OnTheWay): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'driftwood-files-'))
  const page = await (await browser.newContext()).newPage()
  const host = await launchStart(
    ['--browser', '--no-open', '--data', dataDir, '--renderer', 'canvas', ...prepareFiles(dataDir)],
    FIXED,
  )
  try {
    await onTheWay(page, async (visit) => {
      await page.goto(host.url)
      await everyBroughtFile(page, visit)
    })
  } finally {
    const ended = once(host.child, 'exit')
    host.child.kill('SIGTERM')
    await ended
    await page.context().close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
