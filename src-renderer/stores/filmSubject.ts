import type { StageView, StepFilm } from '@contract/api.ts'

const idOf = (event: StepFilm['frames'][number]['event']): string | null => {
  if ('container' in event) return event.container
  if ('fs' in event && event.fs.startsWith('overlay:')) return event.fs.slice('overlay:'.length)
  return null
}

/** Names by id: a container that is replaced by another of its name stays the same subject. */
function namesIn(stages: readonly StageView[]): ReadonlyMap<string, string> {
  const all = stages.flatMap(({ containers }) => containers)
  return new Map(all.map(({ id, name }) => [id, name]))
}

/**
 * The container that a film is about when it is not about `shown`: the last one it touches that
 * stands at its beginning and at its end. Null when the one that is shown large may stay.
 */
export function filmSubject(film: StepFilm, shown: string | undefined): string | null {
  const names = namesIn(film.stages)
  const touched = film.frames.flatMap(({ event }) => {
    const id = idOf(event)
    return id === null ? [] : (names.get(id) ?? [])
  })
  if (shown === undefined || touched.includes(shown)) return null
  const stands = (stage: StageView | undefined, name: string) =>
    stage?.containers.some((container) => container.name === name) === true
  const [first, last] = [film.stages[0], film.stages.at(-1)]
  return touched.findLast((name) => stands(first, name) && stands(last, name)) ?? null
}
