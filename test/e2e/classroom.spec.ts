import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { type Launched, launchStart } from './hosts/startBrowserHost.ts'

/** A port that nobody has just now; browsers come back to the same one after a restart. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const start = (dataDir: string, port: number): Promise<Launched> =>
  launchStart(['--browser', '--listen', '127.0.0.1', '--port', String(port), '--data', dataDir])

const codeIn = ({ said }: Launched): string => /Code: +([A-Z]+)/.exec(said)?.[1] ?? ''

/** A telephone of its own, without any cookie. */
async function newVisitor(browser: Browser, url: string, locale: string): Promise<Page> {
  const viewport = { width: 390, height: 844 }
  const context = await browser.newContext({ viewport, hasTouch: true, locale })
  const page = await context.newPage()
  await page.goto(url)
  return page
}

const playerOn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch('/call/get-home', { method: 'POST', headers, body: '{}' })
    return (await reply.json()).value.player.name
  })

test('a room: one joins by code, and is the same player after a reload, a kill and a restart', async ({
  browser,
}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'driftwood-room-'))
  const port = await freePort()
  let host = await start(dataDir, port)
  try {
    expect(host.said).toContain('WARNING')
    const ada = await newVisitor(browser, host.url, 'en-GB')
    await ada.getByLabel('Code of the room').fill('qqqqqq')
    await ada.getByLabel('Your name').fill('Ada')
    await ada.getByRole('button', { name: 'Come aboard' }).tap()
    await expect(ada.getByRole('alert')).toContainText('not the code')
    await expect(ada.getByLabel('Code of the room')).toBeFocused()
    expect((await new AxeBuilder({ page: ada }).analyze()).violations).toEqual([])
    await ada.getByLabel('Code of the room').fill(codeIn(host).toLowerCase())
    await ada.getByRole('button', { name: 'Come aboard' }).tap()
    await expect(ada.getByRole('heading', { level: 1 })).toBeFocused()
    const wayBack = (await ada.getByText(/^[A-Z]{4}-[A-Z]{4}$/).textContent()) ?? ''
    expect((await new AxeBuilder({ page: ada }).analyze()).violations).toEqual([])
    await ada.getByRole('button', { name: 'Start playing' }).tap()
    await expect(ada.getByRole('button', { name: 'Begin' })).toBeVisible()

    const bo = await newVisitor(browser, host.url, 'de-DE')
    expect((await new AxeBuilder({ page: bo }).analyze()).violations).toEqual([])
    await bo.getByLabel('Code des Raums').fill(codeIn(host))
    await bo.getByLabel('Dein Name').fill('Bo')
    await bo.keyboard.press('Enter')
    await bo.getByRole('button', { name: 'Losspielen' }).press('Enter')
    await expect(bo.getByText('Rückkehrcode')).toHaveCount(0)
    await expect(bo.locator('html')).toHaveAttribute('lang', 'de')

    await ada.reload()
    expect(await playerOn(ada)).toBe('Ada')
    host.child.kill('SIGKILL')
    await once(host.child, 'exit')
    host = await start(dataDir, port)
    await Promise.all([ada.reload(), bo.reload()])
    expect([await playerOn(ada), await playerOn(bo)]).toEqual(['Ada', 'Bo'])

    const other = await newVisitor(browser, host.url, 'en-GB')
    await other.getByRole('button', { name: 'I was here before' }).tap()
    await other.getByLabel('Code of the room').fill(codeIn(host))
    await other.getByLabel('Your return code').fill('cccc-cccc')
    await other.keyboard.press('Enter')
    await expect(other.getByLabel('Your return code')).toBeFocused()
    await expect(other.getByRole('alert')).toContainText('Nobody here')
    await other.getByLabel('Your return code').fill(wayBack.toLowerCase())
    await other.keyboard.press('Enter')
    await expect(other.getByLabel('Your return code')).toHaveCount(0)
    expect(await playerOn(other)).toBe('Ada')
    for (const page of [ada, bo, other]) await page.context().close()
  } finally {
    host.child.kill('SIGTERM')
    await once(host.child, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  }
})
