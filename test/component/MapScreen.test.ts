import { cleanup, fireEvent, screen, within } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeGame, fakeHome } from '../support/fakeApi.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

describe('map', () => {
  it('offers the level to play next, with the step it stands at', async () => {
    await mountApp()
    const panel = within(await screen.findByRole('complementary'))
    expect(panel.getByRole('heading', { name: 'One line, two gigabytes' })).toBeTruthy()
    expect(panel.getByRole('button', { name: 'Continue · step 4 of 7' })).toBeTruthy()
    expect(panel.getByText('3,611')).toBeTruthy()
    expect(panel.getByText('9 / 27')).toBeTruthy()
  })

  it('says the state and the stars of every lantern', async () => {
    await mountApp()
    const lantern = await screen.findByRole('button', { name: /^Level 2: The white sheet/ })
    expect(lantern.getAttribute('aria-label')).toContain('solved, 2 of 3 stars')
  })

  it('shows a chosen level before it is opened', async () => {
    await mountApp()
    await fireEvent.click(await screen.findByRole('button', { name: /^Level 1: First write/ }))
    expect(screen.getByRole('heading', { name: 'First write' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Play again' })).toBeTruthy()
  })

  it('does not open what is locked', async () => {
    const { game } = await mountApp()
    const lighthouse = await screen.findByRole('button', { name: /^Knowledge check, locked/ })
    await fireEvent.click(lighthouse)
    await fireEvent.click(lighthouse)
    expect(screen.getByText('Opens once every level is solved.')).toBeTruthy()
    expect(game.calls.map((call) => call.name)).not.toContain('openQuiz')
  })

  it('moves over the lanterns with arrow keys', async () => {
    await mountApp()
    const first = await screen.findByRole('button', { name: /^Level 1/ })
    first.focus()
    await fireEvent.keyDown(first, { key: 'ArrowRight' })
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Level 2/)
  })

  it('tells when the harbour cannot be loaded, and tries again', async () => {
    const game = fakeGame()
    game.failNext('getHome', { code: 'internal', message: 'The harbour is closed.' })
    await mountApp(game)
    expect(await screen.findByText('The harbour is closed.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('heading', { name: 'One line, two gigabytes' })).toBeTruthy()
  })

  it('has a word for a harbour without levels', async () => {
    await mountApp(fakeGame({ home: { ...fakeHome, acts: [] } }))
    expect(await screen.findByText('There are no levels in this harbour yet.')).toBeTruthy()
  })

  it('tells the news of the start once', async () => {
    await mountApp(fakeGame({ home: { ...fakeHome, notices: ['A backup was restored.'] } }))
    expect(await screen.findByText('A backup was restored.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText('A backup was restored.')).toBeNull()
  })
})
