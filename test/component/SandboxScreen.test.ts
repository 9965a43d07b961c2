import { cleanup, fireEvent, screen } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeGame } from '../support/fakeApi.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const openSandbox = async (game = fakeGame()) => {
  const app = await mountApp(game)
  await screen.findByRole('complementary')
  await fireEvent.click(screen.getByRole('button', { name: 'Sandbox' }))
  await screen.findByRole('heading', { name: 'Sandbox' })
  return app
}

describe('sandbox', () => {
  it('opens a world, keeps a state of it, and leads back to the list', async () => {
    const { game } = await openSandbox()
    await fireEvent.click(await screen.findByRole('button', { name: /^(Open|Continue): / }))
    await screen.findByRole('combobox', { name: 'Command line' })
    await fireEvent.click(screen.getByRole('button', { name: 'Save this state' }))
    const name = screen.getByRole('textbox', { name: 'Name' })
    await fireEvent.update(name, 'Before the flood')
    await fireEvent.submit(name)
    expect(await screen.findByText('✓ Saved')).toBeTruthy()
    expect(game.calls.map((call) => call.name)).toContain('saveSandbox')
    await fireEvent.click(screen.getByRole('button', { name: 'Sandbox' }))
    expect(await screen.findByRole('button', { name: 'Open: Before the flood' })).toBeTruthy()
  })

  it('says why a world cannot be opened', async () => {
    const game = fakeGame()
    await openSandbox(game)
    game.failNext('openSandbox', { code: 'internal', message: 'The world is flat.' })
    await fireEvent.click(await screen.findByRole('button', { name: /^(Open|Continue): / }))
    expect(await screen.findByText('The world is flat.')).toBeTruthy()
  })
})
