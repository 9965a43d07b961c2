import type { BroughtFile } from '@contract/api.ts'
import { cleanup, fireEvent, screen, within } from '@testing-library/vue'
import { afterEach, expect, it } from 'vitest'
import { fakeGame } from '../support/fakeApi.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const progress: BroughtFile = {
  id: 'file-1',
  fileName: 'driftwood-bob.driftwood',
  holds: { kind: 'progress', names: ['Bob'] },
}
const level: BroughtFile = {
  id: 'file-2',
  fileName: 'low-tide.driftwood-level',
  holds: { kind: 'level', title: 'Low tide', replaces: false },
}
const broken: BroughtFile = {
  id: 'file-3',
  fileName: 'x.driftwood',
  holds: { kind: 'nothing', problem: 'This file is damaged.' },
}

const open = async (...brought: readonly BroughtFile[]) => {
  const game = fakeGame({ brought })
  await mountApp(game)
  const dialog = await screen.findByRole('dialog')
  const asked = () => game.calls.map(({ name }) => name)
  return { game, dialog: within(dialog), asked }
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

it('asks about each file, takes in what gets a yes, and says what came of it', async () => {
  const { dialog, asked } = await open(progress, level)
  expect(dialog.getByText(/progress of Bob/)).toBeTruthy()
  expect(asked()).not.toContain('takeBrought')
  await press('Add')
  expect(await screen.findByText(/Added for Bob: 2 attempts, 30 actions/)).toBeTruthy()
  await fireEvent.click(screen.getAllByRole('button', { name: 'Close' }).at(-1) as Element)
  expect(await screen.findByText(/“Low tide”/)).toBeTruthy()
  await press('Add')
  expect(await screen.findByText(/is on the map/)).toBeTruthy()
})

it('changes nothing on a no', async () => {
  const { asked } = await open(progress)
  await press('Not now')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(asked()).toContain('leaveBrought')
  expect(asked()).not.toContain('takeBrought')
})

it('says why a file cannot be taken in, and offers no yes', async () => {
  const { dialog } = await open(broken)
  expect(dialog.getByRole('heading', { name: 'This file cannot be added' })).toBeTruthy()
  expect(dialog.getByText('This file is damaged.')).toBeTruthy()
  expect(dialog.queryByRole('button', { name: 'Add' })).toBeNull()
})

it('stays with its question when taking in fails', async () => {
  const { game } = await open(progress)
  game.failNext('takeBrought', { code: 'storage-failed', message: 'The disk is full.' })
  await press('Add')
  expect(await screen.findByText('The disk is full.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Add' })).toBeTruthy()
})

it('asks about a level that was chosen in the game as well', async () => {
  const game = fakeGame()
  await mountApp(game)
  await fireEvent.click(await screen.findByRole('button', { name: 'Menu of Ada' }))
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Players' }))
  const input = await screen.findByLabelText('Import a file', { selector: 'input' })
  const file = new File(['{}'], 'low-tide.driftwood-level')
  Object.defineProperty(input, 'files', { value: [file] })
  await fireEvent.change(input)
  expect(await screen.findByRole('button', { name: 'Replace it' })).toBeTruthy()
  expect(game.calls).toContainEqual({
    name: 'bringLevel',
    request: { fileName: 'low-tide.driftwood-level', text: '{}' },
  })
})
