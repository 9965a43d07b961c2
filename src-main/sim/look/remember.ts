import type { Container } from '../docker/state.ts'
import type { FileSystemState } from '../vfs/storageState.ts'
import type { World } from '../world.ts'

type States = readonly (FileSystemState | undefined)[]

/** How many states of one container are remembered: a film goes forth and back over a few. */
const mostRemembered = 8

const allStates = (world: World, container: Container): States => [
  world.storage.fileSystems.get(container.fs),
  ...container.mounts.map(({ fs }) => world.storage.fileSystems.get(fs)),
]

/**
 * Worlds are values that share what did not change. What follows from a container's own file system
 * alone is worked out once while that is the same, whatever becomes of the container.
 */
export const rememberByLayer = <T>(compute: (world: World, container: Container) => T) => {
  const known = new WeakMap<FileSystemState, { readonly value: T }>()
  return (world: World, container: Container): T => {
    const state = world.storage.fileSystems.get(container.fs)
    const found = state === undefined ? undefined : known.get(state)
    if (found !== undefined) return found.value
    const value = compute(world, container)
    if (state !== undefined) known.set(state, { value })
    return value
  }
}

/** The same for what also follows from the container's record and its volumes, binds and tmpfs. */
export const rememberByMounts = <T>(compute: (world: World, container: Container) => T) => {
  const known = new WeakMap<Container, { readonly states: States; readonly value: T }[]>()
  return (world: World, container: Container): T => {
    const states = allStates(world, container)
    const all = known.get(container) ?? []
    const found = all.find((one) => one.states.every((state, i) => state === states[i]))
    if (found !== undefined) return found.value
    const value = compute(world, container)
    known.set(container, [{ states, value }, ...all].slice(0, mostRemembered))
    return value
  }
}
