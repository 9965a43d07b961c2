import type { GroupView } from '@contract/api.ts'
import { cleanup, fireEvent, screen, within } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeGame } from '../support/fakeApi.ts'
import { fakeGroup } from '../support/fakeHost.ts'
import { mountApp } from './mountApp.ts'

afterEach(cleanup)

type Game = ReturnType<typeof fakeGame>
const names = (game: Game) => game.calls.map(({ name }) => name)

const openGate = async (game = fakeGame()) => {
  const app = await mountApp(game)
  await fireEvent.click(await screen.findByRole('button', { name: 'Menu of Ada' }))
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Instructor’s view' }))
  await screen.findByRole('heading', { name: 'Instructor’s view' })
  await screen.findByText('The instructor’s PIN opens this view.')
  return app
}
const givePin = async (pin: string) => {
  for (const digit of pin) {
    await fireEvent.click(screen.getByRole('button', { name: `Digit ${digit}` }))
  }
  await fireEvent.click(screen.getByRole('button', { name: 'Open' }))
}
const openView = async (game = fakeGame()) => {
  const app = await openGate(game)
  await givePin('1234')
  await screen.findByRole('tab', { name: 'Now' })
  return app
}
const goTo = (tab: string) => fireEvent.click(screen.getByRole('tab', { name: tab }))

describe('behind the PIN', () => {
  it('shows nothing of the group for a wrong PIN, and says so', async () => {
    const game = fakeGame()
    await openGate(game)
    game.failNext('unlockInstructor', { code: 'not-allowed', message: 'That is not the PIN.' })
    await givePin('9999')
    expect(await screen.findByText('That is not the PIN.')).toBeTruthy()
    expect(screen.queryByRole('tab', { name: 'Now' })).toBeNull()
    expect(names(game)).not.toContain('getGroup')
  })

  it('locks when it is left', async () => {
    const { game } = await openView()
    await fireEvent.click(screen.getByRole('button', { name: 'Lock and close' }))
    expect(await screen.findByRole('heading', { name: 'Your numbers' })).toBeTruthy()
    expect(names(game)).toContain('lockInstructor')
  })

  it('is waiting, then says why there are no figures, and tries again', async () => {
    const game = fakeGame()
    game.failNext('getGroup', { code: 'internal', message: 'Nobody answers.' })
    await openGate(game)
    await givePin('1234')
    expect(await screen.findByText('Nobody answers.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('tab', { name: 'Now' })).toBeTruthy()
  })

  it('has a state of its own while nobody has played', async () => {
    const game = fakeGame({ group: { ...fakeGroup, players: [] } })
    await openView(game)
    expect(await screen.findByText('Nobody has played yet')).toBeTruthy()
  })
})

describe('the group', () => {
  it('says who needs a visit, why, and what to ask', async () => {
    await openView()
    const card = within(await screen.findByRole('article'))
    expect(card.getByRole('heading', { name: 'Ada' })).toBeTruthy()
    expect(card.getByText('stuck')).toBeTruthy()
    expect(
      card.getByText('The same wrong move 3 times: That path is not on the volume.'),
    ).toBeTruthy()
    expect(card.getByText('Ask: Which layer answers for the path?')).toBeTruthy()
    expect(card.getByText(/\$ docker diff db/)).toBeTruthy()
  })

  it('shows players by levels and by concepts', async () => {
    await openView()
    await goTo('Group')
    const byLevel = within(await screen.findByRole('table', { name: 'Players and levels' }))
    expect(byLevel.getByRole('cell', { name: /^tried, / })).toBeTruthy()
    const byConcept = within(screen.getByRole('table', { name: 'Players and concepts' }))
    expect(byConcept.getByRole('cell', { name: 'met' })).toBeTruthy()
  })

  it('shows wrong moves, distractors, and predictions against what happened', async () => {
    await openView()
    await goTo('Understanding')
    expect(await screen.findByText('The wrong answer to q1')).toBeTruthy()
    expect(screen.getByText(/First write · 3 times, by 1 player/)).toBeTruthy()
    expect(screen.getByText('What happened: 2.0 GB')).toBeTruthy()
    expect(screen.getByText('1 was sure and wrong')).toBeTruthy()
  })

  it('goes on the wall without names, a prediction sealed, and back with the PIN only', async () => {
    const game = fakeGame()
    await openView(game)
    await goTo('Understanding')
    await fireEvent.click(await screen.findByRole('button', { name: 'Put it on the wall' }))
    expect(await screen.findByText('64 bytes')).toBeTruthy()
    expect(screen.queryByText('What happened: 2.0 GB')).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: 'Show what happened' }))
    expect(screen.getByText('What happened: 2.0 GB')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Back' }))
    expect(await screen.findByText('1 of 1')).toBeTruthy()
    expect(screen.queryByText('Ada')).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: 'Back' }))
    game.failNext('unlockInstructor', { code: 'not-allowed', message: 'That is not the PIN.' })
    await givePin('9999')
    expect(await screen.findByText('That is not the PIN.')).toBeTruthy()
    expect(screen.queryByRole('tab', { name: 'Now' })).toBeNull()
    await givePin('1234')
    expect(await screen.findByRole('tab', { name: 'Now' })).toBeTruthy()
  })

  it('is fetched anew by itself', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    try {
      const { game } = await openView()
      const before = names(game).filter((name) => name === 'getGroup').length
      await vi.advanceTimersByTimeAsync(9000)
      const after = names(game).filter((name) => name === 'getGroup').length
      expect(after).toBeGreaterThan(before)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('names and paper', () => {
  const paper = () => document.querySelector<HTMLElement>('.paper')
  const print = () => window.dispatchEvent(new Event('beforeprint'))
  afterEach(() => void window.dispatchEvent(new Event('afterprint')))

  it('gives each a number instead of a name, and keeps it when others come', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    try {
      const group = structuredClone(fakeGroup) as { players: GroupView['players'] } & GroupView
      const game = fakeGame({ group })
      await openView(game)
      await fireEvent.click(screen.getByRole('button', { name: 'Hide names' }))
      expect(await screen.findByRole('heading', { name: 'Player 1' })).toBeTruthy()
      expect(screen.queryByText('Ada')).toBeNull()
      const [ada] = group.players
      if (!ada) throw new Error('nobody is there')
      group.players = [{ ...ada, id: 'player-0', name: 'Bo', lastLines: ['docker images'] }, ada]
      await vi.advanceTimersByTimeAsync(9000)
      const card = (name: string) =>
        within(screen.getByRole('heading', { name }).closest('article') as HTMLElement)
      expect(card('Player 1').getByText(/docker diff db/)).toBeTruthy()
      expect(card('Player 2').getByText(/docker images/)).toBeTruthy()
      await fireEvent.click(screen.getByRole('button', { name: 'Hide names' }))
      expect(await screen.findByRole('heading', { name: 'Bo' })).toBeTruthy()
    } finally {
      vi.useRealTimers()
    }
  })

  it('prints the group with every table and no control, and then puts the paper away', async () => {
    await openView()
    print()
    const printed = within(paper() as HTMLElement)
    for (const heading of [
      'Teach these again first',
      'Players and levels',
      'Players and concepts',
      'Levels',
      'Concepts',
      'Wrong moves',
      'Wrong answers to questions',
      'Predictions and what happened',
    ]) {
      expect(printed.getByRole('heading', { name: heading })).toBeTruthy()
    }
    expect(printed.getAllByText('Ada')).toHaveLength(2)
    expect(printed.queryAllByRole('button')).toEqual([])
    window.dispatchEvent(new Event('afterprint'))
    expect(paper()).toBeNull()
  })

  it('prints no name that is hidden, neither from the view nor from the wall', async () => {
    await openView()
    await fireEvent.click(screen.getByRole('button', { name: 'Hide names' }))
    print()
    expect(paper()?.textContent).toContain('without names')
    expect(paper()?.textContent).not.toContain('Ada')
    await fireEvent.click(screen.getByRole('button', { name: 'Hide names' }))
    await fireEvent.click(screen.getByRole('button', { name: 'Wall view' }))
    await screen.findByText('1 of 1')
    print()
    expect(paper()?.textContent).not.toContain('Ada')
  })

  it('prints nothing of the group once it is locked', async () => {
    await openView()
    await fireEvent.click(screen.getByRole('button', { name: 'Lock and close' }))
    await screen.findByRole('heading', { name: 'Your numbers' })
    print()
    expect(paper()).toBeNull()
  })
})

describe('the machine', () => {
  const openMachine = async (game = fakeGame()) => {
    const app = await openView(game)
    await goTo('Machine')
    await screen.findByRole('heading', { name: 'Which levels are open' })
    return app
  }

  it('opens chosen levels and fixes the seed', async () => {
    const { game } = await openMachine()
    await fireEvent.click(screen.getByRole('radio', { name: 'Only these' }))
    await fireEvent.click(await screen.findByRole('checkbox', { name: /First write/ }))
    await fireEvent.click(screen.getByRole('radio', { name: 'The same for everybody' }))
    await fireEvent.update(await screen.findByLabelText('Seed'), '77')
    await fireEvent.submit(screen.getByLabelText('Seed').closest('form') as Element)
    expect(await screen.findByText(/^Saved\./)).toBeTruthy()
    expect(game.calls).toContainEqual({
      name: 'saveHostRules',
      request: { rules: { openLevels: ['first-write'], fixedSeed: 77 } },
    })
  })

  it('exports the report, and merges files one by one, each with its outcome', async () => {
    const game = fakeGame()
    await openMachine(game)
    const spreadsheet = within(screen.getByRole('group', { name: /^Tables for a spreadsheet/ }))
    for (const [button, file] of [
      ['Players and levels', 'levels.csv'],
      ['Concepts', 'concepts.csv'],
      ['Players and concepts', 'player-concepts.csv'],
      ['Wrong moves and answers', 'mistakes.csv'],
    ] as const) {
      await fireEvent.click(spreadsheet.getByRole('button', { name: button }))
      expect(await screen.findByText(`${file} is saved.`)).toBeTruthy()
    }
    const input = screen.getByLabelText('Merge files', { selector: 'input' })
    const files = [new File(['a'], 'one.driftwood'), new File(['b'], 'two.driftwood')]
    game.failNext('importProgress', { code: 'bad-request', message: 'This is no such file.' })
    Object.defineProperty(input, 'files', { value: files })
    await fireEvent.change(input)
    expect(await screen.findByText('one.driftwood: This is no such file.')).toBeTruthy()
    expect(await screen.findByText(/^two\.driftwood: /)).toBeTruthy()
  })

  it('removes names and resets only after a second question', async () => {
    const { game } = await openMachine()
    await fireEvent.click(screen.getByRole('button', { name: 'Remove all names' }))
    expect(names(game)).not.toContain('removeNames')
    await fireEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove all names' }),
    )
    expect(await screen.findByText('1 name was removed.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Reset this machine' }))
    expect(names(game)).not.toContain('resetMachine')
    await fireEvent.click(screen.getByRole('button', { name: 'Reset for good' }))
    await vi.waitFor(() => expect(names(game)).toContain('resetMachine'))
  })
})
