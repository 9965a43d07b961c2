import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { readHostNote } from '../../src-main/hostNote.ts'
import { launchStart } from './hosts/startBrowserHost.ts'
import { callGame } from './pages/callGame.ts'
import { driftwood } from './pages/driftwood.ts'
import { PlayPage } from './pages/PlayPage.ts'

const PIN = '2580'

/** In the place of a Chromium: notes each start with its process and its last word, and stays. */
function standInBrowser(folder: string): { readonly path: string; readonly starts: () => Start[] } {
  const bin = join(folder, 'bin')
  const notes = join(folder, 'starts')
  mkdirSync(bin)
  writeFileSync(notes, '')
  const program = join(bin, 'chromium')
  writeFileSync(
    program,
    `#!/bin/sh\nfor last; do :; done\necho "$$ $last" >> '${notes}'\nexec sleep 600\n`,
  )
  chmodSync(program, 0o755)
  const starts = () =>
    readFileSync(notes, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ pid: Number(line.split(' ')[0]), url: line.split(' ')[1] ?? '' }))
  return { path: `${bin}${delimiter}${process.env.PATH}`, starts }
}
interface Start {
  readonly pid: number
  readonly url: string
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a kiosk whose host or browser dies is there again, and the visit goes on', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'driftwood-kiosk-'))
  const dataDir = join(folder, 'data')
  driftwood(['pin', '--data', dataDir], `${PIN}\n`)
  const browser = standInBrowser(folder)
  const { child, url } = await launchStart(
    ['--browser', '--kiosk', '--data', dataDir, '--renderer', 'canvas'],
    undefined,
    { PATH: browser.path },
  )
  const ended = once(child, 'exit')
  const hostPid = (): number => readHostNote(dataDir)?.pid ?? 0
  try {
    await expect.poll(browser.starts).toHaveLength(1)
    expect(browser.starts()[0]?.url).toBe(url)
    await page.goto(url)
    await page.getByRole('button', { name: 'Touch to begin' }).click()
    const play = new PlayPage(page)
    await play.typeLine('docker images')
    const { player } = await callGame(page, 'getHome', {})

    // The host is killed: another one answers at the same address, to the same page.
    const first = hostPid()
    expect(first).not.toBe(child.pid)
    process.kill(first, 'SIGKILL')
    // Between the two there may be no note at all for a moment.
    await expect.poll(() => ![0, first].includes(hostPid()), { timeout: 30_000 }).toBe(true)
    await play.typeLine('docker ps')
    await expect(play.log().locator('.command')).toHaveCount(2)
    expect((await callGame(page, 'getHome', {})).player).toEqual(player)
    expect(browser.starts()).toHaveLength(1)

    // The browser is killed: the host goes on, and another one shows it.
    process.kill(browser.starts()[0]?.pid ?? 0, 'SIGKILL')
    await expect.poll(browser.starts, { timeout: 30_000 }).toHaveLength(2)
    expect(browser.starts()[1]?.url).toBe(url)
    expect(hostPid()).not.toBe(first)

    // Left with the PIN, nothing of it stays.
    const host = hostPid()
    await callGame(page, 'leaveKiosk', { pin: PIN })
    expect((await ended)[0]).toBe(0)
    expect(isRunning(host)).toBe(false)
    expect(isRunning(browser.starts()[1]?.pid ?? 0)).toBe(false)
  } finally {
    child.kill('SIGTERM')
    for (const { pid } of browser.starts().filter((one) => isRunning(one.pid))) process.kill(pid)
    rmSync(folder, { recursive: true, force: true })
  }
})
