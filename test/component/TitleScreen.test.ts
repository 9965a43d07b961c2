import { cleanup, fireEvent, screen } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeGame, fakeHome } from '../support/fakeApi.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const newcomer = {
  ...fakeHome,
  acts: fakeHome.acts.map((act) => ({
    ...act,
    levels: act.levels.map((level, index) => ({
      ...level,
      state: index === 0 ? ('open' as const) : ('locked' as const),
      stars: 0 as const,
    })),
  })),
  numbers: { ...fakeHome.numbers, secondsPlayed: 0 },
}

describe('title', () => {
  it('greets a newcomer, tells the opening, and any key skips it', async () => {
    await mountApp(fakeGame({ home: newcomer }))
    expect(await screen.findByRole('heading', { name: 'Driftwood' })).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Begin' }))
    expect(await screen.findByText(/^One image. Ten containers/)).toBeTruthy()
    await fireEvent.keyDown(window, { key: 'x' })
    expect(await screen.findByRole('heading', { name: 'Your numbers' })).toBeTruthy()
  })

  it('lets those who have played go straight on', async () => {
    await mountApp()
    expect(await screen.findByRole('heading', { name: 'Your numbers' })).toBeTruthy()
  })
})
