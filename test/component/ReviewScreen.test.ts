import { cleanup, fireEvent, screen } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeGame } from '../support/fakeApi.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const openReview = async (game = fakeGame()) => {
  const app = await mountApp(game)
  await screen.findByRole('complementary')
  await fireEvent.click(screen.getByRole('button', { name: /^Review/ }))
  await screen.findByRole('heading', { name: 'Review' })
  return app
}

describe('review', () => {
  it('asks a card, says when it comes back, and ends when nothing is due', async () => {
    const { game } = await openReview()
    expect(await screen.findByText(/From your own run: First write, step 7\./)).toBeTruthy()
    // What happened there would give the answer away.
    expect(screen.queryByText(/Your redeploy lost/)).toBeNull()
    await fireEvent.click(await screen.findByRole('radio', { name: /The right answer/ }))
    await fireEvent.click(screen.getByRole('checkbox', { name: 'I am sure' }))
    await fireEvent.click(screen.getByRole('button', { name: 'Answer' }))
    expect(await screen.findByText(/Right and sure\./)).toBeTruthy()
    expect(screen.getByText(/Your redeploy lost/)).toBeTruthy()
    // No button that would only say that there is no experiment.
    expect(screen.queryByRole('button', { name: /^Show me/ })).toBeNull()
    expect(game.calls).toContainEqual(
      expect.objectContaining({
        name: 'answerReview',
        request: expect.objectContaining({ optionId: 'right', sure: true }),
      }),
    )
    await fireEvent.click(screen.getByRole('button', { name: 'Next' }))
    expect(await screen.findByRole('heading', { name: 'Deck done' })).toBeTruthy()
    expect(screen.getByText('1 of 1 remembered.')).toBeTruthy()
  })

  it('keeps the card when the answer could not be saved', async () => {
    const game = fakeGame()
    await openReview(game)
    game.failNext('answerReview', { code: 'storage-failed', message: 'The disk is full.' })
    await fireEvent.click(await screen.findByRole('radio', { name: /The right answer/ }))
    await fireEvent.click(screen.getByRole('button', { name: 'Answer' }))
    expect(await screen.findByText('The disk is full.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Answer' })).toBeTruthy()
  })
})
