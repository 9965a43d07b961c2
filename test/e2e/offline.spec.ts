import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'

test('asks nobody but its own host, and the console stays silent', async ({ page, host }) => {
  const foreign: string[] = []
  const complaints: string[] = []
  const own = new URL(host.url()).origin
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== own && !request.url().startsWith('data:')) {
      foreign.push(request.url())
    }
  })
  page.on('websocket', (socket) => foreign.push(socket.url()))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })

  await page.goto(host.url())
  const [level] = levelFiles()
  if (!level) throw new Error('there are no levels')
  await new MapPage(page).continueByKeyboard()
  const play = new PlayPage(page)
  await play.waitUntilOpen(level)
  await play.solve(level)
  await play.toDebrief()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'High contrast' }).check()
  await expect(page.getByText('✓ Saved')).toBeVisible()

  expect(foreign).toEqual([])
  expect(complaints).toEqual([])
})
