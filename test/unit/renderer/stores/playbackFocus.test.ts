import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { usePlaybackStore } from '../../../../src-renderer/stores/playbackStore.ts'
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
})
