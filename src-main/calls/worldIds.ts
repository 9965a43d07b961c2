/**
 * What an attempt is recorded under where it is not at a level of the campaign: the ids of levels
 * have no slash.
 */
export type WorldId =
  | { readonly kind: 'sandbox'; readonly worldId: string }
  | { readonly kind: 'experiment'; readonly questionId: string; readonly optionId: string }

export const sandboxLevelId = (worldId: string): string => `sandbox/${worldId}`
export const experimentLevelId = (questionId: string, optionId: string): string =>
  `show/${questionId}/${optionId}`

/** A saved state is an attempt of its own that has ended; its name is the last part. */
export const SAVED_PREFIX = 'saved/'
export const savedLevelId = (worldId: string, name: string): string =>
  `${SAVED_PREFIX}${worldId}/${name}`

export function readSavedId(levelId: string): { readonly worldId: string; readonly name: string } {
  const [worldId = '', ...name] = levelId.slice(SAVED_PREFIX.length).split('/')
  return { worldId, name: name.join('/') }
}

export function readWorldId(levelId: string): WorldId | null {
  const [kind, first, second, ...more] = levelId.split('/')
  if (first === undefined || more.length > 0) return null
  if (kind === 'sandbox' && second === undefined) return { kind, worldId: first }
  if (kind !== 'show' || second === undefined) return null
  return { kind: 'experiment', questionId: first, optionId: second }
}
