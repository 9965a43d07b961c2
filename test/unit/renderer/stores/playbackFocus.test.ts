import type { PlayView, StageView, StepFilm, StepFrame } from '@contract/api.ts'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { usePlaybackStore } from '../../../../src-renderer/stores/playbackStore.ts'
import { usePlayStore } from '../../../../src-renderer/stores/playStore.ts'
import type { StagePort } from '../../../../src-renderer/stores/stagePort.ts'
import { makeFilm } from '../../../gallery/films.ts'
import { sampleStages } from '../../../gallery/stages.ts'

const fleet = sampleStages.fleet
if (!fleet) throw new Error('no fleet')
const names = (stage: typeof fleet) => stage.containers.map(({ name }) => name)

beforeEach(() => setActivePinia(createPinia()))

describe('the container in focus', () => {
  it('is the level’s own until another is chosen', () => {
    expect(usePlaybackStore().inFocus(fleet)).toBe(fleet)
  })

  it('comes first, and no container is lost or changed', () => {
    const playback = usePlaybackStore()
    const [, , third] = names(fleet)
    playback.focusOn(third ?? null)
    const shown = playback.inFocus(fleet)
    expect(names(shown)[0]).toBe(third)
    expect(new Set(shown.containers)).toEqual(new Set(fleet.containers))
    expect(shown.containers).toHaveLength(fleet.containers.length)
    expect(shown.volumes).toBe(fleet.volumes)
  })

  it('goes back to the level’s own when it is gone', () => {
    const playback = usePlaybackStore()
    playback.focusOn('no-such-container')
    expect(playback.inFocus(fleet)).toBe(fleet)
  })

  it('goes where a line does something, and stays there', () => {
    const playback = usePlaybackStore()
    const played: StepFilm[] = []
    const shown: StageView[] = []
    const stage = {
      show: (view: StageView) => shown.push(view),
      play: (film: StepFilm) => {
        played.push(film)
        return { finished: new Promise<void>(() => {}), finish: () => {} }
      },
    } as unknown as StagePort
    playback.attach(stage)
    const [, , third] = fleet.containers
    if (!third) throw new Error('no third container')
    const fs = `overlay:${third.id}`
    const event = { type: 'file-read', fs, path: '/bin/sh', layer: 'upper', bytes: 1 }
    const film = makeFilm(fleet, [[event as StepFrame['event']]])
    const view = { stage: fleet, timeline: null } as unknown as PlayView
    usePlayStore().showing = { film, view }
    expect(names(played[0]?.stages[0] ?? fleet)[0]).toBe(third.name)
    expect(names(playback.inFocus(fleet))[0]).toBe(third.name)
  })
})
