import type { StageView, StepFrame } from '@contract/api.ts'
import { describe, expect, it } from 'vitest'
import { filmSubject } from '../../../../src-renderer/stores/filmSubject.ts'
import { makeFilm } from '../../../gallery/films.ts'
import { archiveContainer, stageOf } from '../../../gallery/stages.ts'

type Event = StepFrame['event']

const container = (id: string, name: string) => ({ ...archiveContainer({}, 0), id, name })
const web = container('w1', 'web')
const both = (db: string): StageView => stageOf({ containers: [web, container(db, 'db')] })
const alone = stageOf({ containers: [web] })

const reads = (id: string) =>
  ({ type: 'file-read', fs: `overlay:${id}`, path: '/bin/sh', layer: 'upper', bytes: 1 }) as Event
const discards = (id: string) =>
  ({ type: 'layer-discarded', container: id, fs: `overlay:${id}`, bytes: 0, files: 0 }) as Event
const starts = (id: string) => ({ type: 'container-started', container: id }) as Event

describe('filmSubject', () => {
  it('is another container when all of it happens there', () => {
    const film = makeFilm(both('d1'), [[reads('d1')]])
    expect(filmSubject(film, 'web')).toBe('db')
  })

  it('is the name, not the id: a redeploy is about the container it replaces', () => {
    const film = makeFilm(both('d1'), [
      [discards('d1'), alone],
      [starts('d2'), both('d2')],
    ])
    expect(filmSubject(film, 'web')).toBe('db')
  })

  it('leaves what is shown where it happens there too, or nowhere in a container', () => {
    expect(filmSubject(makeFilm(both('d1'), [[reads('d1')], [reads('w1')]]), 'web')).toBe(null)
    const onHost = { ...reads('w1'), fs: 'host' } as Event
    expect(filmSubject(makeFilm(both('d1'), [[onHost]]), 'web')).toBe(null)
  })

  it('never goes to a container that comes or goes with the film', () => {
    const comes = makeFilm(alone, [[starts('d1'), both('d1')]])
    expect(filmSubject(comes, 'web')).toBe(null)
    const goes = makeFilm(both('d1'), [[discards('d1'), alone]])
    expect(filmSubject(goes, 'web')).toBe(null)
  })
})
