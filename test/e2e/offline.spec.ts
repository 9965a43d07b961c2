import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'

test('asks nobody but its own host, and the console stays silent', async ({ app, host }) => {
  const foreign: string[] = []
  const complaints: string[] = []
  app.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${host.origin()}/`) && !url.startsWith('data:')) foreign.push(url)
  })
  app.on('websocket', (socket) => foreign.push(socket.url()))
  app.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  app.on('pageerror', (error) => complaints.push(error.message))
  await app.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })

  // Once more from the start, now that somebody listens.
  await app.reload()
  const map = new MapPage(app)
  await map.enter()
  const [level] = levelFiles()
  if (!level) throw new Error('there are no levels')
  await map.continueByKeyboard()
  const play = new PlayPage(app)
  await play.waitUntilOpen(level)
  await play.solve(level)
  await play.toDebrief()
  await app.getByRole('button', { name: 'Settings' }).click()
  await app.getByRole('radio', { name: 'High contrast' }).check()
  await expect(app.getByText('✓ Saved')).toBeVisible()

  expect(foreign).toEqual([])
  expect(complaints).toEqual([])
})
