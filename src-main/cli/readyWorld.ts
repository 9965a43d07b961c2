import { addReadyImage, readyImages } from '../sim/images.ts'
import { createWorld, type World } from '../sim/world.ts'

const starts: Readonly<Record<string, () => World>> = {
  driftwood: () => readyImages.reduce(addReadyImage, createWorld()),
  empty: () => createWorld(),
}

export const readyWorldNames: readonly string[] = Object.keys(starts)

/** A world to begin with, by name; null when there is none of that name. */
export const readyWorld = (name: string): World | null =>
  Object.hasOwn(starts, name) ? (starts[name]?.() ?? null) : null
