import { cleanup, fireEvent, screen, within } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeGame } from '../support/fakeApi.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const openPlayers = async (game = fakeGame()) => {
  const app = await mountApp(game)
  await fireEvent.click(await screen.findByRole('button', { name: 'Menu of Ada' }))
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Players' }))
  await screen.findByRole('heading', { name: 'Players' })
  return app
}

describe('players', () => {
  it('takes a newcomer aboard with name, picture and PIN', async () => {
    const { game } = await openPlayers()
    await fireEvent.click(await screen.findByRole('button', { name: 'New player' }))
    const dialog = within(screen.getByRole('dialog'))
    await fireEvent.update(dialog.getByRole('textbox', { name: 'Name' }), 'Grace')
    await fireEvent.click(dialog.getByRole('radio', { name: 'Whale' }))
    await fireEvent.update(dialog.getByLabelText('PIN (optional)'), '4711')
    await fireEvent.submit(dialog.getByRole('textbox', { name: 'Name' }))
    expect(await screen.findByRole('button', { name: 'Menu of Grace' })).toBeTruthy()
    expect(game.calls).toContainEqual({
      name: 'createPlayer',
      request: { name: 'Grace', picture: 'whale', pin: '4711' },
    })
  })

  it('does not take a PIN that is too short', async () => {
    const { game } = await openPlayers()
    await fireEvent.click(await screen.findByRole('button', { name: 'New player' }))
    const dialog = within(screen.getByRole('dialog'))
    await fireEvent.update(dialog.getByRole('textbox', { name: 'Name' }), 'Grace')
    await fireEvent.update(dialog.getByLabelText('PIN (optional)'), '12')
    await fireEvent.submit(dialog.getByRole('textbox', { name: 'Name' }))
    expect(game.calls.map(({ name }) => name)).not.toContain('createPlayer')
  })

  it('says why somebody is not let in, and stays', async () => {
    const game = fakeGame()
    await openPlayers(game)
    game.failNext('playAsGuest', { code: 'storage-failed', message: 'The disk is full.' })
    await fireEvent.click(await screen.findByRole('button', { name: 'Play as a guest' }))
    expect(await screen.findByText('The disk is full.')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Players' })).toBeTruthy()
  })

  it('asks before it removes somebody', async () => {
    const { game } = await openPlayers()
    await fireEvent.click(await screen.findByRole('button', { name: 'Remove: Ada' }))
    expect(game.calls.map(({ name }) => name)).not.toContain('removePlayer')
    await fireEvent.submit(
      screen
        .getByRole('button', { name: 'Remove for good' })
        .closest('dialog')
        ?.querySelector('form') as Element,
    )
    expect(game.calls.map(({ name }) => name)).toContain('removePlayer')
  })

  it('tells when the list cannot be had, and tries again', async () => {
    const game = fakeGame()
    game.failNext('listPlayers', { code: 'internal', message: 'Nobody answers.' })
    await openPlayers(game)
    expect(await screen.findByText('Nobody answers.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('heading', { name: /Ada/ })).toBeTruthy()
  })
})
