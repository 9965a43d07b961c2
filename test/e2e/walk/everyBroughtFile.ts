import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { createHandlers } from '../../../src-main/calls/createHandlers.ts'
import { callChannels } from '../../../src-main/contract/channels.ts'
import { driftwood } from '../pages/driftwood.ts'
import type { Visit } from './everyScreen.ts'
import { followTheSystem } from './goTo.ts'

const NAMES = ['Ada', 'Wilhelmina of the Outer Breakwater', 'Émile']
/** A title without a place to break, and a long one: both have to fit a narrow window. */
const TITLE = 'Niedrigwasserstandsvorhersagedienst, or the harbour at ebb'

/**
 * Files for a game on `dataDir` that has not been started: progress of three, a level that is new
 * there, one that it has already, and a damaged file. In this order the game asks about them.
 */
export function prepareFiles(dataDir: string): readonly string[] {
  const folder = join(dataDir, 'stick')
  mkdirSync(folder, { recursive: true })
  driftwood(['levels', 'new', 'low-tide', '--data', dataDir])
  driftwood(['levels', 'new', 'ebb', '--data', folder])
  const damaged = join(folder, 'a-copy-that-broke-off-in-the-middle-of-the-way.driftwood')
  writeFileSync(damaged, 'SQLite format 3\0 and nothing behind it')
  return [
    exportProgress(join(folder, 'other-machine'), join(folder, 'workshop-november.driftwood')),
    packLevel('ebb', folder, folder),
    packLevel('low-tide', dataDir, folder),
    damaged,
  ]
}

function exportProgress(dataDir: string, file: string): string {
  const game = createHandlers({
    dataDir,
    levelsDir: join(import.meta.dirname, '../../../levels'),
    now: () => Date.UTC(2026, 10, 20),
    randomId: randomUUID,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
  for (const name of NAMES) {
    game.createPlayer({ name, picture: '', pin: null })
    const opened = game.openLevel({ levelId: 'ten-from-one' })
    if (!opened.ok) throw new Error(opened.error.message)
    game.runLine({ attemptId: opened.value.view.attemptId, line: 'docker ps' })
  }
  const made = game.exportProgress({ whose: 'all' })
  game.close()
  if (!made.ok) throw new Error(made.error.message)
  writeFileSync(file, Buffer.from(made.value.data, 'base64'))
  return file
}

function packLevel(id: string, dataDir: string, folder: string): string {
  driftwood(['levels', 'pack', id, '--data', dataDir], '', { INIT_CWD: folder })
  const file = join(folder, `${id}.driftwood-level`)
  const level = JSON.parse(readFileSync(file, 'utf8')) as { texts: { en: { title: string } } }
  level.texts.en.title = TITLE
  writeFileSync(file, JSON.stringify(level))
  return file
}

/** What is asked about each of prepareFiles, with every answer: yes, no, and a yes that fails. */
export async function everyBroughtFile(page: Page, visit: Visit): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await followTheSystem(page)
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).last().click()
  await expect(dialog).toContainText(NAMES[1] ?? '')
  await visit('brought-progress')
  await press('Add')
  await expect(dialog.getByRole('status')).toContainText('Added for')
  await visit('brought-added')
  await press('Close')
  await expect(dialog).toContainText(TITLE)
  await visit('brought-level')
  await press('Not now')
  await expect(dialog).toContainText('low-tide.driftwood-level')
  await expect(dialog).toContainText(TITLE)
  await visit('brought-level-replaces')
  const taking = `**/call/${callChannels.takeBrought}`
  await page.route(taking, (route) => route.abort())
  await press('Replace it')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await visit('brought-failed')
  await page.unroute(taking)
  await press('Replace it')
  await expect(dialog.getByRole('status')).toContainText('on the map')
  await visit('brought-level-added')
  await press('Close')
  await expect(dialog).toContainText('broke-off')
  await visit('brought-nothing')
  await press('Close')
  await expect(dialog).toBeHidden()
}
