import { cleanup, fireEvent, screen, within } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { replaceReload } from '../../src-renderer/stores/kioskStore.ts'
import { fakeGame, fakeHome } from '../support/fakeApi.ts'
import { demoParts } from '../support/playFixtures.ts'
import { mountApp } from './mountApp.ts'

const KIOSK = { idleSeconds: 60, countdownSeconds: 20, locale: 'en' }
const names = (game: ReturnType<typeof fakeGame>) => game.calls.map(({ name }) => name)
let reloads = 0

beforeEach(() => {
  reloads = 0
  replaceReload(() => {
    reloads += 1
  })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const mountKiosk = (game = fakeGame({ kiosk: KIOSK })) => mountApp(game)
const begin = async (game = fakeGame({ kiosk: KIOSK })) => {
  const app = await mountKiosk(game)
  await screen.findByText(/^Playing by itself/)
  await fireEvent.click(screen.getByRole('button', { name: 'Touch to begin' }))
  await screen.findByRole('combobox', { name: 'Command line' })
  return app
}

describe('while nobody plays', () => {
  it('plays a level by itself, step by step, with the words of each step', async () => {
    const { game, stage } = await mountKiosk()
    expect(await screen.findByText('Playing by itself: One line, two gigabytes')).toBeTruthy()
    expect(names(game)).toContain('getDemo')
    expect(stage.films).toHaveLength(1)
    const [film] = stage.films
    expect(film?.frames).toHaveLength(1)
    expect(screen.getByText(film?.frames[0]?.label ?? 'no label')).toBeTruthy()
    expect(screen.getByText(film?.frames[0]?.why ?? 'no why')).toBeTruthy()
  })

  it('shows still pictures to who wants no motion', async () => {
    const settings = { ...fakeHome.settings, motion: 'reduced' as const }
    const { stage } = await mountKiosk(fakeGame({ kiosk: KIOSK, home: { ...fakeHome, settings } }))
    const [part] = demoParts()
    expect(await screen.findByText(part?.film.frames[0]?.label ?? 'no label')).toBeTruthy()
    expect(stage.films).toEqual([])
    expect(stage.shown.at(-1)).toEqual(part?.film.stages[part.film.frames[0]?.stage ?? 0])
  })

  it('has a new guest before the first touch, and nothing of the one before', async () => {
    const { game } = await mountKiosk()
    await screen.findByRole('button', { name: 'Touch to begin' })
    expect(names(game).slice(0, 2)).toEqual(['getHost', 'startVisit'])
    expect(names(game)).not.toContain('getHome')
    expect(screen.queryByText('Ada')).toBeNull()
  })

  it('can be begun even when no level can be shown', async () => {
    const game = fakeGame({ kiosk: KIOSK })
    game.failNext('getDemo', { code: 'not-found', message: 'There is no open level.' })
    await mountKiosk(game)
    expect(await screen.findByText('No level can be shown right now')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Touch to begin' }))
    expect(await screen.findByRole('combobox', { name: 'Command line' })).toBeTruthy()
  })

  it('says why nobody can come aboard, and tries again', async () => {
    const game = fakeGame({ kiosk: KIOSK })
    game.failNext('startVisit', { code: 'storage-failed', message: 'The disk is full.' })
    await mountKiosk(game)
    expect(await screen.findByText('The disk is full.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('button', { name: 'Touch to begin' })).toBeTruthy()
  })

  it('begins in the language that is touched', async () => {
    const { game } = await mountKiosk()
    await fireEvent.click(await screen.findByRole('button', { name: 'Deutsch' }))
    expect(await screen.findByRole('combobox', { name: 'Befehlszeile' })).toBeTruthy()
    expect(names(game)).toContain('saveSettings')
  })

  it('lets go of the screen for the right PIN only', async () => {
    const game = fakeGame({ kiosk: KIOSK })
    await mountKiosk(game)
    await fireEvent.click(await screen.findByRole('button', { name: 'For the host' }))
    const gate = within(screen.getByRole('dialog'))
    const leave = gate.getByRole('button', { name: 'Leave the kiosk' })
    expect((leave as HTMLButtonElement).disabled).toBe(true)
    for (const digit of '0000') {
      await fireEvent.click(gate.getByRole('button', { name: `Digit ${digit}` }))
    }
    game.failNext('leaveKiosk', { code: 'not-allowed', message: 'That is not the PIN.' })
    await fireEvent.click(leave)
    expect(await gate.findByText('That is not the PIN.')).toBeTruthy()
    expect((gate.getByLabelText('PIN') as HTMLInputElement).value).toBe('')
    await fireEvent.update(gate.getByLabelText('PIN'), '1234')
    await fireEvent.click(leave)
    const last = game.calls.findLast(({ name }) => name === 'leaveKiosk')
    expect(last?.request).toEqual({ pin: '1234' })
  })
})

describe('a visit', () => {
  it('is summed up, given a code to take home, and ends with a page of its own', async () => {
    const { game } = await begin()
    await fireEvent.click(screen.getByRole('button', { name: 'End visit' }))
    expect(await screen.findByText('First write')).toBeTruthy()
    expect(screen.getByText('1 right, 1 wrong')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Take it home' }))
    expect(await screen.findByText('K7M-4QX')).toBeTruthy()
    sessionStorage.setItem('driftwood-history-x', '["docker ps"]')
    await fireEvent.click(screen.getByRole('button', { name: 'Finish the visit' }))
    await vi.waitFor(() => expect(reloads).toBe(1))
    expect(names(game).filter((name) => name === 'startVisit')).toHaveLength(2)
    expect(sessionStorage).toHaveLength(0)
  })

  it('tells when it cannot be summed up, and when it cannot be kept', async () => {
    const game = fakeGame({ kiosk: KIOSK })
    await begin(game)
    game.failNext('getVisit', { code: 'internal', message: 'Nobody answers.' })
    await fireEvent.click(screen.getByRole('button', { name: 'End visit' }))
    expect(await screen.findByText('Nobody answers.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    game.failNext('keepVisit', { code: 'storage-failed', message: 'The disk is full.' })
    await fireEvent.click(await screen.findByRole('button', { name: 'Take it home' }))
    expect(await screen.findByText('The disk is full.')).toBeTruthy()
  })

  it('goes on after the page was lost in the middle of it', async () => {
    const game = fakeGame({ kiosk: KIOSK })
    await begin(game)
    const visit = sessionStorage.getItem('driftwood-visit') ?? ''
    cleanup()
    sessionStorage.setItem('driftwood-visit', visit)
    await mountApp(game, { keepsSession: true })
    expect(await screen.findByRole('heading', { name: 'Your numbers' })).toBeTruthy()
  })

  it('has no players to choose from, and no way to become one', async () => {
    const { game } = await begin()
    expect(screen.queryByRole('button', { name: /^Menu of/ })).toBeNull()
    await fireEvent.keyDown(document.body, { key: 'm' })
    expect(await screen.findByRole('heading', { name: 'Your numbers' })).toBeTruthy()
    await fireEvent.keyDown(document.body, { key: 'c' })
    expect(screen.queryByRole('heading', { name: 'Players' })).toBeNull()
    expect(names(game)).not.toContain('listPlayers')
  })
})

describe('the keyboard on the screen', () => {
  const press = async (name: string) =>
    fireEvent.click(
      within(await screen.findByTestId('screen-keyboard')).getByRole('button', { name }),
    )

  it('writes into the command line, completes, and runs', async () => {
    const { game } = await begin()
    const line = screen.getByRole('combobox', { name: 'Command line' }) as HTMLInputElement
    expect(screen.queryByTestId('screen-keyboard')).toBeNull()
    await fireEvent.click(line)
    for (const key of ['d', 'o', 'x', 'Delete', 'c']) await press(key)
    expect(line.value).toBe('doc')
    await press('Tab: complete')
    await vi.waitFor(() => expect(line.value).toBe('docker '))
    await press('Capitals')
    await press('P')
    await press('Symbols')
    await press('&')
    await press('Left')
    await press('abc: letters')
    await press('s')
    expect(line.value).toBe('docker Ps&')
    await press('Enter')
    await vi.waitFor(() =>
      expect(game.calls).toContainEqual(
        expect.objectContaining({
          name: 'runLine',
          request: expect.objectContaining({ line: 'docker Ps&' }),
        }),
      ),
    )
    await press('Earlier line')
    await vi.waitFor(() => expect(line.value).toBe('docker Ps&'))
    await press('Hide the keyboard')
    expect(screen.queryByTestId('screen-keyboard')).toBeNull()
  })

  it('stays away from a machine that is no kiosk and has no touch', async () => {
    await mountApp()
    await fireEvent.click(await screen.findByRole('button', { name: /^Continue/ }))
    await fireEvent.click(await screen.findByRole('combobox', { name: 'Command line' }))
    expect(screen.queryByTestId('screen-keyboard')).toBeNull()
  })
})
