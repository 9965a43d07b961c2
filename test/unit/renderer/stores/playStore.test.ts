import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { type GameClient, replaceGameApi } from '../../../../src-renderer/gameApi.ts'
import { usePlaybackStore } from '../../../../src-renderer/stores/playbackStore.ts'
import { usePlayStore } from '../../../../src-renderer/stores/playStore.ts'
import type { StagePort } from '../../../../src-renderer/stores/stagePort.ts'
import { fakeGame } from '../../../support/fakeApi.ts'
import { heldGame, settled } from '../../../support/heldGame.ts'
import { scriptedCommands } from '../../../support/playFixtures.ts'

/** Each level is an attempt of its own, under the name of the level. */
function levels(): GameClient {
  const game = fakeGame()
  return {
    ...game,
    openLevel: async (request) => {
      const reply = await game.openLevel(request)
      if (!reply.ok) return reply
      const { view } = reply.value
      const { levelId } = request
      return {
        ok: true,
        value: {
          film: null,
          view: { ...view, attemptId: levelId, level: { ...view.level, id: levelId } },
        },
      }
    },
    runLine: async (request) => {
      const reply = await game.runLine(request)
      if (!reply.ok) return reply
      return {
        ok: true,
        value: { film: null, view: { ...reply.value.view, attemptId: request.attemptId } },
      }
    },
  }
}

function held<K extends keyof GameClient>(name: K) {
  const game = heldGame(levels(), name)
  replaceGameApi(game)
  return { game, play: usePlayStore() }
}

beforeEach(() => setActivePinia(createPinia()))

describe('a level', () => {
  it('that comes late does not take the place of the one opened since', async () => {
    const { game, play } = held('openLevel')
    const first = play.open('one')
    const second = play.open('two')
    await settled()
    await game.letGo(1)
    await game.letGo(0)
    await Promise.all([first, second])
    expect(play.view?.level.id).toBe('two')
  })

  it('that was left before it came is not opened behind the player', async () => {
    const { game, play } = held('openLevel')
    void play.open('one')
    await settled()
    play.close()
    await game.letGo(0)
    expect([play.view, play.loading]).toEqual([null, false])
  })
})

describe('an action that is answered late', () => {
  it('changes nothing of the level opened since', async () => {
    const { game, play } = held('runLine')
    await play.open('one')
    const run = play.run('ls')
    await settled()
    const opening = play.open('two')
    await game.letGo(0)
    await Promise.all([run, opening])
    expect(play.view?.attemptId).toBe('two')
    expect([play.busy, play.runningLine, play.actionError]).toEqual([false, null, null])
  })

  it('is followed by those asked for on the same attempt, not on the one opened since', async () => {
    const undone: unknown[] = []
    const game = heldGame(levels(), 'runLine')
    replaceGameApi({
      ...game,
      undo: (request) => {
        undone.push(request)
        return game.undo(request)
      },
    })
    const play = usePlayStore()
    await play.open('one')
    const run = play.run('rm -r /srv')
    const undo = play.undo()
    const opening = play.open('two')
    await settled()
    await game.letGo(0)
    await Promise.all([run, undo, opening])
    expect(undone).toEqual([{ attemptId: 'one' }])
    expect(play.view?.attemptId).toBe('two')
  })

  it('is part of the level when it is opened again', async () => {
    const game = levels()
    let arrive = () => {}
    const underWay = new Promise<void>((resolve) => {
      arrive = resolve
    })
    replaceGameApi({ ...game, runLine: (request) => underWay.then(() => game.runLine(request)) })
    const play = usePlayStore()
    await play.open('one')
    const run = play.run('ls')
    await settled()
    const again = play.open('one')
    await settled()
    arrive()
    await Promise.all([run, again])
    expect(play.view?.terminal.map(({ line }) => line)).toEqual(['ls'])
  })
})

it('an action that breaks is told, and the next one has its turn', async () => {
  const game = levels()
  replaceGameApi({ ...game, undo: () => Promise.reject(new Error('a bug')) })
  const play = usePlayStore()
  await play.open('one')
  await expect(play.undo()).rejects.toThrow('a bug')
  expect(await play.run('ls')).toBe(true)
})

/** A stage that only notes what it was told to show. */
function notedStage(): { readonly stage: StagePort; readonly shown: unknown[] } {
  const shown: unknown[] = []
  const stage = {
    show: (view: unknown) => shown.push(view),
    play: () => ({ finished: Promise.resolve(), finish: () => {} }),
    setSpeed: () => {},
  } as unknown as StagePort
  return { stage, shown }
}

it('the timeline of a level that was left moves nothing in the next one', async () => {
  const shownSteps: unknown[] = []
  const game = heldGame(levels(), 'filmOf')
  replaceGameApi({
    ...game,
    showStep: (request) => {
      shownSteps.push(request)
      return game.showStep(request)
    },
  })
  const play = usePlayStore()
  const playback = usePlaybackStore()
  playback.attach(notedStage().stage)
  await play.open('one')
  await play.run(scriptedCommands[0]?.line ?? '')
  const on = playback.playOn()
  await settled()
  await play.open('two')
  await game.letGo(0)
  await on
  expect(shownSteps).toEqual([])
})

it('a step that cannot be shown leaves the picture of the one that is told of', async () => {
  const game = fakeGame()
  replaceGameApi(game)
  const play = usePlayStore()
  const playback = usePlaybackStore()
  await play.open('one')
  const { stage, shown } = notedStage()
  playback.attach(stage)
  await playback.scrub(0)
  game.failNext('showStep', { code: 'unreachable', message: '' })
  await playback.endScrub()
  expect(shown.at(-1)).toEqual(play.view?.stage)
  expect(shown.length).toBe(3)
})

it('a timeline that was being dragged when the level was left stands where the next one stands', async () => {
  replaceGameApi(levels())
  const play = usePlayStore()
  const playback = usePlaybackStore()
  await play.open('one')
  await play.run(scriptedCommands[0]?.line ?? '')
  playback.attach(notedStage().stage)
  await playback.scrub(1)
  playback.detach()
  await play.open('two')
  expect(playback.shownStep).toBe(play.view?.timeline.shownStep)
  expect(playback.shownStep).not.toBe(1)
})
