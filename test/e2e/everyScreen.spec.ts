import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'
import { violations } from './pages/violations.ts'

for (const theme of ['Harbour night', 'Harbour day', 'High contrast']) {
  test(`axe finds nothing on any screen: ${theme}`, async ({ app }) => {
    await app.getByRole('button', { name: 'Settings' }).click()
    await app.getByRole('radio', { name: theme }).check()
    expect(await violations(app), 'settings').toEqual([])
    await app.keyboard.press('Escape')
    await app.getByRole('button', { name: 'Map', exact: true }).click()
    const map = new MapPage(app)
    await expect(map.goButton()).toBeVisible()
    expect(await violations(app), 'map').toEqual([])

    const [level] = levelFiles()
    if (!level) throw new Error('there are no levels')
    await map.continueByKeyboard()
    const play = new PlayPage(app)
    await play.waitUntilOpen(level)
    expect(await violations(app), 'play').toEqual([])
    await play.solve(level)
    expect(await violations(app), 'solved').toEqual([])
    for (const tab of ['Files', 'Inspect', 'Events']) {
      await app.getByRole('tab', { name: tab }).click()
      expect(await violations(app), tab).toEqual([])
    }
    await app.getByRole('button', { name: 'List' }).click()
    expect(await violations(app), 'list').toEqual([])
    await app.keyboard.press('?')
    expect(await violations(app), 'shortcuts').toEqual([])
    await app.keyboard.press('Escape')
    await play.toDebrief()
    expect(await violations(app), 'debrief').toEqual([])
  })
}
