import type { SimEvent } from '../../sim/event.ts'
import { listContainers } from '../../sim/look/containers.ts'
import type { World } from '../../sim/world.ts'
import type { LevelRun } from './run.ts'

const known = new WeakMap<World, ReadonlyMap<string, string>>()

const namesAtStart = (start: World): ReadonlyMap<string, string> => {
  let names = known.get(start)
  if (names === undefined) {
    names = new Map(listContainers(start).map((container) => [container.id, container.name]))
    known.set(start, names)
  }
  return names
}

/** Name of a container by its id, also of one that is gone; null for what is none. */
export function containerName(run: LevelRun, id: string): string | null {
  let name = namesAtStart(run.start).get(id) ?? null
  for (const entry of run.entries) {
    for (const { event } of entry.steps) {
      if (event.type === 'container-created' && event.container === id) name = event.name
      if (event.type === 'container-renamed' && event.container === id) name = event.name
    }
  }
  return name
}

/** Id of the container an event belongs to; null for the host, volumes and images. */
export function containerIdOf(event: SimEvent): string | null {
  if ('container' in event) return event.container
  if ('fs' in event && event.fs.startsWith('overlay:')) return event.fs.slice('overlay:'.length)
  if ('fs' in event && event.fs.startsWith('tmpfs:')) return event.fs.split(':')[1] ?? null
  return null
}
