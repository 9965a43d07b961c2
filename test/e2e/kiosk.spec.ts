import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { startBrowserHost } from './hosts/startBrowserHost.ts'
import { callGame } from './pages/callGame.ts'
import { driftwood } from './pages/driftwood.ts'
import { PlayPage } from './pages/PlayPage.ts'
import { violations } from './pages/violations.ts'

test.use({ hasTouch: true, viewport: { width: 1080, height: 1920 } })

const PIN = '2580'
const TIMES = { kiosk: true, idleSeconds: 300, countdownSeconds: 120 }
/** Into the countdown, with time left to look at it. */
const UNTIL_COUNTDOWN_MS = 190_000

const prepare = (dataDir: string) => {
  driftwood(['pin', '--data', dataDir], `${PIN}\n`)
  writeFileSync(join(dataDir, 'kiosk.json'), JSON.stringify(TIMES))
}
const begin = (page: Page) => page.getByRole('button', { name: 'Touch to begin' })
const countdown = (page: Page) => page.getByTestId('idle-countdown')

/** A finger goes down where the button is; it may be gone before the finger is up again. */
async function touch(page: Page, button: string): Promise<void> {
  const box = await page.getByRole('button', { name: button }).boundingBox()
  if (!box) throw new Error(`${button} is not to be seen`)
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
}

async function givePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: `Digit ${digit}` }).tap()
}

interface Tried {
  readonly kind: 'keydown' | 'contextmenu' | 'dragover'
  readonly key?: string
  readonly ctrlKey?: boolean
  readonly shiftKey?: boolean
  readonly altKey?: boolean
}

/** Whether the page keeps the browser from doing what it would with such an event. */
const isHeld = (page: Page, tried: Tried): Promise<boolean> =>
  page.evaluate(({ kind, ...keys }) => {
    const options = { ...keys, bubbles: true, cancelable: true }
    const event =
      kind === 'keydown' ? new KeyboardEvent(kind, options) : new MouseEvent(kind, options)
    return !document.body.dispatchEvent(event)
  }, tried)

const gesturesHeld = (page: Page) =>
  page.evaluate(() => {
    const { touchAction, overscrollBehavior } = getComputedStyle(document.documentElement)
    return { touch: touchAction, swipe: overscrollBehavior }
  })

test('a kiosk invites, is played by touch, counts out and forgets', async ({ context }) => {
  const host = await startBrowserHost(await context.newPage(), undefined, prepare)
  // The page's time is moved on by hand: nobody waits, and a slow machine is never counted out.
  const [shown] = context.pages()
  await shown?.clock.install()
  const page = await host.open()
  await expect(page.getByText(/^Playing by itself: /)).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('.caption .why')).not.toBeEmpty()
  expect(await violations(page), 'attract').toEqual([])

  await begin(page).tap()
  const play = new PlayPage(page)
  await expect(play.commandLine()).toBeVisible()
  await play.commandLine().tap()
  const keyboard = page.getByTestId('screen-keyboard')
  for (const key of 'docker') await keyboard.getByRole('button', { name: key, exact: true }).tap()
  await keyboard.getByRole('button', { name: 'Space' }).tap()
  for (const key of 'ps') await keyboard.getByRole('button', { name: key, exact: true }).tap()
  await expect(play.commandLine()).toHaveValue('docker ps')
  expect(await violations(page), 'keyboard').toEqual([])
  await keyboard.getByRole('button', { name: 'Enter' }).tap()
  await expect(play.log().locator('.command').first()).toContainText('docker ps')
  await keyboard.getByRole('button', { name: 'Hide the keyboard' }).tap()

  const ways: readonly Tried[] = [
    { kind: 'contextmenu' },
    { kind: 'dragover' },
    { kind: 'keydown', key: 'F5' },
    { kind: 'keydown', key: 'F12' },
    { kind: 'keydown', key: 'I', ctrlKey: true, shiftKey: true },
    { kind: 'keydown', key: 'ArrowLeft', altKey: true },
    { kind: 'keydown', key: 'p', ctrlKey: true },
  ]
  for (const way of ways) expect(await isHeld(page, way), JSON.stringify(way)).toBe(true)
  expect(await gesturesHeld(page)).toEqual({ touch: 'pan-x pan-y', swipe: 'none' })
  await expect(page.getByRole('button', { name: /^Menu of/ })).toHaveCount(0)

  // One who is still there stays; one who has gone is counted out.
  await page.clock.fastForward(UNTIL_COUNTDOWN_MS)
  await expect(countdown(page)).toBeVisible()
  expect(await violations(page), 'countdown').toEqual([])
  await touch(page, 'I’m still here')
  await expect(countdown(page)).toHaveCount(0)
  await expect(play.log().locator('.command').first()).toContainText('docker ps')
  await page.clock.fastForward(UNTIL_COUNTDOWN_MS)
  await expect(countdown(page)).toBeVisible()
  await page.clock.fastForward(TIMES.countdownSeconds * 1000)
  await expect(begin(page)).toBeVisible()

  await begin(page).tap()
  await expect(play.commandLine()).toBeVisible()
  await expect(play.log().locator('.command')).toHaveCount(0)
  await play.commandLine().press('ArrowUp')
  await expect(play.commandLine()).toHaveValue('')
  expect((await callGame(page, 'getHome', {})).player.name).toBe('Guest 2')
  await page.getByRole('button', { name: 'End visit' }).tap()
  await expect(page.getByText('No level is solved yet')).toBeVisible()
  await page.getByRole('button', { name: 'Take it home' }).tap()
  const code = (await page.locator('.code').textContent()) ?? ''
  expect(code).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{3}$/)
  expect(readdirSync(join(host.dataDir, 'visits'))).toEqual([`visit-${code}.driftwood`])
  expect(await violations(page), 'visit').toEqual([])
  await page.getByRole('button', { name: 'Finish the visit' }).tap()
  await expect(begin(page)).toBeVisible()
  await expect(page.getByText(code)).toHaveCount(0)

  await page.getByRole('button', { name: 'For the host' }).tap()
  await givePin(page, '1111')
  await page.getByRole('button', { name: 'Leave the kiosk' }).tap()
  await expect(page.getByText('That is not the PIN.')).toBeVisible()
  expect(await violations(page), 'gate').toEqual([])
  await givePin(page, PIN)
  await page.getByRole('button', { name: 'Leave the kiosk' }).tap()
  await expect(page.getByRole('heading', { name: 'Instructor’s view' })).toBeVisible()
  expect((await callGame(page, 'getHost', {})).kiosk).toBeNull()
  expect(await gesturesHeld(page)).toEqual({ touch: 'auto', swipe: 'auto' })
  await page.getByRole('button', { name: 'Lock and close' }).tap()
  await expect(page.getByRole('button', { name: /^Menu of/ })).toBeVisible()
  await host.stop()
})
