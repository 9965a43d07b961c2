import type { Container } from '../docker/state.ts'
import type { FileSystemState } from '../vfs/storageState.ts'
import type { World } from '../world.ts'

type States = readonly (FileSystemState | undefined)[]

/** How many states of one container are remembered: a film goes forth and back over a few. */
const mostRemembered = 8

const ownState = (world: World, container: Container): States => [
  world.storage.fileSystems.get(container.fs),
]

const allStates = (world: World, container: Container): States => [
  world.storage.fileSystems.get(container.fs),
  ...container.mounts.map(({ fs }) => world.storage.fileSystems.get(fs)),
]

const remembering =
  (statesOf: (world: World, container: Container) => States) =>
  <T>(compute: (world: World, container: Container) => T) => {
    const known = new WeakMap<Container, { readonly states: States; readonly value: T }[]>()
    return (world: World, container: Container): T => {
      const states = statesOf(world, container)
      const all = known.get(container) ?? []
      const found = all.find((one) => one.states.every((state, i) => state === states[i]))
      if (found !== undefined) return found.value
      const value = compute(world, container)
      known.set(container, [{ states, value }, ...all].slice(0, mostRemembered))
      return value
    }
  }

/**
 * Worlds are values that share what did not change: what follows from a container's record and its own
 * file system is worked out once while both are the same.
 */
export const rememberByLayer = remembering(ownState)

/** The same for what also follows from the volumes, binds and tmpfs that it has. */
export const rememberByMounts = remembering(allStates)
