import { cleanup, fireEvent, screen, waitFor } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeGame, fakeHome } from '../support/fakeApi.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const openQuiz = async () => {
  const home = {
    ...fakeHome,
    quiz: { ...fakeHome.quiz, state: 'open' as const },
    next: { kind: 'quiz' as const },
  }
  const app = await mountApp(fakeGame({ home }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Start the check' }))
  await screen.findByRole('group', { name: 'What is copied?' })
  return app
}
const answer = async (name: RegExp) => {
  await fireEvent.click(screen.getByRole('radio', { name }))
  await fireEvent.click(screen.getByRole('button', { name: 'Answer' }))
}

describe('knowledge check', () => {
  it('gives feedback for every option, then the score and the right answers', async () => {
    await openQuiz()
    await answer(/The wrong answer to q1/)
    expect(await screen.findByText('Why right is right')).toBeTruthy()
    expect(screen.getByText('Why wrong is wrong')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Next question' }))
    await screen.findByRole('group', { name: 'What is freed?' })
    await answer(/The right answer to q2/)
    await fireEvent.click(await screen.findByRole('button', { name: 'See the result' }))
    expect(await screen.findByText('1 of 2')).toBeTruthy()
    expect(screen.getByText('the right one: The right answer to q1')).toBeTruthy()
  })

  it('can be answered with the digits of the keyboard', async () => {
    const { game } = await openQuiz()
    await fireEvent.keyDown(window, { key: '2' })
    await fireEvent.click(screen.getByRole('button', { name: 'Answer' }))
    const given = game.calls.find(({ name }) => name === 'answerQuestion')
    expect(given?.request).toMatchObject({ questionId: 'q1', optionId: 'wrong' })
    await waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe('Not this one'))
    // A miss is due in the deck, and the bar says so.
    await waitFor(() => expect(game.calls.at(-1)?.name).toBe('getHome'))
  })

  it('shows the experiment behind an answer, and comes back to the same question', async () => {
    const { game } = await openQuiz()
    await answer(/The wrong answer to q1/)
    const show = await screen.findByRole('button', {
      name: 'Show me in the simulator: The wrong answer to q1',
    })
    await fireEvent.click(show)
    await screen.findByRole('combobox', { name: 'Command line' })
    expect(game.calls.map(({ name }) => name)).toContain('showOption')
    await fireEvent.click(screen.getByRole('button', { name: 'Back to the question' }))
    expect(await screen.findByRole('group', { name: 'What is copied?' })).toBeTruthy()
    expect(screen.getByText('Why wrong is wrong')).toBeTruthy()
  })
})
