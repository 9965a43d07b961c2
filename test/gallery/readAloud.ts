/**
 * `npm run read-aloud [-- LEVEL]`: plays a level from the map to its debrief by keyboard, and prints
 * what a screen reader has to say on the way: what gets the focus, as Chromium's accessibility tree
 * has it, and what live regions announce.
 */
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { startBrowserHost } from '../e2e/hosts/startBrowserHost.ts'
import { levelFiles } from '../e2e/pages/levelFiles.ts'
import { MapPage } from '../e2e/pages/MapPage.ts'
import { PlayPage } from '../e2e/pages/PlayPage.ts'
import { solveByCalls } from '../e2e/pages/solveByCalls.ts'
import { findChromium, NO_BROWSER, thisBrowserMachine } from '../support/findChromium.ts'

declare global {
  interface Window {
    announced: string[]
  }
}

const say = (text: string) => process.stdout.write(`${text}\n`)

/** In the page, before its scripts: keeps what is written into live regions. */
function listenToLiveRegions(): void {
  window.announced = []
  const regions =
    '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]'
  const note = (node: Node) => {
    const element = node instanceof Element ? node : node.parentElement
    const region = element?.closest(regions)
    if (!region) return
    const isLog = region.getAttribute('role') === 'log'
    const text = ((isLog ? node.textContent : region.textContent) ?? '').replace(/\s+/g, ' ').trim()
    if (text !== '' && window.announced.at(-1) !== text) window.announced.push(text)
  }
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'characterData') note(change.target)
      for (const node of change.addedNodes) note(node)
    }
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

interface AxValue {
  readonly value?: unknown
}
interface AxNode {
  readonly role?: AxValue
  readonly name?: AxValue
  readonly description?: AxValue
  readonly value?: AxValue
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[]
}

const STATES = ['checked', 'expanded', 'selected', 'pressed', 'disabled', 'level']

/** What has the focus, as the accessibility tree tells it. */
async function focused(session: CDPSession): Promise<string> {
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'document.activeElement',
  })
  const tree = await session.send('Accessibility.getPartialAXTree', {
    objectId: result.objectId ?? '',
    fetchRelatives: false,
  })
  const node = tree.nodes[0] as AxNode | undefined
  const states = (node?.properties ?? [])
    .filter(({ name }) => STATES.includes(name))
    .map(({ name, value }) => `${name} ${value.value}`)
  const parts = [node?.role?.value, `“${node?.name?.value ?? ''}”`, ...states]
  const more = [node?.value?.value, node?.description?.value].filter(Boolean)
  return [...parts, ...more].join(', ')
}

async function walk(id: string): Promise<void> {
  const executablePath = findChromium(thisBrowserMachine())
  if (executablePath === null) throw new Error(NO_BROWSER)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(listenToLiveRegions)
  const host = await startBrowserHost(page)
  try {
    await host.open()
    const session = await page.context().newCDPSession(page)
    await session.send('Accessibility.enable')
    const tell = async (did: string) => {
      await page.waitForTimeout(400)
      say(`\n- **${did}**`)
      say(`  - focus: ${await focused(session)}`)
      const heard = await page.evaluate(() => window.announced.splice(0))
      for (const text of heard) say(`  - said: ${text.slice(0, 400)}`)
    }
    await walkLevel(page, id, tell)
  } finally {
    await host.stop()
    await browser.close()
  }
}

async function walkLevel(page: Page, id: string, tell: (did: string) => Promise<void>) {
  const map = new MapPage(page)
  await map.enter()
  const levels = levelFiles()
  const level = levels.find((one) => one.id === id)
  if (!level) throw new Error(`there is no level ${id}`)
  for (const before of levels.slice(0, levels.indexOf(level))) await solveByCalls(page, before)
  await page.reload()
  await map.enter()
  await tell('the game is open')
  await page.keyboard.press('Tab')
  await tell('Tab')
  await map.continueByKeyboard()
  const play = new PlayPage(page)
  await play.waitUntilOpen(level)
  await tell(`Enter on “${level.title}”`)
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await tell('Escape, g: to the mission')
  await page.keyboard.press('s')
  await tell('s: to the stage')
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('ArrowDown')
    await tell('Arrow down')
  }
  await page.keyboard.press('Enter')
  await tell('Enter on it')
  if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  for (const line of level.solution) {
    if (line.startsWith(':explain ')) await play.explain(level, line.split(' ').slice(1))
    else await play.typeLine(line)
    await tell(line)
  }
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await tell('Escape, g: to the mission')
  await page.keyboard.press('Enter')
  await tell('Enter')
}

await walk(process.argv[2] ?? 'first-write')
