import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { mountLevel, runLine, terminalLog } from './mountApp.ts'

afterEach(cleanup)

const input = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Command line' })
const press = (key: string, more: object = {}) => fireEvent.keyDown(input(), { key, ...more })
const linesRun = (app: Awaited<ReturnType<typeof mountLevel>>) =>
  app.game.calls
    .filter((call) => call.name === 'runLine')
    .map((call) => (call.request as { line: string }).line)

describe('terminal', () => {
  it('walks through earlier lines and back to what was being typed', async () => {
    await mountLevel()
    await runLine('docker ps')
    await terminalLog().findByText(/CONTAINER ID/)
    await fireEvent.update(input(), 'half a li')
    await press('ArrowUp')
    await waitFor(() => expect(input().value).toBe('docker ps'))
    await press('ArrowDown')
    await waitFor(() => expect(input().value).toBe('half a li'))
  })

  it('completes one candidate, offers several, and leaves Tab alone on an empty line', async () => {
    await mountLevel()
    await fireEvent.update(input(), 'docker im')
    await press('Tab')
    await waitFor(() => expect(input().value).toBe('docker images '))
    await fireEvent.update(input(), 'docker exec db rm /s')
    input().setSelectionRange(20, 20)
    await press('Tab')
    const list = within(await screen.findByRole('listbox', { name: 'Completions' }))
    expect(list.getAllByRole('option')).toHaveLength(2)
    expect(input().value).toBe('docker exec db rm /srv/')
    await press('Tab')
    await press('Enter')
    await waitFor(() => expect(input().value).toBe('docker exec db rm /srv/archive.db '))
    await fireEvent.update(input(), '')
    const tab = new KeyboardEvent('keydown', { key: 'Tab', cancelable: true, bubbles: true })
    input().dispatchEvent(tab)
    expect(tab.defaultPrevented).toBe(false)
  })

  it('searches back with Ctrl+R', async () => {
    await mountLevel()
    await runLine('docker ps')
    await terminalLog().findByText(/CONTAINER ID/)
    await press('r', { ctrlKey: true })
    await fireEvent.update(input(), 'ps')
    await screen.findByText('search back: docker ps')
    await press('Enter')
    await waitFor(() => expect(input().value).toBe('docker ps'))
  })

  it('Ctrl+C gives the line up, Ctrl+L clears the screen', async () => {
    await mountLevel()
    await runLine('docker ps')
    await terminalLog().findByText(/CONTAINER ID/)
    await fireEvent.update(input(), 'rm -rf /')
    await press('c', { ctrlKey: true })
    await waitFor(() => expect(input().value).toBe(''))
    await press('l', { ctrlKey: true })
    await waitFor(() => expect(terminalLog().queryByText(/CONTAINER ID/)).toBeNull())
  })

  it('runs pasted lines one after the other', async () => {
    const app = await mountLevel()
    await fireEvent.paste(input(), {
      clipboardData: { getData: () => 'docker ps\nnope one\n\nnope two\n' },
    })
    await waitFor(() => expect(linesRun(app)).toEqual(['docker ps', 'nope one', 'nope two']))
  })

  it('pages a long output', async () => {
    await mountLevel()
    await runLine('docker exec db seq 1 120')
    await terminalLog().findByText('40')
    expect(terminalLog().queryByText('41')).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: 'Show 80 more lines' }))
    expect(await terminalLog().findByText('80')).toBeTruthy()
  })
})
