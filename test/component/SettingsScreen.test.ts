import { cleanup, fireEvent, screen, waitFor } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

const openSettings = async () => {
  const app = await mountApp()
  await screen.findByRole('complementary')
  await fireEvent.click(screen.getByRole('button', { name: 'Settings' }))
  await screen.findByRole('heading', { name: 'Settings' })
  return app
}

describe('settings', () => {
  it('lists whose work is in the game, each licence in full, for the keyboard too', async () => {
    await openSettings()
    await fireEvent.click(screen.getByRole('button', { name: 'Licences' }))
    const inter = await screen.findByText(/@fontsource-variable\/inter/, { selector: '.name' })
    expect(inter.closest('summary')?.textContent).toContain('OFL-1.1')
    expect(inter.closest('details')?.querySelector('pre')?.textContent).toContain(
      'SIL OPEN FONT LICENSE',
    )
  })

  it('shows a change at once and saves it', async () => {
    const { game } = await openSettings()
    await fireEvent.click(screen.getByRole('radio', { name: 'High contrast' }))
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('contrast'))
    expect(game.calls.at(-1)).toMatchObject({
      name: 'saveSettings',
      request: { settings: { theme: 'contrast' } },
    })
    expect(await screen.findByText('✓ Saved')).toBeTruthy()
  })

  it('sets the text size within 100 and 200 percent', async () => {
    await openSettings()
    await fireEvent.click(screen.getByRole('button', { name: /Larger/ }))
    await waitFor(() =>
      expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.25'),
    )
    expect(screen.getByText('125 %')).toBeTruthy()
  })

  it('reduces motion when asked', async () => {
    await openSettings()
    await fireEvent.click(screen.getByRole('radio', { name: 'Reduced' }))
    await waitFor(() => expect(document.documentElement.dataset.motion).toBe('reduced'))
  })

  it('speaks another language at once', async () => {
    const { game } = await openSettings()
    await fireEvent.click(screen.getByRole('radio', { name: 'Deutsch' }))
    expect(await screen.findByRole('heading', { name: 'Einstellungen' })).toBeTruthy()
    expect(screen.getByRole('radio', { name: '0,5×' })).toBeTruthy()
    expect(document.documentElement.lang).toBe('de')
    expect(game.calls).toContainEqual({
      name: 'saveSettings',
      request: { settings: expect.objectContaining({ locale: 'de' }) },
    })
    await fireEvent.click(screen.getByRole('radio', { name: 'English' }))
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy()
  })

  it('opens the sheet of shortcuts on ?', async () => {
    await openSettings()
    await fireEvent.keyDown(window, { key: '?' })
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy()
  })
})
