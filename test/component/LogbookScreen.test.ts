import { cleanup, fireEvent, render, screen, within } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import LogbookPages from '../../src-renderer/components/logbook/LogbookPages.vue'
import { fakeGame } from '../support/fakeApi.ts'
import { fakeLogbook } from '../support/fakePlayers.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const openLogbook = async (game = fakeGame()) => {
  await mountApp(game)
  await screen.findByRole('complementary')
  await fireEvent.click(screen.getByRole('button', { name: 'Log book' }))
}

describe('log book', () => {
  it('says every drawn number in words or in a table', async () => {
    await openLogbook()
    const levels = within(await screen.findByRole('region', { name: 'Levels' }))
    const row = levels.getByRole('row', { name: /First write/ })
    expect(within(row).getByRole('img', { name: '3 of 3 stars' })).toBeTruthy()
    expect(row.textContent).toContain('3.0\u00a0MB')
    expect(screen.getByText('5 of 9')).toBeTruthy()
    expect(screen.getByText('3 of 4 answers remembered')).toBeTruthy()
    const due = screen.getAllByText('Show as a table')
    expect(due.length).toBe(2)
  })

  it('claims no saved bytes before a level is solved', () => {
    const tried = fakeLogbook.levels.map((level) => ({ ...level, state: 'tried' as const }))
    const logbook = { ...fakeLogbook, bytesSavedFromCopyUp: 0, levels: tried, secondsPlayed: 20 }
    render(LogbookPages, { props: { logbook }, global: { plugins: [createPinia()] } })
    const figure = (label: string) => screen.getByText(label).closest('div')?.textContent
    expect(figure('Saved from copy-up')).toContain('–')
    expect(figure('Time played')).toContain('< 1 min')
  })

  it('shows the error and tries again', async () => {
    const game = fakeGame()
    game.failNext('getLogbook', { code: 'internal', message: 'Wet pages.' })
    await openLogbook(game)
    expect(await screen.findByText('Wet pages.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('region', { name: 'Levels' })).toBeTruthy()
  })
})
