import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { replaceGameApi } from '../../../../src-renderer/gameApi.ts'
import { useBroughtStore } from '../../../../src-renderer/stores/broughtStore.ts'
import { useHomeStore } from '../../../../src-renderer/stores/homeStore.ts'
import { useInstructorStore } from '../../../../src-renderer/stores/instructorStore.ts'
import { useLogbookStore } from '../../../../src-renderer/stores/logbookStore.ts'
import { usePlayersStore } from '../../../../src-renderer/stores/playersStore.ts'
import { useQuizStore } from '../../../../src-renderer/stores/quizStore.ts'
import { useReviewStore } from '../../../../src-renderer/stores/reviewStore.ts'
import { useSandboxStore } from '../../../../src-renderer/stores/sandboxStore.ts'
import { useSettingsStore } from '../../../../src-renderer/stores/settingsStore.ts'
import { fakeGame, fakeHome } from '../../../support/fakeApi.ts'
import { heldGame, settled } from '../../../support/heldGame.ts'

function held(name: Parameters<typeof heldGame>[1]) {
  const game = fakeGame()
  const slow = heldGame(game, name)
  replaceGameApi(slow)
  return { game, slow }
}

beforeEach(() => setActivePinia(createPinia()))

describe('settings', () => {
  it('are saved one after the other, the newest last and with all of them', async () => {
    const { game, slow } = held('saveSettings')
    const settings = useSettingsStore()
    const first = settings.change({ theme: 'day' })
    await settled()
    const others = [settings.change({ textSize: 120 }), settings.change({ textSize: 140 })]
    await settled()
    expect(slow.asked).toHaveLength(1)
    await slow.letGo(0)
    await slow.letGo(1)
    await Promise.all([first, ...others])
    expect(slow.asked).toHaveLength(2)
    expect(slow.asked.at(-1)).toMatchObject({ settings: { theme: 'day', textSize: 140 } })
    const stored = await game.getHome({})
    expect(stored.ok && stored.value.settings).toMatchObject({ theme: 'day', textSize: 140 })
  })

  it('are not lost to a home screen that was asked for before', async () => {
    const { slow } = held('saveSettings')
    const settings = useSettingsStore()
    const home = useHomeStore()
    await home.load()
    const first = settings.change({ theme: 'day' })
    await settled()
    settings.take(fakeHome.settings, fakeHome.player.id)
    expect(settings.settings.theme).toBe('day')
    const second = settings.change({ textSize: 120 })
    await slow.letGo(0)
    await slow.letGo(1)
    await Promise.all([first, second])
    expect(settings.settings).toMatchObject({ theme: 'day', textSize: 120 })
  })

  it('of one player are not saved for the next', async () => {
    const { slow } = held('saveSettings')
    const settings = useSettingsStore()
    await useHomeStore().load()
    const first = settings.change({ theme: 'day' })
    await settled()
    const second = settings.change({ sound: true })
    settings.take({ ...fakeHome.settings, theme: 'contrast' }, 'player-2')
    await slow.letGo(0)
    await Promise.all([first, second])
    expect(slow.asked).toHaveLength(1)
    expect(settings.settings).toMatchObject({ theme: 'contrast', sound: false })
  })
})

it('a home screen asked for before another player came does not bring the first one back', async () => {
  const { slow } = held('getHome')
  const home = useHomeStore()
  const loading = home.load()
  await usePlayersStore().create('Bob', '', null)
  await slow.letGo(0)
  await loading
  expect(home.home?.player.name).toBe('Bob')
  expect(home.loading).toBe(false)
})

it('a log book that comes late is not shown over the one asked for since', async () => {
  const game = fakeGame()
  let asked = 0
  const slow = heldGame(
    {
      ...game,
      getLogbook: async (request) => {
        asked += 1
        const secondsPlayed = asked
        const reply = await game.getLogbook(request)
        return reply.ok ? { ...reply, value: { ...reply.value, secondsPlayed } } : reply
      },
    },
    'getLogbook',
  )
  replaceGameApi(slow)
  const book = useLogbookStore()
  const first = book.load()
  const second = book.load()
  await slow.letGo(1)
  await slow.letGo(0)
  await Promise.all([first, second])
  expect(book.logbook?.secondsPlayed).toBe(2)
})

it('a group that comes after the instructor has locked is not kept', async () => {
  const { slow } = held('getGroup')
  const store = useInstructorStore()
  const loading = store.load()
  store.forget()
  await slow.letGo(0)
  await loading
  expect(store.group).toBeNull()
})

describe('a second tap on an answer', () => {
  it('of the knowledge check is none', async () => {
    const { slow } = held('answerQuestion')
    const quiz = useQuizStore()
    await quiz.open(false)
    const taps = [quiz.answer('right', true), quiz.answer('wrong', true)]
    await slow.letGo(0)
    await Promise.all(taps)
    expect(slow.asked).toHaveLength(1)
    expect(quiz.error).toBeNull()
  })

  it('of the review is none', async () => {
    const { slow } = held('answerReview')
    const review = useReviewStore()
    await review.open()
    const taps = [review.answer('right', true), review.answer('wrong', true)]
    await slow.letGo(0)
    await Promise.all(taps)
    expect(slow.asked).toHaveLength(1)
    expect([review.error, review.asked]).toEqual([null, 1])
  })
})

describe('a second tap', () => {
  it('makes no second player', async () => {
    const { slow } = held('createPlayer')
    const players = usePlayersStore()
    const taps = [players.create('Bob', '', null), players.create('Bob', '', null)]
    await slow.letGo(0)
    expect(slow.asked).toHaveLength(1)
    expect(await Promise.all(taps)).toEqual([true, false])
    expect(players.busy).toBe(false)
  })

  it('saves no second state of the sandbox', async () => {
    const { slow } = held('saveSandbox')
    const sandbox = useSandboxStore()
    await sandbox.openWorld('harbour')
    const taps = [sandbox.save('before'), sandbox.save('before')]
    await slow.letGo(0)
    expect(slow.asked).toHaveLength(1)
    await Promise.all(taps)
    expect([sandbox.saved, sandbox.error]).toEqual([true, null])
  })

  it('takes no file in twice', async () => {
    const { slow } = held('takeBrought')
    const brought = useBroughtStore()
    const taps = [brought.take('file-1'), brought.take('file-1')]
    await slow.letGo(0)
    await Promise.all(taps)
    expect(slow.asked).toHaveLength(1)
  })
})

describe('what was left for an experiment', () => {
  it('in the review is not what the next player finds', async () => {
    const { slow } = held('openReview')
    await useHomeStore().load()
    const review = useReviewStore()
    const opening = review.open()
    await slow.letGo(0)
    await opening
    review.leave()
    await usePlayersStore().create('Bob', '', null)
    await nextTick()
    void review.open()
    expect(slow.asked).toHaveLength(2)
    expect(review.view).toBeNull()
  })

  it('in the knowledge check is not where the next player begins', async () => {
    replaceGameApi(fakeGame())
    await useHomeStore().load()
    const quiz = useQuizStore()
    await quiz.open(false)
    quiz.next()
    quiz.leave()
    await usePlayersStore().create('Bob', '', null)
    await nextTick()
    await quiz.open(false)
    expect(quiz.index).toBe(0)
  })
})
