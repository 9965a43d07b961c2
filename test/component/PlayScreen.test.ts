import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { useSettingsStore } from '../../src-renderer/stores/settingsStore.ts'
import { fakeGame } from '../support/fakeApi.ts'
import { APPEND_LINE, DELETE_LINE } from '../support/playFixtures.ts'
import { mountLevel, runLine, terminalLog } from './mountApp.ts'

afterEach(cleanup)

const timeline = () => within(screen.getByRole('region', { name: 'Timeline' }))
const slider = () => screen.getByRole('slider', { name: 'Position in the level' })

/** Runs a line and ends its film, if it has one. */
const runToEnd = async (app: Awaited<ReturnType<typeof mountLevel>>, line: string) => {
  await runLine(line)
  await waitFor(() =>
    expect(app.stage.running() ?? terminalLog().queryByText(/not found/)).not.toBeNull(),
  )
  app.stage.running()?.end()
  await waitFor(() => expect(screen.queryByText('running')).toBeNull())
}

describe('playing a command', () => {
  it('plays its film, and only then ticks goals and numbers', async () => {
    const app = await mountLevel()
    await runLine(APPEND_LINE)
    await waitFor(() => expect(app.stage.running()).not.toBeNull())
    expect(screen.getByText('0 of 2 goals met')).toBeTruthy()
    app.stage.running()?.step(4)
    await waitFor(() => expect(timeline().getByText('step 4 of 6')).toBeTruthy())
    expect(timeline().getByText('copy_up /srv/archive.db: copy data')).toBeTruthy()
    app.stage.running()?.end()
    await screen.findByText('1 of 2 goals met')
    expect(screen.getByText('Sim clock 00:10.01')).toBeTruthy()
  })

  it('any key ends the film in the state it leads to', async () => {
    const app = await mountLevel()
    await runLine(APPEND_LINE)
    await waitFor(() => expect(app.stage.running()).not.toBeNull())
    await fireEvent.keyDown(window, { key: 'x' })
    expect(await screen.findByText('1 of 2 goals met')).toBeTruthy()
    expect(app.stage.shown.at(-1)?.containers[0]?.layers[0]?.tiles[0]?.path).toBe('/srv/archive.db')
  })

  it('shows what the rules refuse as output with its exit code', async () => {
    const app = await mountLevel()
    await runToEnd(app, 'dokcer ps')
    expect(terminalLog().getByText(/dokcer: not found/)).toBeTruthy()
    expect(terminalLog().getByText('exit 127')).toBeTruthy()
  })

  it('says so when saving failed, and nothing has changed', async () => {
    const game = fakeGame()
    await mountLevel(game)
    game.failNext('runLine', { code: 'storage-failed', message: 'The disk is full.' })
    await runLine(APPEND_LINE)
    const alert = await screen.findByRole('alert')
    expect(within(alert).getByText('Saving failed')).toBeTruthy()
    expect(within(alert).getByText(/The disk is full\./)).toBeTruthy()
    expect(screen.getByText('0 of 2 goals met')).toBeTruthy()
  })
})

describe('time', () => {
  it('undo and redo are commands away', async () => {
    const app = await mountLevel()
    await runToEnd(app, APPEND_LINE)
    await fireEvent.click(timeline().getByRole('button', { name: 'Undo' }))
    await screen.findByText('0 of 2 goals met')
    expect(terminalLog().getByText('undone')).toBeTruthy()
    await fireEvent.click(timeline().getByRole('button', { name: 'Redo' }))
    await screen.findByText('1 of 2 goals met')
  })

  it('steps back and forward, the step forward with its own film', async () => {
    const app = await mountLevel()
    await runToEnd(app, APPEND_LINE)
    await fireEvent.click(timeline().getByRole('button', { name: 'Step back' }))
    await waitFor(() => expect(slider().getAttribute('aria-valuenow')).toBe('5'))
    await fireEvent.click(timeline().getByRole('button', { name: 'Step forward' }))
    await waitFor(() => expect(app.stage.running()).not.toBeNull())
    expect(app.stage.films.at(-1)?.frames.map((frame) => frame.step)).toEqual([6])
    app.stage.running()?.end()
    await waitFor(() => expect(app.game.calls.at(-1)?.name).toBe('showStep'))
    await waitFor(() => expect(slider().getAttribute('aria-valuenow')).toBe('6'))
  })

  it('jumps by keyboard on the track', async () => {
    const app = await mountLevel()
    await runToEnd(app, APPEND_LINE)
    await fireEvent.keyDown(slider(), { key: 'Home' })
    await waitFor(() => expect(slider().getAttribute('aria-valuenow')).toBe('0'))
    await fireEvent.keyDown(slider(), { key: 'PageUp' })
    await waitFor(() => expect(slider().getAttribute('aria-valuenow')).toBe('6'))
  })

  it('pausing a film stays at its step', async () => {
    const app = await mountLevel()
    await runLine(APPEND_LINE)
    await waitFor(() => expect(app.stage.running()).not.toBeNull())
    app.stage.running()?.step(3)
    await fireEvent.click(await timeline().findByRole('button', { name: 'Pause' }))
    await waitFor(() => expect(slider().getAttribute('aria-valuenow')).toBe('3'))
    expect(app.game.calls.at(-1)).toMatchObject({ name: 'showStep', request: { step: 3 } })
  })

  it('sets two moments side by side, from before the last command on', async () => {
    const app = await mountLevel()
    await runToEnd(app, APPEND_LINE)
    await fireEvent.click(timeline().getByRole('button', { name: 'Compare' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Two moments side by side' }))
    const before = await dialog.findByRole<HTMLInputElement>('slider', { name: 'Before' })
    expect(before.value).toBe('0')
    const row = (await dialog.findByText('writable layer of db')).closest('tr')
    expect(row?.textContent).toMatch(/0.B.*2\.0.GB/)
    await fireEvent.update(before, '6')
    expect(await dialog.findByText(/Nothing that the stage shows is different/)).toBeTruthy()
    await useSettingsStore().change({ theme: 'contrast' })
    // The stage behind it and both moments.
    await waitFor(() => expect(app.stage.themes).toEqual(['contrast', 'contrast', 'contrast']))
  })

  it('asks before it resets', async () => {
    const app = await mountLevel()
    await runToEnd(app, APPEND_LINE)
    await fireEvent.click(timeline().getByRole('button', { name: 'Reset' }))
    expect(app.game.calls.map((call) => call.name)).not.toContain('resetLevel')
    await fireEvent.click(screen.getByRole('button', { name: 'Start again' }))
    await screen.findByText('0 of 2 goals met')
  })
})

describe('mission', () => {
  it('locks a prediction in', async () => {
    const { game } = await mountLevel()
    await fireEvent.click(screen.getByRole('radio', { name: '2.0 GB, the whole file' }))
    await fireEvent.click(screen.getByRole('checkbox', { name: 'I am sure' }))
    await fireEvent.click(screen.getByRole('button', { name: 'Lock it in' }))
    expect(await screen.findByText('You said: 2.0 GB, the whole file')).toBeTruthy()
    expect(game.calls.at(-1)?.request).toMatchObject({ answer: 'file', sure: true })
  })

  it('leads from a command that waits to its prediction, and back when it is given', async () => {
    const app = await mountLevel(fakeGame({ holdsForPrediction: true }))
    await runLine(APPEND_LINE)
    expect(await terminalLog().findByText('waits for your prediction')).toBeTruthy()
    await waitFor(() => expect(document.activeElement?.getAttribute('type')).toBe('radio'))
    await fireEvent.click(screen.getByRole('radio', { name: '64 bytes' }))
    await fireEvent.click(screen.getByRole('button', { name: 'Lock it in' }))
    await waitFor(() => expect(app.stage.running()).not.toBeNull())
    expect(terminalLog().queryByText('waits for your prediction')).toBeNull()
    app.stage.running()?.end()
    await screen.findByText('1 of 2 goals met')
    expect(document.activeElement?.getAttribute('role')).toBe('combobox')
  })

  it('gives one hint at a time and counts them', async () => {
    await mountLevel()
    await fireEvent.click(screen.getByRole('button', { name: 'Hint 1 of 3' }))
    expect(await screen.findByText(/Which layer owns the file/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Hint 2 of 3' })).toBeTruthy()
  })

  it('keeps the focus where hints are taken, up to the last one', async () => {
    await mountLevel()
    for (const n of [1, 2, 3]) {
      const button = await screen.findByRole('button', { name: `Hint ${n} of 3` })
      if (n === 1) button.focus()
      expect(document.activeElement).toBe(button)
      await fireEvent.click(button)
    }
    await waitFor(() => expect(document.activeElement?.tagName).toBe('LI'))
  })

  it('checks an explanation part by part', async () => {
    const app = await mountLevel()
    await runToEnd(app, APPEND_LINE)
    for (const name of [/opened a lower file/, /one block up/, /size of the file/]) {
      await fireEvent.click(await screen.findByRole('radio', { name }))
    }
    await fireEvent.click(screen.getByRole('button', { name: 'Check the chain' }))
    expect(await screen.findByText('That would be a block device.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('radio', { name: /whole file up/ }))
    await fireEvent.click(screen.getByRole('button', { name: 'Check again' }))
    expect(await screen.findByText(/The chain holds/)).toBeTruthy()
  })

  it('leads from the last goal to the debrief, when asked', async () => {
    const app = await mountLevel()
    await runToEnd(app, APPEND_LINE)
    await runToEnd(app, DELETE_LINE)
    await fireEvent.click(await screen.findByRole('button', { name: 'See the debrief' }))
    expect(await screen.findByText('The rule you proved')).toBeTruthy()
    expect(screen.getByRole('img', { name: '3 of 3 stars' })).toBeTruthy()
  })
})

describe('actions', () => {
  it('asks for the fields, shows the line, and runs what a person would type', async () => {
    const { game } = await mountLevel()
    await fireEvent.click(screen.getByRole('button', { name: 'Append' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Append' }))
    await fireEvent.click(dialog.getByRole('radio', { name: '/srv/archive.db' }))
    expect(dialog.getByText(`$ ${APPEND_LINE}`)).toBeTruthy()
    await fireEvent.click(dialog.getByRole('button', { name: 'Run it' }))
    await waitFor(() =>
      expect(game.calls.at(-1)).toMatchObject({ name: 'runLine', request: { line: APPEND_LINE } }),
    )
  })

  it('fills the mount action in when a volume is dropped on a path', async () => {
    const { stage } = await mountLevel()
    stage.options()?.onDropVolume('archive', 'db', '/srv')
    const dialog = within(await screen.findByRole('dialog', { name: 'Mount volume' }))
    expect(
      dialog.getByText('$ docker run -d --name db -v archive:/srv driftwood/archive:1.4'),
    ).toBeTruthy()
  })
})

describe('stage for everyone', () => {
  it('reads the stack as a tree and lights up the tile in focus', async () => {
    const { stage } = await mountLevel()
    const tree = within(screen.getByRole('tree', { name: 'Containers, layers and files' }))
    const tile = tree.getByRole('treeitem', { name: /^\/srv\/archive\.db, file, 2\.0.GB/ })
    await fireEvent.focus(tile)
    expect(stage.focused.at(-1)).toBe('db|sha256:layer2|/srv/archive.db')
    await fireEvent.click(tile)
    expect(
      await screen.findByRole('dialog', { name: /Facts about \/srv\/archive\.db/ }),
    ).toBeTruthy()
  })

  it('reports each step in words', async () => {
    const app = await mountLevel()
    await runLine(APPEND_LINE)
    await waitFor(() => expect(app.stage.running()).not.toBeNull())
    app.stage.running()?.step(5)
    await waitFor(() =>
      expect(screen.getByTestId('live-step').textContent).toBe(
        'step 5 of 6: copy_up /srv/archive.db: rename into place',
      ),
    )
  })
})
