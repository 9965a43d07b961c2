import type { StepFilm } from '@contract/api.ts'
import { describe, expect, it } from 'vitest'
import { paceOf } from '../../../../../src-renderer/scene/choreography/pace.ts'
import { sampleFilms } from '../../../../gallery/films.ts'

const copyUp = sampleFilms['copy-up'] as StepFilm
const times = (film: StepFilm, count: number): StepFilm => ({
  ...film,
  frames: Array.from({ length: count }, () => film.frames).flat(),
})

describe('paceOf', () => {
  it('gives a short command its time', () => {
    const pace = paceOf(copyUp)
    expect(copyUp.frames.map((_, index) => pace.rate(index))).toEqual(copyUp.frames.map(() => 1))
  })

  it('tells hundreds of steps in seconds, the telling ones slower than the plain ones', () => {
    const film = times(copyUp, 50)
    const pace = paceOf(film)
    const at = (type: string) => film.frames.findIndex(({ event }) => event.type === type)
    expect(pace.rate(at('lookup-missed'))).toBeGreaterThan(10)
    expect(pace.rate(at('copy-up-data'))).toBeLessThan(pace.rate(at('lookup-missed')))
    const total = film.frames.reduce((sum, { event }, index) => {
      const length = event.type === 'copy-up-data' ? 2400 : 300
      return sum + length / pace.rate(index)
    }, 0)
    expect(total).toBeLessThan(20_000)
  })
})
