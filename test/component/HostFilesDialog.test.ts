import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { mountLevel } from './mountApp.ts'

afterEach(cleanup)

const openEditor = async () => {
  await fireEvent.click(await screen.findByRole('button', { name: 'Edit files' }))
  return within(await screen.findByRole('dialog', { name: 'Files of your project' }))
}

describe('files of the project', () => {
  it('opens the first file that can be edited, and nothing is to be saved yet', async () => {
    const { game } = await mountLevel()
    const dialog = await openEditor()
    expect(await dialog.findByRole('button', { name: /compose\.yaml/ })).toBeTruthy()
    await waitFor(() =>
      expect(game.calls.filter(({ name }) => name === 'readHostFile')).toHaveLength(1),
    )
    const save = dialog.getByRole<HTMLButtonElement>('button', { name: /Save/ })
    expect(save.disabled).toBe(true)
    expect(game.calls.some(({ name }) => name === 'writeHostFile')).toBe(false)
  })

  it('closes without a question when nothing was changed', async () => {
    await mountLevel()
    const dialog = await openEditor()
    await fireEvent.click(dialog.getAllByRole('button', { name: 'Close' })[0] as HTMLElement)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })
})
